//! How an ended run really ended: one pure function, a whitelist (docs/RULES.md, 1–3 and 5).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::observation::Step;
use crate::status::{RunStatus, StepStatus};
use crate::step_order::{StepOrder, gaps};

/// How long steps are read again before an end is told as unverified, in seconds.
pub const PROOF_SECONDS: i64 = 60;

/// How an ended run ended (`data-outcome`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// All listed steps succeeded or were skipped, at least one succeeded.
    Succeeded,
    /// None failed, at least one warned.
    Warnings,
    /// At least one failed or was cancelled.
    Failed,
    /// The run was cancelled.
    Cancelled,
    /// The run timed out.
    TimedOut,
    /// It ended, but its steps do not prove how.
    Unverified,
}

impl Outcome {
    /// All of them, what wants a look first: the order in which a group of notifications names them.
    pub const ALL: [Self; 6] = [
        Self::Failed,
        Self::TimedOut,
        Self::Unverified,
        Self::Cancelled,
        Self::Warnings,
        Self::Succeeded,
    ];

    /// Whether the run did its work.
    pub fn is_success(self) -> bool {
        match self {
            Self::Succeeded | Self::Warnings => true,
            Self::Failed | Self::Cancelled | Self::TimedOut | Self::Unverified => false,
        }
    }

    /// Whether somebody must know at once: in quiet hours too, if wished, and by the tray's icon.
    pub fn is_failure(self) -> bool {
        match self {
            Self::Failed | Self::TimedOut => true,
            Self::Succeeded | Self::Warnings | Self::Cancelled | Self::Unverified => false,
        }
    }

    /// Its place in [`Outcome::ALL`].
    fn place(self) -> usize {
        match self {
            Self::Failed => 0,
            Self::TimedOut => 1,
            Self::Unverified => 2,
            Self::Cancelled => 3,
            Self::Warnings => 4,
            Self::Succeeded => 5,
        }
    }

    /// The lower, the sooner it wants a look. What is about no end comes before what went well.
    pub fn urgency(outcome: Option<Self>) -> (bool, usize) {
        match outcome {
            Some(outcome) => (outcome.is_success(), outcome.place()),
            None => (false, Self::ALL.len()),
        }
    }

    /// Whether steps that are read later may put that one in its place: of an end that was unverified
    /// they may prove anything, of a good one that it was worse.
    pub fn may_become(self, later: Self) -> bool {
        match self {
            Self::Unverified => later != Self::Unverified,
            Self::Succeeded => matches!(later, Self::Warnings | Self::Failed),
            Self::Warnings => later == Self::Failed,
            Self::Failed | Self::Cancelled | Self::TimedOut => false,
        }
    }
}

/// An outcome with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The outcome.
    pub outcome: Outcome,
    /// What it rests on, one sentence.
    pub because: String,
    /// The first step that failed, where one did.
    pub first_failed: Option<FailedStep>,
}

/// The step that a notification names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedStep {
    /// Its place and name.
    pub name: String,
    /// SolveXia's message, plain text; may be empty.
    pub message: String,
}

/// What the steps say at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Proven.
    Decided(Judgement),
    /// Not proven yet: read again, and after [`PROOF_SECONDS`] take this judgement.
    ReadAgain(Judgement),
}

impl Verdict {
    /// The judgement, proven or not.
    pub fn judgement(self) -> Judgement {
        match self {
            Self::Decided(judgement) | Self::ReadAgain(judgement) => judgement,
        }
    }
}

/// Judges an ended run. `steps` is none while the list itself could not be read.
pub fn judge(status: &RunStatus, steps: Option<&[Step]>) -> Verdict {
    let told = |outcome, because: &str| {
        let first_failed = steps.and_then(|steps| first_with(steps, StepStatus::Failed));
        Verdict::Decided(Judgement {
            outcome,
            because: because.to_owned(),
            first_failed,
        })
    };
    match status {
        RunStatus::TimedOut => told(
            Outcome::TimedOut,
            "SolveXia stopped it because it took too long.",
        ),
        RunStatus::Cancelled => told(Outcome::Cancelled, "It was cancelled."),
        RunStatus::Finished => judge_finished(steps),
        RunStatus::Unknown(word) => told(
            Outcome::Unverified,
            &format!(
                "SolveXia says “{word}”, a word that Runwatch does not know. Look at it in SolveXia."
            ),
        ),
        RunStatus::NotStarted | RunStatus::Scheduled | RunStatus::Running => {
            read_again("It has not ended.".to_owned())
        }
    }
}

