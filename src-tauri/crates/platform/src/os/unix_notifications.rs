//! Notifications through notify-rust, for Linux and macOS.

use notify_rust::{Notification, NotificationResponse};
use runwatch_core::words::NotificationText;

/// Shows a notification, reports whether that worked, and calls `on_click` if it is clicked.
/// Returns when the notification is gone: the click arrives only while its handle exists.
pub fn notify(
    text: &NotificationText,
    style: impl FnOnce(&mut Notification),
    shown: impl FnOnce(Result<(), String>),
    on_click: impl Fn() + Send + 'static,
) {
    let mut notification = Notification::new();
    notification
        .appname("Runwatch")
        .summary(&text.title)
        .body(&text.body);
    style(&mut notification);
    let handle = match notification.show() {
        Ok(handle) => handle,
        Err(error) => return shown(Err(error.to_string())),
    };
    shown(Ok(()));
    let clicked = |response: &NotificationResponse| {
        if *response == NotificationResponse::Default {
            on_click();
        }
    };
    if let Err(error) = handle.wait_for_response(clicked) {
        tracing::debug!(%error, "no answer to a notification");
    }
}
