use super::*;
use crate::outcome::Outcome;
use crate::test_support::at;

/// Steps 1.1, 1.2, …: status and start of each; a start of 0 is none.
fn steps(shown: &[(&str, i64)]) -> Vec<Step> {
    let step = |((word, started), n): (&(&str, i64), usize)| Step {
        id: id(n),
        name: format!("Step {n}"),
        order: StepOrder::parse(&format!("1.{n}")),
        enabled: true,
        by_hand: false,
        seen: Some(StepObservation {
            status: StepStatus::from_word(word),
            started: (*started != 0).then(|| at(*started)),
            finished: None,
            duration_seconds: None,
            message: String::new(),
            names_zone: false,
        }),
    };
    shown.iter().zip(1..).map(step).collect()
}

fn id(n: usize) -> StepId {
    StepId::parse(&format!("ds-{n}")).unwrap()
}

fn found(before: &[(&str, i64)], begun: Beginning) -> StepsBefore {
    let left = StepStarts::of(&steps(before));
    StepsBefore::found(&left, &StepsBefore::default(), begun, at(0))
}

/// The stamp of an attempt that began at 10.
fn ended(status: RunStatus) -> StatusStamp {
    StatusStamp {
        status,
        started: Some(at(10)),
        finished: Some(at(20)),
    }
}

fn judged(status: RunStatus, steps: &[Step], earlier: &StepsBefore) -> Verdict {
    judge_attempt(&ended(status), Some(&steps.to_vec().into()), earlier, at(1))
}

const BEFORE: [(&str, i64); 3] = [("Success", 1), ("Success", 2), ("Failed", 3)];

/// What is decided; none where it is read again.
fn decided(begun: Beginning, now: &[(&str, i64)]) -> Option<Outcome> {
    let earlier = found(&BEFORE, begun);
    match judged(RunStatus::Finished, &steps(now), &earlier) {
        Verdict::Decided(judgement) => Some(judgement.outcome),
        Verdict::ReadAgain(_) => None,
    }
}

fn all_begun() -> [Beginning; 3] {
    [
        Beginning::Elsewhere,
        Beginning::Whole,
        Beginning::From(id(3)),
    ]
}

#[test]
fn rule_2_a_whole_new_attempt_is_judged_as_ever() {
    let now = [("Success", 11), ("Success", 12), ("Success", 13)];
    for begun in all_begun() {
        assert_eq!(decided(begun, &now), Some(Outcome::Succeeded));
    }
}

#[test]
fn rule_2_an_ordinary_restart_leaves_the_steps_before_it_as_they_were() {
    let now = [("Success", 1), ("Success", 2), ("Success", 13)];
    assert_eq!(
        decided(Beginning::From(id(3)), &now),
        Some(Outcome::Succeeded)
    );
    assert_eq!(
        decided(Beginning::Elsewhere, &now),
        Some(Outcome::Succeeded)
    );
}

#[test]
fn rule_2_a_step_that_lags_with_its_old_success_proves_nothing() {
    let old = [("Success", 1), ("Success", 2), ("Success", 3)];
    let earlier = found(&old, Beginning::Elsewhere);
    let all_lag = judged(RunStatus::Finished, &steps(&old), &earlier);
    let Verdict::ReadAgain(judgement) = all_lag else {
        panic!("{all_lag:?}");
    };
    assert_eq!(judgement.outcome, Outcome::Unverified);
    assert!(judgement.because.contains("Step 1"), "{judgement:?}");
    let last_lags = [("Success", 11), ("Success", 12), ("Success", 3)];
    for begun in all_begun() {
        let earlier = found(&old, begun);
        let steps = steps(&last_lags);
        let verdict = judged(RunStatus::Finished, &steps, &earlier);
        assert!(matches!(verdict, Verdict::ReadAgain(_)), "{verdict:?}");
    }
}

