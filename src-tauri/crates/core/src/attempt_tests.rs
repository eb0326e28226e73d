use super::*;
use crate::ids::RunId;
use crate::server_dates::ServerDates;
use crate::test_support::at;
use jiff::SignedDuration;

fn seen(word: &str, started: Option<i64>, finished: Option<i64>) -> RunObservation {
    RunObservation {
        run: RunId::parse("pr-1").unwrap(),
        status: RunStatus::from_word(word),
        started: started.map(at),
        finished: finished.map(at),
        duration_seconds: None,
    }
}

/// The course after a row of answers, and what the last one changed.
fn after(answers: &[RunObservation]) -> (Attempt, AttemptChange) {
    let mut attempt: Option<Attempt> = None;
    let mut change = AttemptChange::None;
    for answer in answers {
        let (next, what) = observe(attempt.as_ref(), answer, at(50), &ServerDates::default());
        (attempt, change) = (Some(next), what);
    }
    (attempt.unwrap(), change)
}

fn told(attempt: Attempt, outcome: Outcome) -> Attempt {
    Attempt {
        phase: Phase::Ended {
            outcome,
            silent: false,
        },
        ..attempt
    }
}

fn begin(before: &Attempt, now: Timestamp) -> Attempt {
    begin_here(before, Beginning::Whole, now)
}

#[test]
fn rule_8_a_run_that_had_ended_at_its_first_sight_is_silent() {
    let (attempt, _) = after(&[seen("Finished", Some(1), Some(9))]);
    assert!(matches!(attempt.phase, Phase::Pending { silent: true, .. }));
}

#[test]
fn a_watched_end_is_pending_until_its_steps_are_read() {
    let (attempt, change) = after(&[
        seen("Running", Some(1), None),
        seen("Finished", Some(1), Some(9)),
    ]);
    assert!(matches!(
        attempt.phase,
        Phase::Pending { silent: false, .. }
    ));
    assert_eq!((attempt.number, change), (1, AttemptChange::Moved));
}

#[test]
fn rule_3_an_unheard_of_status_ends_only_with_an_end_date() {
    let (going, _) = after(&[
        seen("Running", Some(1), None),
        seen("Paused", Some(1), None),
    ]);
    assert_eq!(going.phase, Phase::Going);
    let (over, _) = after(&[
        seen("Running", Some(1), None),
        seen("Archived", Some(1), Some(9)),
    ]);
    assert!(matches!(over.phase, Phase::Pending { .. }));
}

#[test]
fn rule_7_a_date_that_is_filled_in_later_is_no_new_attempt() {
    let (attempt, change) = after(&[
        seen("Running", Some(1), None),
        seen("Cancelled", None, None),
        seen("Cancelled", Some(1), Some(9)),
    ]);
    assert_eq!((attempt.number, change), (1, AttemptChange::None));
    assert_eq!(attempt.stamp.finished, Some(at(9)));
}

#[test]
fn rule_7_a_move_from_ended_to_not_ended_and_changed_dates_begin_a_new_attempt() {
    let (ended, _) = after(&[
        seen("Running", Some(1), None),
        seen("Finished", Some(1), Some(9)),
    ]);
    let ended = told(ended, Outcome::Succeeded);
    let (again, change) = observe(
        Some(&ended),
        &seen("Running", Some(20), None),
        at(50),
        &ServerDates::default(),
    );
    assert_eq!(
        (again.number, again.phase, change),
        (
            2,
            Phase::Going,
            AttemptChange::NewAttempt { end_missed: false }
        )
    );
    let (missed, change) = observe(
        Some(&ended),
        &seen("Finished", Some(20), Some(30)),
        at(50),
        &ServerDates::default(),
    );
    assert!(matches!(missed.phase, Phase::Pending { silent: false, .. }));
    assert_eq!(
        (missed.number, change),
        (2, AttemptChange::NewAttempt { end_missed: false })
    );
}

#[test]
fn an_end_that_was_overtaken_before_its_steps_were_read_is_not_forgotten() {
    let (_, change) = after(&[
        seen("Running", Some(1), None),
        seen("Finished", Some(1), Some(9)),
        seen("Running", Some(20), None),
    ]);
    assert_eq!(change, AttemptChange::NewAttempt { end_missed: true });
}

