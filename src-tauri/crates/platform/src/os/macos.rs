//! macOS: the login keychain and the notification centre.

use std::collections::HashMap;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
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

/// Asks the user once whether notifications may be shown; unasked, none ever is. Blocks until they
/// have answered. A bare program, outside its bundle, may not even ask.
///
/// # Errors
/// A sentence, when they may not.
pub fn introduce() -> Result<(), String> {
    match notify_rust::request_auth_blocking() {
        Ok(true) => Ok(()),
        Ok(false) => Err("notifications are switched off for Runwatch".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// A program that was started in a terminal has it already.
pub fn attach_console() {}

/// A message box, until it is closed. To be called on the main thread.
pub fn alarm(title: &str, text: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(title)
        .set_description(text)
        .show();
}

/// Whether a folder is on a disk of this computer.
pub fn is_local(folder: &Path) -> Option<bool> {
    let status = rustix::fs::statfs(folder).ok()?;
    let local = u32::try_from(libc::MNT_LOCAL).ok()?;
    Some(status.f_flags & local != 0)
}

/// Only its owner may look into it.
pub fn make_private(builder: &mut DirBuilder) {
    builder.mode(0o700);
}