#[test]
fn rule_2_the_step_that_was_restarted_from_here_must_have_run_itself() {
    let now = [("Success", 1), ("Success", 2), ("Success", 13)];
    assert_eq!(decided(Beginning::From(id(2)), &now), None);
    assert_eq!(decided(Beginning::Whole, &now), None);
}

#[test]
fn rule_2_an_old_failure_is_no_failure_of_this_attempt_unless_it_was_left_standing() {
    let lags = [("Success", 1), ("Success", 12), ("Failed", 3)];
    assert_eq!(decided(Beginning::From(id(2)), &lags), None);
    assert_eq!(decided(Beginning::Elsewhere, &lags), None);
    let before = [("Failed", 1), ("Success", 2), ("Success", 3)];
    let left = [("Failed", 1), ("Success", 12), ("Success", 13)];
    for begun in [Beginning::Elsewhere, Beginning::From(id(2))] {
        let earlier = found(&before, begun);
        let verdict = judged(RunStatus::Finished, &steps(&left), &earlier);
        assert_eq!(verdict.judgement().outcome, Outcome::Failed);
    }
}

#[test]
fn rule_2_a_failure_of_this_attempt_is_told_whatever_lags() {
    let now = [("Success", 11), ("Failed", 12), ("Failed", 3)];
    for begun in all_begun() {
        assert_eq!(decided(begun, &now), Some(Outcome::Failed));
    }
}

#[test]
fn steps_without_dates_and_first_attempts_are_judged_as_ever() {
    let now = [("Success", 0), ("Success", 0), ("Success", 0)];
    assert_eq!(
        decided(Beginning::Elsewhere, &now),
        Some(Outcome::Succeeded)
    );
    let first = StepsBefore::default();
    let verdict = judged(RunStatus::Finished, &steps(&BEFORE[..2]), &first);
    assert!(
        matches!(verdict, Verdict::Decided(judgement) if judgement.outcome == Outcome::Succeeded)
    );
}

#[test]
fn rule_1_a_cancelled_attempt_needs_no_steps() {
    let earlier = found(&BEFORE, Beginning::Whole);
    let verdict = judged(RunStatus::Cancelled, &steps(&BEFORE), &earlier);
    assert!(
        matches!(verdict, Verdict::Decided(judgement) if judgement.outcome == Outcome::Cancelled)
    );
}

#[test]
fn rule_2_what_an_overtaken_attempt_left_is_not_known_what_it_found_is() {
    let first = found(&BEFORE, Beginning::Elsewhere);
    let again = StepsBefore::found(&StepStarts::default(), &first, Beginning::Whole, at(0));
    assert_eq!(again.stale(&steps(&BEFORE), Some(at(10))).len(), 3);
}

/// Dates of the run are in this zone.
fn after_an_unread_attempt(zone: Option<SignedDuration>) -> StepsBefore {
    let unread = StepStarts::default();
    let before = StepsBefore::default();
    let mut earlier = StepsBefore::found(&unread, &before, Beginning::Elsewhere, at(0));
    earlier.learn_zone(zone);
    earlier
}

#[test]
fn rule_2_after_an_attempt_whose_steps_nobody_read_they_get_a_minute_to_catch_up() {
    let earlier = after_an_unread_attempt(Some(SignedDuration::ZERO));
    for word in ["Success", "Failed"] {
        let steps = steps(&[("Success", 11), (word, 12)]).into();
        let finished = ended(RunStatus::Finished);
        let verdict = |now| judge_attempt(&finished, Some(&steps), &earlier, at(now));
        for early in [0, 59, -59] {
            assert!(matches!(verdict(early), Verdict::ReadAgain(_)), "{early}");
        }
        for late in [60, -60] {
            assert!(matches!(verdict(late), Verdict::Decided(_)), "{late}");
        }
    }
}

