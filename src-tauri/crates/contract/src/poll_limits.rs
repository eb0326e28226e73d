//! How often SolveXia is asked about a watched run that nobody looks at.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Between these two, Runwatch learns for each process how often to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PollLimits {
    /// The shortest time between two requests, in seconds.
    pub shortest_seconds: u32,
    /// The longest, in minutes.
    pub longest_minutes: u32,
}