#[test]
fn an_end_that_nobody_saw_before_the_next_start_is_not_forgotten() {
    let missed = AttemptChange::NewAttempt { end_missed: true };
    let went = seen("Running", Some(1), None);
    let waits = seen("Scheduled", None, None);
    for next in [
        seen("Running", Some(20), None),
        seen("Finished", Some(20), Some(30)),
    ] {
        let (attempt, change) = after(&[went.clone(), next.clone()]);
        assert_eq!((attempt.number, change), (2, missed));
        let (attempt, change) = after(&[went.clone(), waits.clone(), next]);
        assert_eq!((attempt.number, change), (2, missed));
    }
    let (attempt, change) = after(&[went.clone(), waits, went]);
    assert_eq!((attempt.number, change), (1, AttemptChange::Moved));
}

#[test]
fn a_start_that_is_written_with_more_digits_is_no_other_start() {
    let rough = seen("Running", Some(1), None);
    let mut fine = seen("Finished", Some(1), Some(9));
    fine.started = fine.started.map(|at| at + SignedDuration::from_millis(923));
    let (attempt, change) = after(&[rough, fine]);
    assert_eq!((attempt.number, change), (1, AttemptChange::Moved));
}

#[test]
fn rule_7_after_a_start_here_the_old_end_proves_nothing_and_after_2_minutes_is_unproven() {
    let old = seen("Finished", Some(1), Some(9));
    let (attempt, _) = after(std::slice::from_ref(&old));
    let proving = begin(&told(attempt, Outcome::Succeeded), at(100));
    let (still, change) = observe(Some(&proving), &old, at(219), &ServerDates::default());
    assert!(matches!(still.phase, Phase::Proving { .. }));
    assert_eq!(change, AttemptChange::None);
    let (_, change) = observe(Some(&proving), &old, at(220), &ServerDates::default());
    assert_eq!(change, AttemptChange::StartNeverSeen);
    let (moved, _) = observe(
        Some(&proving),
        &seen("Finished", Some(101), Some(103)),
        at(105),
        &ServerDates::default(),
    );
    assert!(matches!(moved.phase, Phase::Pending { silent: false, .. }));
    let (moved, _) = observe(
        Some(&proving),
        &seen("Scheduled", None, None),
        at(105),
        &ServerDates::default(),
    );
    assert_eq!((moved.phase, moved.number), (Phase::Going, 2));
}

#[test]
fn a_first_start_that_does_not_show_stays_in_proof() {
    let idle = seen("NotStarted", None, None);
    let (attempt, _) = after(std::slice::from_ref(&idle));
    let (still, change) = observe(
        Some(&begin(&attempt, at(0))),
        &idle,
        at(900),
        &ServerDates::default(),
    );
    assert!(matches!(still.phase, Phase::Proving { .. }));
    assert_eq!(change, AttemptChange::None);
}

#[test]
fn rule_14_an_old_answer_between_two_of_the_same_end_makes_no_second_end_of_it() {
    let finished = seen("Finished", Some(1), Some(9));
    let (attempt, _) = after(&[seen("Running", Some(1), None), finished.clone()]);
    let ended = told(attempt, Outcome::Succeeded);
    let (going, _) = observe(
        Some(&ended),
        &seen("Running", Some(1), None),
        at(60),
        &ServerDates::default(),
    );
    assert_eq!((going.number, &going.phase), (2, &Phase::Going));
    let (back, change) = observe(Some(&going), &finished, at(70), &ServerDates::default());
    assert_eq!((back, change), (ended, AttemptChange::Moved));
    // Another end is another attempt's.
    let (other, _) = observe(
        Some(&going),
        &seen("Finished", Some(1), Some(65)),
        at(70),
        &ServerDates::default(),
    );
    assert_eq!(other.number, 2);
    assert!(matches!(other.phase, Phase::Pending { silent: false, .. }));
}

