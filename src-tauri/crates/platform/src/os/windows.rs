//! Windows: the Credential Manager and toasts.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::CredentialStore;
use notify_rust::Notification;

/// Opens the Credential Manager.
pub fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// Secrets stay on this computer: the default would roam to every computer of the user.
pub fn with_entry_options(_label: &str) -> HashMap<&'static str, &str> {
    HashMap::from([("persistence", "Local")])
}

/// Toasts without a registered id vanish, and without a sound name they are silent.
pub fn style_notification(notification: &mut Notification) {
    notification
        .app_id("app.runwatch.desktop")
        .sound_name("Default");
}
