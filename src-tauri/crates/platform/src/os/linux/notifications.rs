//! Notifications by the freedesktop notification server.

use notify_rust::{Notification, NotificationResponse};
use runwatch_core::address::Address;
use runwatch_core::words::NotificationText;

use crate::on_click::OnClick;

/// By the name that the package gives it.
const ICON: &str = "runwatch";

/// Shows a notification, reports whether that worked, and calls `on_click` if it is clicked. Returns when
/// the notification is gone: some servers drop it with its sender's connection.
pub fn notify(
    text: &NotificationText,
    opens: Option<Address>,
    shown: impl FnOnce(Result<(), String>),
    on_click: &OnClick,
) {
    let mut notification = Notification::new();
    notification
        .appname("Runwatch")
        .summary(&text.title)
        .body(&text.body)
        .icon(ICON)
        // What a click on its body does.
        .action("default", "Open");
    escape(&mut notification);
    let handle = match notification.show() {
        Ok(handle) => handle,
        Err(error) => return shown(Err(error.to_string())),
    };
    shown(Ok(()));
    let clicked = |response: &NotificationResponse| {
        if *response == NotificationResponse::Default {
            on_click(opens.clone());
        }
    };
    if let Err(error) = handle.wait_for_response(clicked) {
        tracing::debug!(%error, "no answer to a notification");
    }
}

/// Where the server reads markup, the text stays text.
fn escape(notification: &mut Notification) {
    let capabilities = notify_rust::get_capabilities().unwrap_or_default();
    if capabilities.iter().any(|one| one == "body-markup") {
        notification.body = notification
            .body
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
    }
}

/// Nothing to do: notification servers accept every program.
///
/// # Errors
/// None here.
pub fn register_for_notifications() -> Result<(), String> {
    Ok(())
}

/// Nothing to do: a click is told to the program that showed the notification.
pub fn on_notification_click(_on_click: &OnClick) {}
