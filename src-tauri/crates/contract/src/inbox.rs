//! The Inbox: each thing that was told, once.

use serde::Serialize;
use ts_rs::TS;

use crate::Outcome;

/// Why something is in the Inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum InboxKind {
    /// A watched run ended.
    Ended,
    /// A failure was found after the end had been told as unverified.
    Correction,
    /// An action whose answer was lost is now known, or known to stay unknown.
    Action,
    /// Runs cannot be seen, or can be seen again.
    Sight,
    /// A run takes much longer than usual.
    Long,
}

/// One item of the Inbox.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InboxItem {
    /// Our own id of the item.
    #[ts(type = "number")]
    pub id: i64,
    /// Why it is here.
    pub kind: InboxKind,
    /// The account that it is about.
    pub account_id: String,
    /// The run that it is about; none for [`InboxKind::Sight`].
    pub run_id: Option<String>,
    /// How the run ended; none where nothing ended.
    pub outcome: Option<Outcome>,
    /// The notification's first line.
    pub title: String,
    /// The notification's text.
    pub body: String,
    /// When it was told (UTC ms).
    #[ts(type = "number")]
    pub at: i64,
    /// Whether it was seen in the Inbox.
    pub read: bool,
}
