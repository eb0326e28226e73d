//! What is told of an action, once for each.

use jiff::Timestamp;
use runwatch_core::action::Action;
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::words::NotificationText;

/// The notification of an action with this text; `away` says that it belongs to the digest.
pub fn told_of(action: &Action, text: NotificationText, at: Timestamp, away: bool) -> Notification {
    Notification {
        kind: NotificationKind::Action,
        account: action.account.clone(),
        run: action.run.clone(),
        close: None,
        starts: None,
        mark: action.id,
        outcome: None,
        title: text.title,
        body: text.body,
        at,
        away,
    }
}
