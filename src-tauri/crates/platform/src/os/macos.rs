//! macOS: the login keychain and the notification centre.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use apple_native_keyring_store::keychain::Store;
use keyring::Result;
use keyring_core::{CredentialStore, Entry};
use runwatch_core::error::VaultError;
use security_framework::item::{ItemClass, ItemSearchOptions, ItemUpdateOptions, update_item};

use crate::login_entry::LoginEntry;

#[path = "macos/app_nap.rs"]
mod app_nap;
#[path = "macos/app_window.rs"]
mod app_window;
#[path = "macos/login_entry.rs"]
pub mod login_entry;
#[path = "macos/notifications.rs"]
mod notifications;
#[path = "macos/policy.rs"]
pub mod policy;
#[path = "macos/proxy_script.rs"]
mod proxy_script;
#[path = "macos/wake_events.rs"]
mod wake_events;

pub use app_nap::StayActive;
pub use app_window::{
    activate, after_this_event, show_badge, stay_out_of_dock, watch_window_visibility,
};
pub use notifications::{notify, on_notification_click, register_for_notifications};
pub use policy::policy_sources;
pub use proxy_script::ask as ask_proxy_script;
pub use wake_events::watch as watch_wake;

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
        // The user cancelled, a wrong password, no asking allowed; the screen is locked or the computer just
        // wakes (in dark wake), and asking is needed.
        Some(-128 | -25293 | -25308 | -25320 | -25315) => VaultError::Locked,
        // Not available, no such keychain, no default keychain.
        Some(-25291 | -25294 | -25307) => VaultError::Unavailable("there is none".into()),
        _ => VaultError::Refused(source.to_string()),
    }
}

/// The error where it does not answer: it is waiting for its password or for permission.
pub fn keychain_timeout_error() -> VaultError {
    VaultError::Locked
}

/// The menu bar always has room for an icon.
pub fn has_tray() -> bool {
    true
}

/// Nothing to do: the bundle says that the app opens Runwatch's addresses.
///
/// # Errors
/// None here.
pub fn register_addresses() -> std::io::Result<()> {
    Ok(())
}

/// A user of macOS has one desktop.
pub fn session() -> String {
    "desktop".to_owned()
}

/// Nothing to do: macOS reopens apps itself.
pub fn restart_after_updates(_entry: &LoginEntry) {}

/// Nothing to do: the bundle says which app this is.
pub fn name_this_process() {}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keychain_that_cannot_be_asked_now_is_locked_and_refuses_nothing() {
        let of = |code| keychain_error(&security_framework::base::Error::from_code(code));
        for code in [-128, -25293, -25308, -25320, -25315] {
            assert_eq!(of(code), VaultError::Locked, "{code}");
        }
        assert!(matches!(of(-25299), VaultError::Refused(_)));
    }
}
