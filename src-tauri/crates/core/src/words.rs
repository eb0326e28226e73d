//! Sentences for people: durations, summaries, notifications.

use crate::action::Deed;
use crate::attempt::{Course, Phase};
use crate::ids::shorten;
use crate::outcome::{Judgement, Outcome};
use crate::status::RunStatus;

/// A duration in seconds as people say it: `48 s`, `15 min 32 s`, `1 h 04 min`.
pub fn duration(seconds: f64) -> String {
    let whole = if seconds.is_finite() {
        seconds.max(0.0).round() as u64
    } else {
        0
    };
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest} s"),
        (0, minutes) if rest == 0 => format!("{minutes} min"),
        (0, minutes) => format!("{minutes} min {rest:02} s"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

/// An outcome in a word or two.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "Succeeded",
        Outcome::Warnings => "Succeeded with warnings",
        Outcome::Failed => "Failed",
        Outcome::Cancelled => "Cancelled",
        Outcome::TimedOut => "Timed out",
        Outcome::Unverified => "Ended, could not be verified",
    }
}

/// SolveXia's status in plain words; one that is unheard of as SolveXia writes it.
pub fn status(status: &RunStatus) -> String {
    match status {
        RunStatus::NotStarted => "not started".to_owned(),
        RunStatus::TimedOut => "timed out".to_owned(),
        RunStatus::Unknown(word) => format!("“{word}”"),
        known => known.word().to_lowercase(),
    }
}

/// A deed as a past participle: "started".
pub fn done(deed: &Deed) -> &'static str {
    match deed {
        Deed::Start => "started",
        Deed::Cancel => "cancelled",
        Deed::Restart { .. } => "restarted",
    }
}

/// One sentence on how a run stands; `because` is what its latest judgement rests on.
pub fn summary(course: Option<&Course>, because: Option<&str>) -> String {
    let Some(course) = course else {
        return "Not read yet.".to_owned();
    };
    match (&course.phase, &course.stamp.status) {
        (Phase::Ended { .. } | Phase::Unseen, _) => because.unwrap_or("It ended.").to_owned(),
        (Phase::Pending { .. }, _) => {
            "It has ended. Its steps are being read to see how.".to_owned()
        }
        (Phase::Proving { .. }, _) => {
            "A start was asked for here. SolveXia has not shown it yet.".to_owned()
        }
        (Phase::Going, RunStatus::NotStarted) => "It has not been started.".to_owned(),
        (Phase::Going, RunStatus::Scheduled) => "It is scheduled and starts soon.".to_owned(),
        (Phase::Going, RunStatus::Running) => "It is running.".to_owned(),
        (Phase::Going, other) => {
            format!(
                "SolveXia says “{}”, a word that Runwatch does not know.",
                other.word()
            )
        }
    }
}

/// One sentence on a run that SolveXia does not know any more.
pub fn gone(course: Option<&Course>) -> String {
    let seen = course.map(|course| status(&course.stamp.status));
    let last = seen.map_or_else(String::new, |word| format!(" It was last seen as {word}."));
    format!(
        "SolveXia no longer has this run: it was deleted, or you may no longer see it.{last} It is \
         looked for now and then."
    )
}

/// A notification: its first line and its text. Plain text both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

/// What is told when a watched run ends: run, outcome, duration, the first failed step's message.
pub fn ended(run_name: &str, judgement: &Judgement, seconds: Option<f64>) -> Note {
    let title = format!("{}: {}", outcome(judgement.outcome), shorten(run_name, 80));
    let mut body = Vec::new();
    if let Some(seconds) = seconds {
        body.push(format!("After {}.", duration(seconds)));
    }
    body.push(judgement.because.clone());
    if let Some(step) = &judgement.first_failed {
        let message = if step.message.is_empty() {
            "no message"
        } else {
            &step.message
        };
        body.push(format!(
            "{}: {}",
            shorten(&step.name, 80),
            shorten(message, 200)
        ));
    }
    Note {
        title,
        body: body.join(" "),
    }
}

