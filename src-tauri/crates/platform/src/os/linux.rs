//! Linux: the Secret Service and the freedesktop notification server.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::CredentialStore;
use notify_rust::Notification;

/// Connects to the Secret Service.
pub fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// The name that a keychain viewer shows.
pub fn with_entry_options(label: &str) -> HashMap<&'static str, &str> {
    HashMap::from([("label", label)])
}

/// Escapes what a server would take for markup, and makes the body clickable.
pub fn style_notification(notification: &mut Notification) {
    let capabilities = notify_rust::get_capabilities().unwrap_or_default();
    if capabilities
        .iter()
        .any(|capability| capability == "body-markup")
    {
        notification.body = notification
            .body
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
    }
    notification
        .icon("app.runwatch.desktop")
        .action("default", "Open");
}
