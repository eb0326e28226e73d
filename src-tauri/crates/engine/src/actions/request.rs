//! What somebody wants done with a run.

use runwatch_core::ids::{RunKey, StepId};
use runwatch_core::names;

/// What is asked for, and what the confirmation showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRequest {
    /// The run.
    pub key: RunKey,
    /// What to do.
    pub action: RequestedAction,
    /// By the older call: only as a second, confirmed action (docs/RULES.md, 12).
    pub deprecated: bool,
    /// SolveXia's word for the status, as the confirmation showed it.
    pub status: String,
    /// The attempt that it showed.
    pub attempt: u32,
    /// Why, as its user typed it; none where nothing was typed.
    pub reason: Option<String>,
}

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 500;

/// A reason as it is kept: one line, cut where it is too long; none where nothing was typed.
pub fn reason(typed: &str) -> Option<String> {
    names::line(typed, LONGEST_REASON)
}

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestedAction {
    /// Start the run.
    Start,
    /// Cancel it.
    Cancel,
    /// Restart it from this step.
    Restart(StepId),
}
