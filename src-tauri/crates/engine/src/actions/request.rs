//! What somebody wants done with a run.

use runwatch_core::ids::{RunKey, StepId};

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