/// What is told when a failure is found after an end was told as unverified (`rules.md`, 6), or as
/// better than it was.
pub fn correction(run_name: &str, judgement: &Judgement, seconds: Option<f64>) -> Note {
    let note = ended(run_name, judgement, seconds);
    Note {
        title: format!("Correction: {}", note.title),
        ..note
    }
}

/// What is told when a run takes much longer than usual; both durations are in seconds.
pub fn long(run_name: &str, elapsed: f64, usual: f64) -> Note {
    Note {
        title: format!("Still running: {}", shorten(run_name, 80)),
        body: format!(
            "It has been running for {}. Usually it takes {}.",
            duration(elapsed),
            duration(usual)
        ),
    }
}

/// A notification's first line with its account's name: for those with more than one account.
pub fn of_account(title: &str, label: &str) -> String {
    format!("{title} ({})", shorten(label, 40))
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

/// Several notifications as one that names each run (`rules.md`, 15), each with how its run ended,
/// what wants a look first: desktops cut long texts. `only_ends` says that each tells of an end.
pub fn grouped(
    mut notes: Vec<(Note, Option<Outcome>)>,
    gathered: Gathered,
    only_ends: bool,
) -> Note {
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
    let counted = |(outcome, word)| {
        let count = notes.iter().filter(|note| note.1 == Some(outcome)).count();
        (count > 0).then(|| format!(", {count} {of}{word}"))
    };
    let bad = [
        (Outcome::Failed, "failed"),
        (Outcome::TimedOut, "timed out"),
    ];
    let bad: String = bad.into_iter().filter_map(counted).collect();
    let title = title + &bad;
    notes.sort_by_key(|(_, outcome)| urgency(*outcome));
    let lines: Vec<String> = notes.into_iter().map(|(note, _)| note.title).collect();
    Note {
        title,
        body: lines.join("\n"),
    }
}

/// The lower, the sooner it wants a look. What is about no end comes before what went well.
fn urgency(outcome: Option<Outcome>) -> u8 {
    match outcome {
        Some(Outcome::Failed) => 0,
        Some(Outcome::TimedOut) => 1,
        Some(Outcome::Unverified) => 2,
        Some(Outcome::Cancelled) => 3,
        None => 4,
        Some(Outcome::Warnings) => 5,
        Some(Outcome::Succeeded) => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::FailedStep;

    #[test]
    fn durations_are_said_as_people_say_them() {
        let said: Vec<String> = [0.0, 48.4, 60.0, 932.0, 3840.0, -5.0, f64::NAN]
            .map(duration)
            .into();
        assert_eq!(
            said,
            [
                "0 s",
                "48 s",
                "1 min",
                "15 min 32 s",
                "1 h 04 min",
                "0 s",
                "0 s"
            ]
        );
    }

    #[test]
    fn a_status_is_said_in_plain_words_and_one_that_is_unheard_of_as_solvexia_writes_it() {
        let said = ["NotStarted", "Running", "TimedOut", "Odd One"]
            .map(|word| status(&RunStatus::from_word(word)));
        assert_eq!(said, ["not started", "running", "timed out", "“Odd One”"]);
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
        let note = ended("Bank reconciliation", &judgement, Some(932.0));
        assert_eq!(note.title, "Failed: Bank reconciliation");
        assert_eq!(
            note.body,
            "After 15 min 32 s. 1 of 4 listed steps failed. 1.3 Match: No bank file"
        );
    }

    #[test]
    fn rule_15_a_group_names_each_run_and_a_digest_of_one_is_the_ordinary_notification() {
        let note = |n: &str| Note {
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
        let notes = |told: &[Outcome]| -> Vec<(Note, Option<Outcome>)> {
            let note = |of: &Outcome| Note {
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
}
