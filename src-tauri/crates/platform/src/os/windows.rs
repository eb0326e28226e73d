//! Windows: the Credential Manager and toasts.

use std::collections::HashMap;
use std::fs::DirBuilder;
use std::os::windows::io::AsRawHandle;
use std::path::{Component, Path, Prefix};
use std::sync::Arc;

use keyring_core::CredentialStore;
use notify_rust::Notification;
use windows_registry::CURRENT_USER;
use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};

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
    notification.app_id(crate::IDENTIFIER).sound_name("Default");
}

/// Registers the app's id: toasts of an unknown one vanish without an error.
///
/// # Errors
/// A sentence, when the registry refuses.
pub fn introduce() -> Result<(), String> {
    CURRENT_USER
        .create(format!(
            r"Software\Classes\AppUserModelId\{}",
            crate::IDENTIFIER
        ))
        .and_then(|key| key.set_string("DisplayName", "Runwatch"))
        .map_err(|error| error.message())
}

/// A program with windows has no console; this lends it the one that it was started from, if any.
#[expect(
    unsafe_code,
    reason = "no safe wrapper of this native call is worth a dependency"
)]
pub fn attach_console() {
    // Output that was sent into a file or a pipe goes there.
    if std::io::stdout().as_raw_handle().is_null() {
        // SAFETY: it takes a number and touches no memory of ours. Without a console it fails,
        // which changes nothing.
        unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
    }
}

/// A message box, until it is closed.
pub fn alarm(title: &str, text: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(title)
        .set_description(text)
        .show();
}

/// Whether a folder is on a disk of this computer. Its canonical path tells: a mapped drive's begins
/// with the name of its server.
pub fn is_local(folder: &Path) -> Option<bool> {
    match folder.canonicalize().ok()?.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::VerbatimDisk(_) | Prefix::Disk(_) => Some(true),
            Prefix::VerbatimUNC(..) | Prefix::UNC(..) => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// What is below the user's own folder is the user's alone already.
pub fn make_private(_builder: &mut DirBuilder) {}
