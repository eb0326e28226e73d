//! docs/RULES.md, 1–3 and 5, each as a test.

use proptest::prelude::*;

use super::*;
use crate::ids::StepId;
use crate::observation::StepObservation;

fn step(order: &str, status: Option<&str>) -> Step {
    Step {
        id: StepId::parse(&format!("ds-{}", order.replace('.', "0"))).unwrap(),
        name: format!("step {order}"),
        order: StepOrder::parse(order),
        enabled: true,
        by_hand: false,
        seen: status.map(|word| StepObservation {
            status: StepStatus::from_word(word),
            started: None,
            finished: None,
            duration_seconds: None,
            message: format!("{word} at {order}"),
            names_zone: false,
        }),
    }
}

fn steps(words: &[&str]) -> Vec<Step> {
    words
        .iter()
        .enumerate()
        .map(|(i, word)| step(&format!("1.{}", i + 1), Some(word)))
        .collect()
}

fn finished(steps: &[Step]) -> Verdict {
    judge(&RunStatus::Finished, Some(&steps.to_vec().into()))
}

fn decided(verdict: Verdict) -> Judgement {
    match verdict {
        Verdict::Decided(judgement) => judgement,
        Verdict::ReadAgain(judgement) => panic!("not decided: {judgement:?}"),
    }
}

#[test]
fn rule_1_a_time_out_and_a_cancel_are_told_as_such_whatever_the_steps_say() {
    let all_good = steps(&["Success"]).into();
    for steps in [None, Some(&all_good)] {
        assert_eq!(
            decided(judge(&RunStatus::TimedOut, steps)).outcome,
            Outcome::TimedOut
        );
        assert_eq!(
            decided(judge(&RunStatus::Cancelled, steps)).outcome,
            Outcome::Cancelled
        );
    }
}

#[test]
fn rule_2_a_failed_or_cancelled_step_makes_a_finished_run_failed() {
    for word in ["Failed", "Cancelled"] {
        let judgement = decided(finished(&steps(&["Success", word, "NotStarted"])));
        assert_eq!(judgement.outcome, Outcome::Failed);
        assert_eq!(judgement.first_failed.unwrap().name, "1.2 step 1.2");
    }
}

#[test]
fn rule_2_the_first_failed_step_is_first_in_numeric_order() {
    let late = step("1.10", Some("Failed"));
    let early = step("1.9", Some("Failed"));
    let judgement = decided(finished(&[late, early]));
    assert_eq!(judgement.first_failed.unwrap().message, "Failed at 1.9");
}

#[test]
fn rule_2_what_is_unread_or_odd_is_read_again_and_is_never_a_success() {
    let odd = ["NotStarted", "Running", "Scheduled", "Succeeded", ""];
    for word in odd {
        let verdict = finished(&steps(&["Success", word]));
        assert!(
            matches!(&verdict, Verdict::ReadAgain(j) if j.outcome == Outcome::Unverified),
            "{word}"
        );
    }
    assert!(matches!(
        finished(&[step("1.1", None)]),
        Verdict::ReadAgain(_)
    ));
    assert!(matches!(finished(&[]), Verdict::ReadAgain(_)));
    assert!(matches!(
        judge(&RunStatus::Finished, None),
        Verdict::ReadAgain(_)
    ));
}

#[test]
fn rule_2_a_warning_beats_success_and_skips_are_said() {
    assert_eq!(
        decided(finished(&steps(&["Success", "Warning"]))).outcome,
        Outcome::Warnings
    );
    let judgement = decided(finished(&steps(&["Success", "Skipped", "Success"])));
    assert_eq!(judgement.outcome, Outcome::Succeeded);
    assert_eq!(
        judgement.because,
        "2 of 3 listed steps succeeded, 1 skipped."
    );
    assert_eq!(
        decided(finished(&steps(&["Skipped"]))).outcome,
        Outcome::Unverified
    );
}

#[test]
fn rule_2_a_disabled_step_does_not_count_but_one_added_by_hand_always_does() {
    let mut disabled = step("1.2", Some("Failed"));
    disabled.enabled = false;
    assert_eq!(
        decided(finished(&[step("1.1", Some("Success")), disabled.clone()])).outcome,
        Outcome::Succeeded
    );
    assert!(matches!(
        finished(&[disabled.clone()]),
        Verdict::ReadAgain(_)
    ));
    disabled.by_hand = true;
    assert_eq!(
        decided(finished(&[step("1.1", Some("Success")), disabled])).outcome,
        Outcome::Failed
    );
}