#[test]
fn rule_2_after_an_attempt_whose_steps_nobody_read_a_step_must_have_started_with_the_run() {
    let earlier = after_an_unread_attempt(Some(SignedDuration::ZERO));
    let finished = ended(RunStatus::Finished);
    let late = |shown: &[(&str, i64)]| {
        let verdict = judge_attempt(&finished, Some(&steps(shown).into()), &earlier, at(900));
        matches!(verdict, Verdict::Decided(_))
    };
    assert!(!late(&BEFORE[..2]), "all of it may be old");
    assert!(
        late(&[("Success", 1), ("Success", 12)]),
        "restarted from 1.2"
    );
    assert!(!late(&[("Success", 11), ("Success", 2)]), "1.2 lags");
    // With dates five hours behind, the steps of an attempt before would look as if they came after it.
    let unknown = after_an_unread_attempt(None);
    let all = steps(&[("Success", 11), ("Success", 12)]).into();
    let verdict = judge_attempt(&finished, Some(&all), &unknown, at(900));
    assert!(matches!(verdict, Verdict::ReadAgain(_)), "{verdict:?}");
}

/// Judged as a run that nobody saw begin, whose end at 20 was seen then.
fn first_seen_going(seen_at: i64, now: &[(&str, i64)]) -> Verdict {
    let stamp = ended(RunStatus::Finished);
    let mut earlier = StepsBefore::default();
    earlier.learn_zone_by_end(stamp.finished, at(seen_at));
    judge_attempt(&stamp, Some(&steps(now).into()), &earlier, at(seen_at))
}

#[test]
fn rule_2_steps_that_ran_before_a_run_that_nobody_saw_begin_prove_nothing() {
    let yesterday = [("Success", -86_400), ("Success", -86_300)];
    let verdict = first_seen_going(21, &yesterday);
    assert!(matches!(verdict, Verdict::ReadAgain(_)), "{verdict:?}");
    let last_lags = [("Success", 11), ("Success", -86_300)];
    let verdict = first_seen_going(21, &last_lags);
    assert!(matches!(verdict, Verdict::ReadAgain(_)), "{verdict:?}");
    // Restarted from its second step, before anybody saw it.
    let restarted = [("Success", -86_400), ("Success", 11)];
    let verdict = first_seen_going(21, &restarted);
    assert!(matches!(verdict, Verdict::Decided(_)), "{verdict:?}");
    // Two writers of dates need not agree to the second.
    let verdict = first_seen_going(21, &[("Success", 9), ("Success", 11)]);
    assert!(matches!(verdict, Verdict::Decided(_)), "{verdict:?}");
}

#[test]
fn dates_of_a_zone_that_is_not_known_are_not_compared() {
    let ten_hours = 36_000;
    let verdict = first_seen_going(20 - ten_hours, &[("Success", 11 - ten_hours)]);
    assert!(matches!(verdict, Verdict::Decided(_)), "{verdict:?}");
}

#[test]
fn rule_24_steps_are_compared_with_their_run_in_every_zone_that_is_known() {
    for hours in [-5, 10] {
        let zone = SignedDuration::from_hours(hours);
        let mut earlier = StepsBefore::default();
        earlier.learn_zone(Some(zone));
        // What is known at the start stays, though the clocks change before the end.
        earlier.learn_zone(Some(zone + SignedDuration::from_hours(1)));
        let stamp = StatusStamp {
            started: Some(at(10) + zone),
            finished: Some(at(20) + zone),
            ..ended(RunStatus::Finished)
        };
        let verdict =
            |now: &[(&str, i64)]| judge_attempt(&stamp, Some(&steps(now).into()), &earlier, at(21));
        let own = verdict(&[("Success", 11), ("Success", 12)]);
        assert!(matches!(own, Verdict::Decided(_)), "{hours}: {own:?}");
        let before = verdict(&[("Success", -400), ("Success", -300)]);
        assert!(
            matches!(before, Verdict::ReadAgain(_)),
            "{hours}: {before:?}"
        );
    }
}
