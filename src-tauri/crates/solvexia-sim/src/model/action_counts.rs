//! How often a run was started, cancelled and restarted.

use serde::{Deserialize, Serialize};

/// How often each action was accepted; starts by the simulation itself do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionCounts {
    /// Starts, by either call.
    pub starts: u32,
    /// Cancels, by either call.
    pub cancels: u32,
    /// Restarts from any step.
    pub restarts: u32,
}
