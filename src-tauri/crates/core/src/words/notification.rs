//! The texts of notifications about runs, put together from the words and sentences of
//! `words/outcome.rs`.

use crate::ids::shorten;
use crate::names;
use crate::notification::{Notification, NotificationKind};
use crate::outcome::{Judgement, Outcome};
use crate::words::outcome::outcome;
use crate::words::terms::{
    FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, duration, isolated, name,
};

/// A notification: its first line and its text. Plain text both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationText {
    /// The first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

/// The longest title and body (characters) that every system shows; a character has 4 bytes at most.
const LONGEST_TITLE: usize = 100;
const LONGEST_BODY: usize = 1_000;

impl NotificationText {
    /// The same, cut to what every system takes (docs/RULES.md, 22).
    pub fn fitted(self) -> Self {
        Self {
            title: fit(self.title, LONGEST_TITLE),
            body: fit(self.body, LONGEST_BODY),
        }
    }

    /// The same with a text of at most `most` characters, for a system that takes less.
    pub fn with_body_of(self, most: usize) -> Self {
        Self {
            body: fit(self.body, most),
            ..self
        }
    }
}

/// A name that is cut in the middle is closed again: whatever stands behind it is not part of it.
fn fit(text: String, most: usize) -> String {
    if text.chars().count() <= most {
        return text;
    }
    let cut = shorten(&text, most.saturating_sub(2));
    let count = |mark: char| cut.matches(mark).count();
    match count(FIRST_STRONG_ISOLATE) > count(POP_DIRECTIONAL_ISOLATE) {
        true => cut + &POP_DIRECTIONAL_ISOLATE.to_string(),
        false => cut,
    }
}

/// What is told when a watched run ends: run, outcome, duration, the first failed step's message.
pub fn ended(run_name: &str, judgement: &Judgement, seconds: Option<f64>) -> NotificationText {
    let title = format!("{}: {}", outcome(judgement.outcome), name(run_name, 80));
    let mut body = Vec::new();
    if let Some(seconds) = seconds {
        body.push(format!("After {}.", duration(seconds)));
    }
    body.push(judgement.because.clone());
    if let Some(step) = &judgement.first_failed {
        let message = names::line(&step.message, 200);
        let message = message.map_or_else(|| "no message".to_owned(), |text| isolated(&text));
        body.push(format!("{}: {message}", name(&step.name, 80)));
    }
    NotificationText {
        title,
        body: body.join(" "),
    }
}

/// What is told when a failure is found after an end was told as unverified (docs/RULES.md, 6), or as
/// better than it was.
pub fn correction(run_name: &str, judgement: &Judgement, seconds: Option<f64>) -> NotificationText {
    let note = ended(run_name, judgement, seconds);
    NotificationText {
        title: format!("Correction: {}", note.title),
        ..note
    }
}

/// What is told when a run takes much longer than usual; both durations are in seconds.
pub fn long(run_name: &str, elapsed: f64, usual: f64) -> NotificationText {
    NotificationText {
        title: format!("Still running: {}", name(run_name, 80)),
        body: format!(
            "It has been running for {}. Usually it takes {}.",
            duration(elapsed),
            duration(usual)
        ),
    }
}

/// A notification as the desktop shows it to a screen that others may see.
pub fn without_details(notification: &Notification) -> NotificationText {
    let title = match (notification.kind, notification.outcome) {
        (NotificationKind::Ended, Some(how)) => format!("A run ended: {}", outcome(how)),
        (NotificationKind::Outage, _) => "Runwatch has news about what it can see".to_owned(),
        _ => "Runwatch has news about a run".to_owned(),
    };
    NotificationText {
        title,
        body: "Open Runwatch to see more.".to_owned(),
    }
}

/// A notification's first line with its account's name: for those with more than one account.
pub fn of_account(title: &str, label: &str) -> String {
    format!("{title} ({})", name(label, 40))
}

/// Why several notifications are shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gathered {
    /// They came soon after another one.
    Soon,
    /// They tell of what happened while nobody looked.
    Away,
    /// The desktop did not take all of them before.
    Late,
}

/// Several notifications as one that names each run (docs/RULES.md, 15), each with how its run ended,
/// what wants a look first: desktops cut long texts. `only_ends` says that each tells of an end.
pub fn grouped(
    mut notes: Vec<(NotificationText, Option<Outcome>)>,
    gathered: Gathered,
    only_ends: bool,
) -> NotificationText {
    if notes.len() == 1
        && let Some((only, _)) = notes.pop()
    {
        return only;
    }
    let count = notes.len();
    let title = match (gathered, only_ends) {
        (Gathered::Soon, true) => format!("{count} more runs ended"),
        (Gathered::Soon, false) => format!("{count} more messages"),
        (Gathered::Away, true) => format!("{count} runs ended while you were away"),
        (Gathered::Away, false) => format!("{count} messages from while you were away"),
        (Gathered::Late, true) => format!("{count} runs ended"),
        (Gathered::Late, false) => format!("{count} messages"),
    };
    let of = if only_ends { "" } else { "of a run that " };
    let counted = |bad: Outcome| {
        let count = notes.iter().filter(|note| note.1 == Some(bad)).count();
        let word = outcome(bad).to_lowercase();
        (count > 0).then(|| format!(", {count} {of}{word}"))
    };
    let failures = Outcome::ALL.into_iter().filter(|one| one.is_failure());
    let bad: String = failures.filter_map(counted).collect();
    let title = title + &bad;
    notes.sort_by_key(|(_, outcome)| Outcome::urgency(*outcome));
    let lines: Vec<String> = notes
        .into_iter()
        .map(|(note, _)| fit(note.title, LONGEST_TITLE))
        .collect();
    NotificationText {
        title,
        body: as_many_as_fit(&lines),
    }
}

/// All lines where they fit; else the first ones, and how many more there are.
fn as_many_as_fit(lines: &[String]) -> String {
    const AND_MORE: usize = 20;
    let all = lines.join("\n");
    if all.chars().count() < LONGEST_BODY {
        return all;
    }
    let mut length = 0;
    let fits = |line: &&String| {
        length += line.chars().count() + 1;
        length < LONGEST_BODY - AND_MORE
    };
    let shown = lines.iter().take_while(fits).count();
    let more = lines.len() - shown;
    format!("{}\nand {more} more", lines[..shown].join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AccountId, RunId};
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
}
