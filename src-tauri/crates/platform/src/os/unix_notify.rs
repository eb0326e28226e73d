//! Notifications through notify-rust, for Linux and macOS.

use notify_rust::{Notification, NotificationResponse};
use runwatch_core::words::NotificationText;

/// Shows a notification, tells whether that went well, and calls `on_click` if it is clicked; returns
/// when it is gone: its handle must live for the click to arrive.
pub fn notify(
    note: &NotificationText,
    shown: impl FnOnce(Result<(), String>),
    on_click: impl Fn() + Send + 'static,
) {
    let mut notification = Notification::new();
    notification
        .appname("Runwatch")
        .summary(&note.title)
        .body(&note.body);
    super::here::style(&mut notification);
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
