//! What the desktop shows, as the user chooses. The Inbox always gets everything.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use runwatch_core::outcome::Outcome;
use runwatch_core::settings::notification_toggles::NotificationToggles;

/// The notification settings, as they are kept and as they are changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NotificationSettings {
    /// Ends that are not shown.
    pub silent: Vec<Outcome>,
    /// When nothing is shown: it is held, and summed up at their end.
    pub quiet: Option<QuietHours>,
    /// What is on or off.
    pub switches: NotificationToggles,
}

/// Quiet hours of each day; they may go over midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuietHours {
    /// They begin, such as `18:30`.
    pub from: String,
    /// They end.
    pub to: String,
}

/// For how long nothing is shown of a run or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MuteFor {
    /// It is shown again.
    Unmute,
    /// What is told meanwhile is shown in an hour.
    Hour,
    /// What is told meanwhile is shown on the next working morning (`next_morning`).
    Morning,
    /// It goes into the Inbox alone, until the user says otherwise.
    Forever,
}

/// Nothing is shown of a run or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Muted {
    /// Until then (UTC ms); none means for good.
    pub until: Option<i64>,
    /// Its whole account is muted, not the run alone.
    pub account: bool,
}
