//! The words for outcomes, and the sentence of each on what it rests on. The page's words for outcomes
//! are generated from these; its icons and colours are in `ui/src/words/runs.ts`.

use crate::observation::MOST_STEPS;
use crate::outcome::Outcome;
use crate::words::terms::{grouped_digits, name};

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

/// The steps that an outcome rests on.
#[derive(Debug, Clone, Copy)]
pub struct StepCount {
    /// Those that SolveXia lists.
    pub listed: usize,
    /// Those that were added here by hand.
    pub by_hand: usize,
}

impl StepCount {
    /// "4 listed steps", and what was added by hand: never "everything" (docs/RULES.md, 5).
    fn all(self) -> String {
        let steps = |n: usize| if n == 1 { "step" } else { "steps" };
        match (self.listed, self.by_hand) {
            (n, 0) => format!("{n} listed {}", steps(n)),
            (0, h) => format!("{h} {} added by hand", steps(h)),
            (n, h) => format!("{n} listed {} and {h} added by hand", steps(n)),
        }
    }

    /// "1 of 4 listed steps"; which of both kinds it is, is not said.
    fn part(self, n: usize) -> String {
        let Self { listed, by_hand } = self;
        if listed > 0 && by_hand > 0 {
            let all = listed + by_hand;
            return format!("{n} of {all} steps ({listed} listed, {by_hand} added by hand)");
        }
        format!("{n} of {}", self.all())
    }
}

pub(crate) fn timed_out() -> String {
    "SolveXia stopped it because it took too long.".to_owned()
}

pub(crate) fn cancelled() -> String {
    "It was cancelled.".to_owned()
}

pub(crate) fn failed(steps: StepCount, failed: usize, cancelled: usize) -> String {
    let were = if cancelled == 1 { "was" } else { "were" };
    match (failed, cancelled) {
        (failed, 0) => format!("{} failed.", steps.part(failed)),
        (0, cancelled) => format!("{} {were} cancelled.", steps.part(cancelled)),
        _ => format!(
            "{} failed and {cancelled} {were} cancelled.",
            steps.part(failed)
        ),
    }
}

pub(crate) fn warned(steps: StepCount, warned: usize, skipped: usize) -> String {
    format!(
        "{} ended with a warning{}.",
        steps.part(warned),
        skips(skipped)
    )
}

pub(crate) fn succeeded(steps: StepCount, good: usize, skipped: usize) -> String {
    let all = match (steps.listed, steps.by_hand) {
        (0, 1) => "The step added by hand".to_owned(),
        (1, 0) => "The only listed step".to_owned(),
        _ if skipped == 0 => format!("All {}", steps.all()),
        _ => steps.part(good),
    };
    format!("{all} succeeded{}.", skips(skipped))
}

fn skips(skipped: usize) -> String {
    match skipped {
        0 => String::new(),
        _ => format!(", {skipped} skipped"),
    }
}

/// Goes behind another sentence.
pub(crate) fn not_listed(missing: &[String]) -> String {
    match missing {
        [] => String::new(),
        _ => format!(" SolveXia does not list step {}.", missing.join(", ")),
    }
}

pub(crate) fn all_skipped(steps: StepCount) -> String {
    format!(
        "All {} were skipped, so nothing proves that it worked.",
        steps.all()
    )
}

pub(crate) fn status_is_unknown(word: &str) -> String {
    format!("SolveXia says “{word}”, a word that Runwatch does not know. Look at it in SolveXia.")
}

pub(crate) fn not_ended() -> String {
    "It has not ended.".to_owned()
}

pub(crate) fn no_steps_read() -> String {
    "Its steps could not be read.".to_owned()
}

/// A run that was started again before its end could be looked at.
pub fn overtaken() -> String {
    "It ended, but was started again before its steps could be read.".to_owned()
}

/// A run that SolveXia does not have any more, whose end had been seen.
pub(crate) fn vanished() -> String {
    "It ended, but SolveXia no longer had it when its steps were to be read.".to_owned()
}

/// A start that never showed.
pub fn start_never_shown() -> String {
    "A start was asked for here, but SolveXia has shown no sign of it for 2 minutes. Look at the run in \
     SolveXia."
        .to_owned()
}

pub(crate) fn nothing_listed() -> String {
    "SolveXia lists no step that could prove how it ended.".to_owned()
}

pub(crate) fn list_is_cut() -> String {
    format!(
        "SolveXia lists more steps than Runwatch reads ({}), so nothing proves how it ended.",
        grouped_digits(MOST_STEPS)
    )
}

/// What is said beside the steps of a run while SolveXia lists more of them.
pub fn only_the_first_steps() -> String {
    format!(
        "These are the first {} steps. SolveXia lists more than Runwatch reads.",
        grouped_digits(MOST_STEPS)
    )
}

pub(crate) fn unread(steps: StepCount, unread: usize) -> String {
    format!("{} could not be read.", steps.part(unread))
}

pub(crate) fn step_is_shown_as(step: &str, word: &str) -> String {
    format!("Step {} is still shown as “{word}”.", name(step, 80))
}

pub(crate) fn step_is_shown_as_before(step: &str, word: &str) -> String {
    format!(
        "Step {} is still shown as “{word}”, as it was before this attempt.",
        name(step, 80)
    )
}

pub(crate) fn steps_may_lag() -> String {
    "It was started again before its steps could be read; they may still be the ones before."
        .to_owned()
}
