//! The toggles of the notifications. docs/ARCHITECTURE.md, “To add a settings toggle”, names every file that one
//! touches.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is on or off, one field each; the page has them as they are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NotificationToggles {
    /// That a run takes much longer than usual is told.
    pub long: bool,
    /// Failures are shown in quiet hours too.
    pub failures_pierce: bool,
    /// Neither names nor messages are shown: others may see the screen.
    pub hide_details: bool,
}

impl Default for NotificationToggles {
    fn default() -> Self {
        Self {
            long: true,
            failures_pierce: false,
            hide_details: false,
        }
    }
}
