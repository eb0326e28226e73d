//! The Inbox: each thing that was told, once.

use serde::Serialize;
use ts_rs::TS;

use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use crate::close::CloseRef;

/// One item of the Inbox.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InboxItem {
    /// Our own id of the item.
    pub id: i64,
    /// Why it is here.
    pub kind: NotificationKind,
    /// The account that it is about.
    pub account_id: String,
    /// The run that it is about; none for [`NotificationKind::Outage`] and
    /// [`NotificationKind::Close`].
    pub run_id: Option<String>,
    /// The close that it is about: none but for [`NotificationKind::Close`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub close: Option<CloseRef>,
    /// How the run ended; none where nothing ended.
    pub outcome: Option<Outcome>,
    /// The notification's first line.
    pub title: String,
    /// The notification's text.
    pub body: String,
    /// When it was told (UTC ms).
    pub at: i64,
    /// Whether it was seen in the Inbox.
    pub read: bool,
}