#[test]
fn rule_7_an_end_in_an_unheard_of_word_that_is_named_later_stays_the_same_attempt() {
    let odd = seen("Archived", Some(1), Some(9));
    let named = seen("Finished", Some(1), Some(9));
    let (pending, change) = after(&[seen("Running", Some(1), None), odd.clone(), named.clone()]);
    assert_eq!((pending.number, change), (1, AttemptChange::Moved));
    let is_awaited = |phase: &Phase| matches!(phase, Phase::Pending { silent: false, .. });
    assert!(is_awaited(&pending.phase));

    let (ended, _) = after(&[seen("Running", Some(1), None), odd.clone()]);
    let ended = told(ended, Outcome::Unverified);
    let (again, _) = observe(Some(&ended), &named, at(60), &ServerDates::default());
    assert_eq!((again.number, &again.phase), (1, &ended.phase));
    assert_eq!(again.stamp.status, RunStatus::Finished);
    // With another end it is another attempt.
    let other = seen("Finished", Some(20), Some(30));
    let (next, _) = observe(Some(&ended), &other, at(60), &ServerDates::default());
    assert_eq!(next.number, 2);
}

#[test]
fn rule_7_an_old_end_after_a_start_from_here_was_seen_ends_nothing_and_is_unproven_after_2_minutes()
{
    let old = seen("Finished", Some(1), Some(9));
    let (attempt, _) = after(std::slice::from_ref(&old));
    let began = begin(&told(attempt, Outcome::Succeeded), at(100));
    let dates = ServerDates::default();
    let running = seen("Running", Some(101), None);
    let (going, _) = observe(Some(&began), &running, at(105), &dates);
    assert_eq!((going.number, &going.phase), (2, &Phase::Going));
    let (lagging, change) = observe(Some(&going), &old, at(110), &dates);
    assert_eq!((lagging.number, change), (2, AttemptChange::Moved));
    assert!(matches!(lagging.phase, Phase::Proving { .. }));
    let (again, change) = observe(Some(&lagging), &running, at(115), &dates);
    assert_eq!((again.number, change), (2, AttemptChange::Moved));
    assert_eq!(again.phase, Phase::Going);
    let (over, _) = observe(
        Some(&again),
        &seen("Finished", Some(101), Some(120)),
        at(125),
        &dates,
    );
    assert!(matches!(over.phase, Phase::Pending { silent: false, .. }));
    let over = told(over, Outcome::Failed);
    let (still, _) = observe(Some(&over), &old, at(130), &dates);
    assert_eq!(still, over, "what was told stands");
    let (_, change) = observe(Some(&lagging), &old, at(230), &dates);
    assert_eq!(change, AttemptChange::StartNeverSeen);
}

#[test]
fn rule_7_a_place_in_a_queue_is_no_start() {
    let mut course = vec![
        seen("NotStarted", None, None),
        seen("Scheduled", Some(1), None),
        seen("Scheduled", Some(5), None),
        seen("Running", Some(20), None),
    ];
    let (attempt, change) = after(&course);
    assert_eq!((attempt.number, change), (1, AttemptChange::Moved));
    assert_eq!(attempt.stamp.started, Some(at(20)));
    // It waits again, and its true start shows that it began anew.
    course.extend([
        seen("Scheduled", Some(30), None),
        seen("Running", Some(40), None),
    ]);
    assert_eq!(after(&course).0.number, 2);
}

#[test]
fn rule_7_dates_that_are_written_with_more_digits_while_nothing_else_changes_are_the_same() {
    let fine = |mut run: RunObservation| {
        let more = |at: Timestamp| at + SignedDuration::from_millis(949);
        (run.started, run.finished) = (run.started.map(more), run.finished.map(more));
        run
    };
    for run in [
        seen("Running", Some(27), None),
        seen("Finished", Some(27), Some(29)),
    ] {
        let (attempt, change) = after(&[run.clone(), fine(run)]);
        assert_eq!((attempt.number, change), (1, AttemptChange::None));
    }
    // Two starts of one second, with all their digits.
    let mut quick = [
        seen("Running", Some(27), None),
        seen("Running", Some(27), None),
    ];
    quick[0].started = Some(at(27) + SignedDuration::from_millis(272));
    quick[1].started = Some(at(27) + SignedDuration::from_millis(949));
    assert_eq!(after(&quick).0.number, 2);
}
