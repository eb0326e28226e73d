//! Whether Runwatch is started with the computer.

use serde::Serialize;
use ts_rs::TS;

/// Launch at login, as the system has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaunchAtLogin {
    /// The system starts Runwatch.
    pub on: bool,
    /// It can be changed here.
    pub can_change: bool,
    /// Nobody has answered yet whether it is wanted.
    pub is_open: bool,
    /// Why it is not as it was chosen, or cannot be changed here.
    pub note: Option<String>,
}
