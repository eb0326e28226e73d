//! The outcomes that an ended run can have, and what one rests on. `judge.rs` decides which it is,
//! `words/outcomes.rs` has the words; docs/ARCHITECTURE.md, “To add an outcome”, names every place.

use serde::{Deserialize, Serialize};
use strum::VariantArray;
use ts_rs::TS;

/// How long steps are read again before an end is told as unverified, in seconds.
pub const PROOF_SECONDS: i64 = 60;

/// How an ended run ended (`data-outcome`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, VariantArray)]
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

    /// Whether one that is found after another was told is told as its correction (docs/RULES.md, 6).
    pub fn is_correction(self) -> bool {
        match self {
            Self::Failed => true,
            Self::Succeeded
            | Self::Warnings
            | Self::Cancelled
            | Self::TimedOut
            | Self::Unverified => false,
        }
    }

    /// Whether its steps prove that it went worse than a good one that was told.
    fn is_proven_worse_than(self, good: Self) -> bool {
        match self {
            Self::Failed => true,
            Self::Warnings => good == Self::Succeeded,
            // These come from the run’s own status, which steps that are read later do not change.
            Self::Cancelled | Self::TimedOut | Self::Succeeded | Self::Unverified => false,
        }
    }

    /// Whether steps that are read later may put that one in its place: of an end that was unverified
    /// they may prove anything, of a good one that it was worse.
    pub fn may_become(self, later: Self) -> bool {
        match self {
            Self::Unverified => later != Self::Unverified,
            Self::Succeeded | Self::Warnings => later.is_proven_worse_than(self),
            Self::Failed | Self::Cancelled | Self::TimedOut => false,
        }
    }
}

/// An outcome with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The outcome.
    pub outcome: Outcome,
    /// What it rests on, one sentence.
    pub because: String,
    /// The first step that failed, where one did.
    pub first_failed: Option<FailedStep>,
}

impl Judgement {
    /// It ended, and its steps do not prove how.
    pub fn unverified(because: String) -> Self {
        Self {
            outcome: Outcome::Unverified,
            because,
            first_failed: None,
        }
    }
}

/// The step that a notification names.
#[derive(Debug, Clone, PartialEq, Eq)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_listed_once_in_its_place() {
        // The derived list forgets none.
        assert_eq!(Outcome::VARIANTS.len(), Outcome::ALL.len());
        for outcome in Outcome::VARIANTS {
            assert_eq!(Outcome::ALL[outcome.place()], *outcome);
        }
    }
}