fn judge_finished(steps: Option<&[Step]>) -> Verdict {
    let Some(steps) = steps else {
        return read_again("Its steps could not be read.".to_owned());
    };
    let counted: Vec<&Step> = steps.iter().filter(|step| step.counts()).collect();
    let with = |wanted: &[StepStatus]| {
        let is = |step: &&&Step| {
            step.seen
                .as_ref()
                .is_some_and(|seen| wanted.contains(&seen.status))
        };
        counted.iter().filter(is).count()
    };
    let (failed, cancelled) = (with(&[StepStatus::Failed]), with(&[StepStatus::Cancelled]));
    if failed + cancelled > 0 {
        let first_failed = first_failed(steps);
        let were = if cancelled == 1 { "was" } else { "were" };
        let because = match (failed, cancelled) {
            (failed, 0) => format!("{} failed.", part(failed, &counted)),
            (0, cancelled) => format!("{} {were} cancelled.", part(cancelled, &counted)),
            _ => format!(
                "{} failed and {cancelled} {were} cancelled.",
                part(failed, &counted)
            ),
        };
        return Verdict::Decided(Judgement {
            outcome: Outcome::Failed,
            because,
            first_failed,
        });
    }
    if counted.is_empty() {
        return read_again("SolveXia lists no step that could prove how it ended.".to_owned());
    }
    let unread = counted.iter().filter(|step| step.seen.is_none()).count();
    if unread > 0 {
        return read_again(format!("{} could not be read.", part(unread, &counted)));
    }
    let (good, warned, skipped) = (
        with(&[StepStatus::Success]),
        with(&[StepStatus::Warning]),
        with(&[StepStatus::Skipped]),
    );
    if let Some(odd) = counted.iter().find(|step| !is_proof(step)) {
        let word = odd.seen.as_ref().map_or("", |seen| seen.status.word());
        return read_again(format!("Step {} is still shown as “{word}”.", title(odd)));
    }
    let decided = |outcome, because| {
        Verdict::Decided(Judgement {
            outcome,
            because,
            first_failed: None,
        })
    };
    let skips = if skipped > 0 {
        format!(", {skipped} skipped")
    } else {
        String::new()
    };
    if warned > 0 {
        let because = format!("{} ended with a warning{skips}.", part(warned, &counted));
        return decided(Outcome::Warnings, because + &unlisted(steps));
    }
    if good > 0 {
        let all = match counted.len() {
            1 if counted[0].by_hand => "The step added by hand".to_owned(),
            1 => "The only listed step".to_owned(),
            _ if skipped == 0 => format!("All {}", listed(&counted)),
            _ => part(good, &counted),
        };
        return decided(
            Outcome::Succeeded,
            format!("{all} succeeded{skips}.") + &unlisted(steps),
        );
    }
    let because = format!(
        "All {} were skipped, so nothing proves that it worked.",
        listed(&counted)
    );
    decided(Outcome::Unverified, because)
}

fn read_again(because: String) -> Verdict {
    Verdict::ReadAgain(Judgement {
        outcome: Outcome::Unverified,
        because,
        first_failed: None,
    })
}

fn is_proof(step: &Step) -> bool {
    step.seen.as_ref().is_some_and(|seen| {
        matches!(
            seen.status,
            StepStatus::Success | StepStatus::Warning | StepStatus::Skipped
        )
    })
}

/// "4 listed steps", and what was added by hand: never "everything" (docs/RULES.md, 5).
fn listed(counted: &[&Step]) -> String {
    let by_hand = counted.iter().filter(|step| step.by_hand).count();
    let steps = |n: usize| if n == 1 { "step" } else { "steps" };
    match (counted.len() - by_hand, by_hand) {
        (n, 0) => format!("{n} listed {}", steps(n)),
        (0, h) => format!("{h} {} added by hand", steps(h)),
        (n, h) => format!("{n} listed {} and {h} added by hand", steps(n)),
    }
}

/// "1 of 4 listed steps"; which of both kinds it is, is not said.
fn part(n: usize, counted: &[&Step]) -> String {
    let by_hand = counted.iter().filter(|step| step.by_hand).count();
    match (counted.len() - by_hand, by_hand) {
        (listed, 1..) if listed > 0 => {
            let all = counted.len();
            format!("{n} of {all} steps ({listed} listed, {by_hand} added by hand)")
        }
        _ => format!("{n} of {}", listed(counted)),
    }
}

fn unlisted(steps: &[Step]) -> String {
    let orders: Vec<StepOrder> = steps.iter().filter_map(|step| step.order.clone()).collect();
    match gaps(&orders).as_slice() {
        [] => String::new(),
        _ if steps.iter().any(|step| step.by_hand) => String::new(),
        missing => format!(" SolveXia does not list step {}.", missing.join(", ")),
    }
}

/// The first counted step in order that failed; else the first that was cancelled.
fn first_failed(steps: &[Step]) -> Option<FailedStep> {
    first_with(steps, StepStatus::Failed).or_else(|| first_with(steps, StepStatus::Cancelled))
}

fn first_with(steps: &[Step], status: StepStatus) -> Option<FailedStep> {
    let is = |step: &&Step| {
        step.counts() && step.seen.as_ref().is_some_and(|seen| seen.status == status)
    };
    let mut found: Vec<&Step> = steps.iter().filter(is).collect();
    found.sort_by_key(|step| (step.order.is_none(), step.order.clone()));
    found.first().map(|step| FailedStep {
        name: title(step),
        message: step
            .seen
            .as_ref()
            .map(|seen| seen.message.clone())
            .unwrap_or_default(),
    })
}

fn title(step: &Step) -> String {
    match &step.order {
        Some(order) => format!("{order} {}", step.name),
        None => step.name.clone(),
    }
}

#[cfg(test)]
#[path = "outcome_tests.rs"]
mod tests;
