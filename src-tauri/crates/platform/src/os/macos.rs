//! macOS: the login keychain and the notification centre.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::CredentialStore;
use notify_rust::Notification;

/// Opens the login keychain.
pub fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// The login keychain names entries by service and account alone.
pub fn with_entry_options(_label: &str) -> HashMap<&'static str, &str> {
    HashMap::new()
}

/// With the sound that the user has chosen for alerts.
pub fn style_notification(notification: &mut Notification) {
    notification.sound_name("Default");
}
