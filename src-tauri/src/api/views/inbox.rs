//! The Inbox as the page shows it.

use runwatch_contract::InboxItem;
use runwatch_core::notification::InboxItem as CoreItem;

/// An item of the Inbox.
pub fn item(item: &CoreItem) -> InboxItem {
    let notification = &item.notification;
    InboxItem {
        id: item.id,
        kind: notification.kind,
        account_id: notification.account.0.clone(),
        run_id: notification.run.as_ref().map(ToString::to_string),
        close: notification.close.as_ref().map(super::close::reference),
        outcome: notification.outcome,
        title: notification.title.clone(),
        body: notification.body.clone(),
        at: notification.at.as_millisecond(),
        read: item.read,
    }
}
