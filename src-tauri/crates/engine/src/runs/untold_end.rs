//! The latest end of a run that nobody watched.

use runwatch_core::notification::Notification;

/// An end that was told to nobody.
#[derive(Debug, Clone)]
pub(crate) struct UntoldEnd {
    notification: Notification,
    /// The number of the change by which it was shown.
    shown: i64,
}

impl UntoldEnd {
    /// An end that was shown by this change, the latest one.
    pub(crate) fn shown_now(notification: Notification, change: i64) -> Self {
        Self {
            notification,
            shown: change,
        }
    }

    /// What tells it, where it was not shown yet at this change.
    pub(crate) fn not_shown_at(&self, change: i64) -> Option<Notification> {
        (self.shown > change).then(|| self.notification.clone())
    }
}
