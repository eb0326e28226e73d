//! What the user is told: an Inbox item that the desktop shows as well.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::close::kept::CloseId;
use crate::ids::{AccountId, ProcessId, RunId, RunKey};
use crate::outcome::Outcome;

/// Why something was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NotificationKind {
    /// A watched run ended.
    Ended,
    /// A failure was found after an unverified end.
    Correction,
    /// An action's lost answer was found out, or stays unknown.
    Action,
    /// Runs cannot be seen, or can again.
    Outage,
    /// A run takes much longer than usual.
    Long,
    /// A close is in danger, something in it did not start, or can be started now.
    Close,
}

/// Something to tell: an Inbox item, and a place in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Why.
    pub kind: NotificationKind,
    /// The account that it is about.
    pub account: AccountId,
    /// The run that it is about.
    pub run: Option<RunId>,
    /// The close that it is about.
    pub close: Option<CloseId>,
    /// The item of that close which can be started now: a click asks whether to.
    pub starts: Option<ProcessId>,
    /// What makes it unique among its kind: the attempt, the action's id, or a mark of the close and cause.
    pub mark: i64,
    /// How the run ended.
    pub outcome: Option<Outcome>,
    /// The first line.
    pub title: String,
    /// The text.
    pub body: String,
    /// When (UTC).
    pub at: Timestamp,
    /// It ended while the laptop slept or the app was off: part of the digest.
    pub away: bool,
}

impl Notification {
    /// Whether it tells the same as another: each thing is told once.
    pub fn is(&self, other: &Self) -> bool {
        let what = |of: &Self| (of.kind, of.mark);
        what(self) == what(other) && (&self.account, &self.run) == (&other.account, &other.run)
    }

    /// Whether it is about accounts, and so about more than the one that it is filed under.
    pub fn is_of_accounts(&self) -> bool {
        self.kind == NotificationKind::Outage && self.run.is_none()
    }
}

/// What a click on a notification opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClickTarget {
    /// A run.
    Run(RunKey),
    /// The board of a close.
    Close(CloseId),
    /// The question whether to start an item of a close.
    Start(CloseId, ProcessId),
    /// The Inbox, at the item of this id.
    Inbox(i64),
}

/// Something that was told, in the Inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// Given by the store.
    pub id: i64,
    /// What was told.
    pub notification: Notification,
    /// Whether it was seen in the Inbox.
    pub read: bool,
}
