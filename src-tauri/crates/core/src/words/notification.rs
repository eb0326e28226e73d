//! The texts of notifications about runs, put together from the words and sentences of
//! `words/outcomes.rs`.

use crate::action::{ActionKind, ActionResult};
use crate::ids::shorten;
use crate::names;
use crate::notification::{Notification, NotificationKind};
use crate::outcome::{Judgement, Outcome};
use crate::words::outcomes::outcome;
use crate::words::terms::{
    FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, done, duration, isolated, name,
};

/// A notification: its first line and its text. Plain text both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationText {
    /// The first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

/// The button of what can be started now. It leads to the question whether to.
pub const START_BUTTON: &str = "Start…";

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

/// What is told of a start that SolveXia accepted, and of which it shows nothing.
pub fn start_not_shown(run_name: &str) -> NotificationText {
    NotificationText {
        title: format!("SolveXia does not show the start of “{}”", name(run_name, 50)),
        body: "SolveXia accepted the start, and still shows the run as not started. Look at the run in SolveXia before you \
               start it again: it may run twice."
            .to_owned(),
    }
}

/// What is told of an action whose answer was lost, once its run shows whether it arrived, or does not.
pub fn found_out(
    run_name: &str,
    kind: &ActionKind,
    result: ActionResult,
    message: &str,
) -> NotificationText {
    // The longest title has room for so much of the name.
    let (run, done) = (name(run_name, 34), done(kind));
    let title = match result {
        ActionResult::Ok => format!("{run} was {done} before Runwatch was closed"),
        _ => format!("{run} may or may not have been {done} before Runwatch was closed"),
    };
    NotificationText {
        title,
        body: message.to_owned(),
    }
}

/// A notification as the desktop shows it to a screen that others may see.
pub fn without_details(notification: &Notification) -> NotificationText {
    let title = match (notification.kind, notification.outcome) {
        (NotificationKind::Ended, Some(how)) => format!("A run ended: {}", outcome(how)),
        (NotificationKind::Outage, _) => "Runwatch has news about what it can see".to_owned(),
        (NotificationKind::Close, _) => "Runwatch has news about a close".to_owned(),
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
#[path = "notification_tests.rs"]
mod tests;