#[test]
fn rule_2_a_list_of_steps_that_was_cut_proves_a_failure_and_nothing_else() {
    let cut = |words: &[&str]| {
        let listing = Listing {
            entries: steps(words),
            is_cut: true,
        };
        judge(&RunStatus::Finished, Some(&listing))
    };
    for good in [&["Success"; 3][..], &["Success", "Warning"], &["Skipped"]] {
        let judgement = decided(cut(good));
        assert_eq!(judgement.outcome, Outcome::Unverified, "{good:?}");
        assert_eq!(
            judgement.because,
            "SolveXia lists more steps than Runwatch reads (2,000), so nothing proves how it ended."
        );
    }
    let failed = decided(cut(&["Success", "Failed"]));
    assert_eq!(failed.outcome, Outcome::Failed);
    assert!(matches!(
        cut(&["Success", "Running"]),
        Verdict::ReadAgain(_)
    ));
}

#[test]
fn rule_3_an_unheard_of_status_is_told_as_unverified_with_its_word() {
    let judgement = decided(judge(
        &RunStatus::from_word("Archived"),
        Some(&steps(&["Success"]).into()),
    ));
    assert_eq!(judgement.outcome, Outcome::Unverified);
    assert!(judgement.because.contains("“Archived”"));
}

#[test]
fn rule_5_the_words_are_listed_steps_and_a_gap_is_named() {
    let because = |steps: &[Step]| decided(finished(steps)).because;
    assert_eq!(
        because(&steps(&["Success"; 4])),
        "All 4 listed steps succeeded."
    );
    let gap = [step("1.1", Some("Success")), step("1.3", Some("Success"))];
    assert_eq!(
        because(&gap),
        "All 2 listed steps succeeded. SolveXia does not list step 1.2."
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000),
        ..ProptestConfig::default()
    })]

    /// No list of steps makes a false success: it takes a success, and nothing but successes and skips.
    #[test]
    fn rule_2_no_false_succeeded(
        run in prop_oneof![Just("Finished".to_owned()), "[A-Za-z]{0,10}"],
        words in proptest::collection::vec(
            (prop_oneof![
                Just(None),
                prop_oneof![
                    Just("Success"), Just("Skipped"), Just("Warning"), Just("Failed"),
                    Just("Cancelled"), Just("Running"), Just("NotStarted"), Just("Scheduled"), Just("odd")
                ].prop_map(Some)
            ], any::<bool>(), any::<bool>()), 0..8),
    ) {
        let steps: Vec<Step> = words.iter().enumerate().map(|(i, (word, enabled, by_hand))| Step {
            enabled: *enabled, by_hand: *by_hand, ..step(&format!("1.{}", i + 1), *word)
        }).collect();
        let verdict = judge(&RunStatus::from_word(&run), Some(&steps.into()));
        let counted: Vec<Option<&str>> =
            words.iter().filter(|(_, enabled, hand)| *enabled || *hand).map(|w| w.0).collect();
        let proven = RunStatus::from_word(&run) == RunStatus::Finished
            && counted.contains(&Some("Success"))
            && counted.iter().all(|w| matches!(w, Some("Success" | "Skipped")));
        prop_assert_eq!(verdict.judgement().outcome == Outcome::Succeeded, proven);
    }
}

#[test]
fn what_broke_is_said_as_it_was_failed_or_cancelled() {
    let because = |words: &[&str]| decided(finished(&steps(words))).because;
    assert_eq!(
        because(&["Failed", "Success", "Success"]),
        "1 of 3 listed steps failed."
    );
    assert_eq!(
        because(&["Cancelled", "Success"]),
        "1 of 2 listed steps was cancelled."
    );
    assert_eq!(
        because(&["Failed", "Cancelled", "Cancelled"]),
        "1 of 3 listed steps failed and 2 were cancelled."
    );
}

#[test]
fn rule_1_of_a_run_that_vanished_the_status_alone_is_told_and_finished_is_unverified() {
    for (word, outcome) in [
        ("TimedOut", Outcome::TimedOut),
        ("Cancelled", Outcome::Cancelled),
        ("Finished", Outcome::Unverified),
        ("Melted", Outcome::Unverified),
    ] {
        let judged = judge_vanished(&RunStatus::from_word(word));
        assert_eq!(judged.outcome, outcome, "{word}");
    }
}
