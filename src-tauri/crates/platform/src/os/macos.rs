//! macOS: the login keychain and the notification centre.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use apple_native_keyring_store::keychain::Store;
use keyring::Result;
use keyring_core::{CredentialStore, Entry};
use notify_rust::{Notification, Timeout};
use runwatch_core::error::VaultError;
use runwatch_core::words::NotificationText;
use security_framework::item::{ItemClass, ItemSearchOptions, ItemUpdateOptions, update_item};

use super::unix_notifications;

#[path = "macos/app_nap.rs"]
mod app_nap;
#[path = "macos/app_window.rs"]
mod app_window;
#[path = "macos/policy.rs"]
pub mod policy;
#[path = "macos/proxy_script.rs"]
mod proxy_script;
#[path = "macos/wake_events.rs"]
mod wake_events;

pub use app_nap::StayActive;
pub use app_window::{activate, show_badge, watch_window_visibility};
pub use policy::policy_sources;
pub use proxy_script::ask as ask_proxy_script;
pub use wake_events::watch as watch_wake;

/// Unanswered notifications are removed after this time, which ends their thread: macOS does not
/// report “Clear All”. They stay in the Inbox.
const A_DAY: Duration = Duration::from_hours(24);

/// The login keychain.
pub struct Keychain(Arc<CredentialStore>);

impl Keychain {
    /// Opens it.
    pub fn open() -> std::result::Result<Self, VaultError> {
        let store =
            Store::new().map_err(|_| VaultError::Unavailable("it cannot be opened".into()))?;
        Ok(Self(store))
    }

    /// Nothing to do: macOS asks for the password at the first use.
    pub fn unlock(&self) -> std::result::Result<(), VaultError> {
        Ok(())
    }

    /// An entry, whether it is there or not.
    pub fn entry(&self, service: &str, name: &str) -> Result<Entry> {
        self.0.build(service, name, None)
    }

    /// Writes an entry with a label for Keychain Access.
    pub fn write(&self, service: &str, name: &str, label: &str, bytes: &[u8]) -> Result<()> {
        self.entry(service, name)?.set_secret(bytes)?;
        let mut entry = ItemSearchOptions::new();
        entry
            .class(ItemClass::generic_password())
            .service(service)
            .account(name);
        if let Err(error) = update_item(&entry, ItemUpdateOptions::new().set_label(label)) {
            // It is shown by its service name, which contains Runwatch too.
            tracing::debug!(%error, "a keychain entry has no label");
        }
        Ok(())
    }

    /// The names of all entries of a service.
    pub fn names(&self, service: &str) -> Result<Vec<String>> {
        let found = self.0.search(&HashMap::from([("service", service)]))?;
        let names = found.iter().filter_map(Entry::get_specifiers);
        Ok(names.map(|(_, name)| name).collect())
    }
}

/// Converts an error of the keychain.
pub fn keychain_error(source: &(dyn Error + Send + Sync + 'static)) -> VaultError {
    let error = source.downcast_ref::<security_framework::base::Error>();
    match error.map(|error| error.code()) {
        // The user cancelled, a wrong password, no asking allowed.
        Some(-128 | -25293 | -25308) => VaultError::Locked,
        // Not available, no such keychain, no default keychain.
        Some(-25291 | -25294 | -25307) => VaultError::Unavailable("there is none".into()),
        _ => VaultError::Refused(source.to_string()),
    }
}

/// The error where it does not answer: it is waiting for its password or for permission.
pub fn keychain_timeout_error() -> VaultError {
    VaultError::Locked
}

/// Shows a notification, reports whether that worked, and calls `on_click` if it is clicked. Returns
/// when the notification is gone.
pub fn notify(
    text: &NotificationText,
    shown: impl FnOnce(std::result::Result<(), String>),
    on_click: impl Fn() + Send + 'static,
) {
    unix_notifications::notify(text, style, shown, on_click);
}

/// Uses the user's alert sound.
fn style(notification: &mut Notification) {
    notification
        .sound_name("Default")
        .timeout(Timeout::from(A_DAY));
}

/// Asks the user once for permission, without which nothing is shown. Blocks until they have
/// answered. A program outside its bundle may not ask.
///
/// # Errors
/// A sentence, when they may not.
pub fn register_for_notifications() -> std::result::Result<(), String> {
    match notify_rust::request_auth_blocking() {
        Ok(true) => Ok(()),
        Ok(false) => Err("notifications are switched off for Runwatch".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// The menu bar always has room for an icon.
pub fn has_tray() -> bool {
    true
}

/// Nothing to do: a program started in a terminal has it already.
pub fn attach_console() {}

/// Shows a message box until it is closed. Call it on the main thread.
pub fn show_error_dialog(title: &str, text: &str) {
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
