use super::*;
use crate::ids::{AccountId, RunId, StepId};
use crate::outcome::FailedStep;
use jiff::Timestamp;

/// The same without the marks that set names apart.
fn plain(note: NotificationText) -> NotificationText {
    let marks = [FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE];
    NotificationText {
        title: note.title.replace(marks, ""),
        body: note.body.replace(marks, ""),
    }
}

fn timed_out(step: &str, message: &str) -> Judgement {
    Judgement {
        outcome: Outcome::TimedOut,
        because: String::new(),
        first_failed: Some(FailedStep {
            name: step.into(),
            message: message.into(),
        }),
    }
}

#[test]
fn rule_22_a_name_does_not_reorder_what_stands_around_it() {
    let note = ended("דוח (2)", &timed_out("شحن 1", "لا"), None);
    assert_eq!(note.title, "Timed out: \u{2068}דוח (2)\u{2069}");
    assert!(
        note.body
            .ends_with("\u{2068}شحن 1\u{2069}: \u{2068}لا\u{2069}"),
        "{}",
        note.body
    );
    assert_eq!(of_account("Failed", "דוח"), "Failed (\u{2068}דוח\u{2069})");
}

#[test]
fn rule_22_a_name_that_is_cut_is_closed() {
    let long = "Überleitung".repeat(30);
    let unverified = Judgement {
        outcome: Outcome::Unverified,
        ..timed_out(&long, &long)
    };
    let note = correction(&long, &unverified, None).fitted();
    let told = vec![(note.clone(), Some(Outcome::Unverified)); 30];
    let group = grouped(told, Gathered::Away, true).fitted();
    for line in [&note.title, &note.body]
        .into_iter()
        .map(String::as_str)
        .chain(group.body.lines())
    {
        let count = |mark: char| line.matches(mark).count();
        assert_eq!(
            count(FIRST_STRONG_ISOLATE),
            count(POP_DIRECTIONAL_ISOLATE),
            "{line}"
        );
    }
    assert_eq!(note.title.chars().count(), LONGEST_TITLE);
}

#[test]
fn rule_22_what_became_of_an_action_is_said_behind_the_longest_name() {
    let restart = ActionKind::Restart {
        step: StepId::parse("ds-1").unwrap(),
        step_name: String::new(),
    };
    let title = |name: &str, result| found_out(name, &restart, result, "").fitted().title;
    let long = title(&"Überleitung".repeat(30), ActionResult::Unknown);
    assert!(
        long.ends_with("may or may not have been restarted before Runwatch was closed"),
        "{long}"
    );
    assert_eq!(
        title("דוח", ActionResult::Ok),
        "\u{2068}דוח\u{2069} was restarted before Runwatch was closed"
    );
}

#[test]
fn a_title_never_ends_where_a_name_should_stand() {
    for blank in ["", " ", "\u{200B}", "\u{3164}", "\u{2800}"] {
        let note = ended(blank, &timed_out(blank, blank), None);
        assert_eq!(plain(note).title, "Timed out: (no name)");
    }
}

#[test]
fn a_notification_names_run_outcome_duration_and_the_first_failed_steps_message() {
    let judgement = Judgement {
        outcome: Outcome::Failed,
        because: "1 of 4 listed steps failed.".into(),
        first_failed: Some(FailedStep {
            name: "1.3 Match".into(),
            message: "No bank file".into(),
        }),
    };
    let note = plain(ended("Bank reconciliation", &judgement, Some(932.0)));
    assert_eq!(note.title, "Failed: Bank reconciliation");
    assert_eq!(
        note.body,
        "After 15 min 32 s. 1 of 4 listed steps failed. 1.3 Match: No bank file"
    );
}

#[test]
fn rule_22_a_text_fits_every_system_names_what_failed_and_counts_the_rest() {
    let told = |n: usize| {
        let outcome = match n % 3 {
            0 => Outcome::Failed,
            _ => Outcome::Succeeded,
        };
        let text = NotificationText {
            title: format!("{outcome:?}: {} #{n}", "Überleitung".repeat(6)),
            body: "𝄞".repeat(3_000),
        };
        (text, Some(outcome))
    };
    for count in [1, 2, 12, 13, 92, 5_000] {
        let group = grouped((0..count).map(told).collect(), Gathered::Away, true).fitted();
        assert!(group.title.chars().count() <= 100, "{count}");
        assert!(group.body.chars().count() <= 1_000, "{count}");
        assert!(group.body.len() <= 4_000, "{count}");
    }
    let group = grouped((0..92).map(told).collect(), Gathered::Away, true);
    let lines: Vec<&str> = group.body.lines().collect();
    let (last, named) = lines.split_last().unwrap();
    assert!(
        named.iter().all(|line| line.starts_with("Failed: ")),
        "{}",
        group.body
    );
    assert_eq!(*last, format!("and {} more", 92 - named.len()));
}

#[test]
fn rule_15_a_group_names_each_run_and_a_digest_of_one_is_the_ordinary_notification() {
    let note = |n: &str| NotificationText {
        title: format!("Failed: {n}"),
        body: "because".into(),
    };
    let plain = |n: &str| (note(n), None);
    assert_eq!(grouped(vec![plain("a")], Gathered::Away, true), note("a"));
    let group = grouped(vec![plain("a"), plain("b")], Gathered::Soon, true);
    assert_eq!(group.title, "2 more runs ended");
    assert_eq!(group.body, "Failed: a\nFailed: b");
}

#[test]
fn rule_15_a_group_names_failures_first_and_counts_them_in_its_title() {
    let told = [
        Outcome::Succeeded,
        Outcome::Cancelled,
        Outcome::Failed,
        Outcome::Warnings,
        Outcome::Unverified,
        Outcome::TimedOut,
    ];
    let notes = |told: &[Outcome]| -> Vec<(NotificationText, Option<Outcome>)> {
        let note = |of: &Outcome| NotificationText {
            title: outcome(*of).to_owned(),
            body: String::new(),
        };
        told.iter().map(|of| (note(of), Some(*of))).collect()
    };
    let group = grouped(notes(&told), Gathered::Soon, true);
    assert_eq!(group.title, "6 more runs ended, 1 failed, 1 timed out");
    assert_eq!(
        group.body,
        "Failed\nTimed out\nEnded, could not be verified\nCancelled\nSucceeded with warnings\nSucceeded"
    );
    let mixed = grouped(notes(&told[1..3]), Gathered::Away, false);
    assert_eq!(
        mixed.title,
        "2 messages from while you were away, 1 of a run that failed"
    );
    let well = grouped(notes(&[Outcome::Succeeded; 2]), Gathered::Away, true);
    assert_eq!(well.title, "2 runs ended while you were away");
    let late = grouped(notes(&[Outcome::Succeeded; 2]), Gathered::Late, true);
    assert_eq!(late.title, "2 runs ended");
}

#[test]
fn without_details_neither_name_nor_message_is_shown() {
    let failed = Notification {
        kind: NotificationKind::Ended,
        account: AccountId("a".into()),
        run: RunId::parse("pr-1").ok(),
        close: None,
        starts: None,
        mark: 1,
        outcome: Some(Outcome::Failed),
        title: "Failed: Payroll".into(),
        body: "Step 3".into(),
        at: Timestamp::UNIX_EPOCH,
        away: false,
    };
    let note = without_details(&failed);
    assert_eq!(note.title, "A run ended: Failed");
    assert!(!format!("{note:?}").contains("Payroll"));
    assert!(!format!("{note:?}").contains("Step 3"));
}
