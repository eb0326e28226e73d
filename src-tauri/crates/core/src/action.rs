//! Actions on runs, as they are written down (docs/RULES.md, 9–12).

use jiff::Timestamp;
use serde::Serialize;
use strum::VariantArray;
use ts_rs::TS;

use crate::ids::{AccountId, RunId, RunKey, StepId};
use crate::status_stamp::StatusStamp;

/// What can be done to a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionKind {
    /// Start it.
    Start,
    /// Cancel it.
    Cancel,
    /// Restart it from a step.
    Restart {
        /// The step to begin from.
        step: StepId,
        /// Its name at that time.
        step_name: String,
    },
    /// Create it.
    Create,
    /// Mark it as dealt with. SolveXia hears nothing of it.
    DealtWith {
        /// What its person wrote down; empty where nothing.
        note: String,
    },
    /// Take that mark back.
    NotDealtWith,
}

impl ActionKind {
    /// The step that a restart began from, and its name at that time.
    pub fn step(&self) -> Option<(&StepId, &str)> {
        match self {
            Self::Restart { step, step_name } => Some((step, step_name)),
            _ => None,
        }
    }

    /// What its person wrote down with a mark; empty where nothing.
    pub fn note(&self) -> &str {
        match self {
            Self::DealtWith { note } => note,
            _ => "",
        }
    }
}

/// What is known of an action's effect (`data-result`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum ActionResult {
    /// Written down; no answer yet.
    Pending,
    /// SolveXia accepted it, or its effect was seen.
    Ok,
    /// SolveXia refused it, or it was never sent.
    Refused,
    /// The answer was lost.
    Unknown,
}

/// One action in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Given by the store.
    pub id: i64,
    /// The account that it was done with.
    pub account: AccountId,
    /// The run; none while it is not known which one was created.
    pub run: Option<RunId>,
    /// The account's name at that time.
    pub account_label: String,
    /// The origin of the account's environment; none in rows of older versions.
    pub environment: Option<String>,
    /// Who acted for SolveXia.
    pub identity: String,
    /// Who sat at this computer.
    pub os_user: String,
    /// The run's name at that time.
    pub run_name: String,
    /// Which attempt of the run was begun by it, or was there; none before the first, and in rows of older
    /// versions.
    pub attempt: Option<u32>,
    /// What was done.
    pub kind: ActionKind,
    /// Whether the older call was used.
    pub deprecated: bool,
    /// What was there before it was sent.
    pub baseline: StatusStamp,
    /// What is known of its effect.
    pub result: ActionResult,
    /// SolveXia's answer, or what is known without one.
    pub message: String,
    /// SolveXia's support id.
    pub support_id: Option<String>,
    /// Why, as its user typed it.
    pub reason: Option<String>,
    /// When it was written down (UTC).
    pub asked: Timestamp,
    /// When its answer was known (UTC).
    pub answered: Option<Timestamp>,
}

impl Action {
    /// The run of the list that it was done to; none while it is not known which one was created.
    pub fn key(&self) -> Option<RunKey> {
        Some(RunKey {
            account: self.account.clone(),
            run: self.run.clone()?,
        })
    }
}
