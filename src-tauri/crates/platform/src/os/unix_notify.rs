//! Notifications through notify-rust, for Linux and macOS.

use notify_rust::{Notification, NotificationResponse};
use runwatch_core::words::Note;

/// Shows it in the given style, tells whether that went well, and waits for the click: the handle must
/// live for it to arrive.
pub fn notify(
    note: &Note,
    style: impl FnOnce(&mut Notification),
    shown: impl FnOnce(Result<(), String>),
    on_click: impl Fn() + Send + 'static,
) {
    let mut notification = Notification::new();
    notification
        .appname("Runwatch")
        .summary(&note.title)
        .body(&note.body);
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
