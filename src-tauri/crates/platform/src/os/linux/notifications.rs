//! Notifications by the freedesktop notification server.

use notify_rust::{Notification, NotificationResponse};
use runwatch_core::address::Address;
use runwatch_core::words::NotificationText;

use crate::on_click::{OnClick, button};

/// By the name that the package gives it.
const ICON: &str = "runwatch";
const MOST_BYTES: usize = 4_000;
/// The button's name on the bus.
const BUTTON: &str = "open";

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
    if let Some(label) = button(opens.as_ref()) {
        notification.action(BUTTON, label);
    }
    if takes_markup() {
        notification.body(&without_markup(text));
    }
    let handle = match notification.show() {
        Ok(handle) => handle,
        Err(error) => return shown(Err(error.to_string())),
    };
    shown(Ok(()));
    let clicked = |response: &NotificationResponse| {
        let is_button = *response == NotificationResponse::Action(BUTTON.to_owned());
        if is_button || *response == NotificationResponse::Default {
            on_click(opens.clone());
        }
    };
    if let Err(error) = handle.wait_for_response(clicked) {
        tracing::debug!(%error, "no answer to a notification");
    }
}

fn takes_markup() -> bool {
    let capabilities = notify_rust::get_capabilities().unwrap_or_default();
    capabilities.iter().any(|one| one == "body-markup")
}

/// The text as text for a server that reads markup, in as many bytes as every system takes (docs/RULES.md, 22).
fn without_markup(text: &NotificationText) -> String {
    let escaped = |text: &NotificationText| {
        let body = text.body.replace('&', "&amp;");
        body.replace('<', "&lt;").replace('>', "&gt;")
    };
    let mut most = text.body.chars().count();
    let mut body = escaped(text);
    while body.len() > MOST_BYTES {
        most = most * 9 / 10;
        body = escaped(&text.clone().with_body_of(most));
    }
    body
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_22_a_text_fits_also_where_its_signs_are_escaped() {
        let text = |body: &str| NotificationText {
            title: String::new(),
            body: body.to_owned(),
        };
        assert_eq!(without_markup(&text("a < b & c")), "a &lt; b &amp; c");
        let long = without_markup(&text(&"&".repeat(1_000)));
        assert!(
            long.len() <= MOST_BYTES && long.len() > MOST_BYTES / 2,
            "{}",
            long.len()
        );
        assert!(long.starts_with("&amp;&amp;"), "{long}");
    }
}
