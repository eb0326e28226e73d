//! Linux: the Secret Service, the freedesktop notification server, and desktop entries.

use std::collections::HashMap;
use std::error::Error;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use keyring::Result;
use keyring_core::{CredentialStore, Entry};
use runwatch_core::error::VaultError;
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use zbus::blocking::{Connection, Proxy};
use zbus_secret_service_keyring_store::Store;

use crate::login_entry::LoginEntry;

#[path = "linux/addresses.rs"]
mod addresses;
#[path = "linux/badge.rs"]
mod badge;
#[path = "linux/desktop_entry.rs"]
mod desktop_entry;
#[path = "linux/login_entry.rs"]
pub mod login_entry;
#[path = "linux/notifications.rs"]
mod notifications;
#[path = "linux/policy.rs"]
pub mod policy;
#[path = "linux/proxy_script.rs"]
mod proxy_script;
#[path = "linux/session.rs"]
mod session;
#[path = "linux/wake_events.rs"]
mod wake_events;

pub use addresses::register_addresses;
pub use badge::show_badge;
pub use notifications::{notify, on_notification_click, register_for_notifications};
pub use policy::policy_sources;
pub use proxy_script::ask as ask_proxy_script;
pub use session::session;
pub use wake_events::watch as watch_wake;

/// The D-Bus service that desktops with a tray run.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// The Secret Service: GNOME's keyring, KDE's wallet and others.
pub struct Keychain {
    store: Arc<CredentialStore>,
    /// Only used to look at the lock, so it needs no encryption.
    service: SecretService<'static>,
}

impl Keychain {
    /// Connects to it.
    pub fn open() -> std::result::Result<Self, VaultError> {
        let service = SecretService::connect(EncryptionType::Plain).map_err(vault_error)?;
        let store = Store::new().map_err(|error| match error {
            keyring_core::Error::PlatformFailure(source) => keychain_error(source.as_ref()),
            _ => VaultError::Unavailable("it takes no connection".into()),
        })?;
        Ok(Self { store, service })
    }

    /// Asks for its password where it is locked. A locked one may otherwise look empty.
    pub fn unlock(&self) -> std::result::Result<(), VaultError> {
        let keyring = self.service.get_default_collection().map_err(vault_error)?;
        if keyring.is_locked().map_err(vault_error)? {
            keyring.unlock().map_err(vault_error)?;
            if keyring.is_locked().map_err(vault_error)? {
                return Err(VaultError::Locked);
            }
        }
        Ok(())
    }

    /// An entry, whether it is there or not.
    pub fn entry(&self, service: &str, name: &str) -> Result<Entry> {
        self.store.build(service, name, None)
    }

    /// Writes an entry with a label for keychain viewers.
    pub fn write(&self, service: &str, name: &str, label: &str, bytes: &[u8]) -> Result<()> {
        let options = HashMap::from([("label", label)]);
        let entry = self.store.build(service, name, Some(&options))?;
        entry.set_secret(bytes)
    }

    /// The names of all entries of a service.
    pub fn names(&self, service: &str) -> Result<Vec<String>> {
        let found = self.store.search(&HashMap::from([("service", service)]))?;
        let names = found.iter().filter_map(Entry::get_specifiers);
        Ok(names.map(|(_, name)| name).collect())
    }
}

/// Converts an error of the Secret Service.
pub fn keychain_error(source: &(dyn Error + Send + Sync + 'static)) -> VaultError {
    match source.downcast_ref() {
        Some(error) => vault_error_of(error),
        None => VaultError::Unavailable(source.to_string()),
    }
}

/// The error where it does not answer. A locked one is reported before.
pub fn keychain_timeout_error() -> VaultError {
    VaultError::Unavailable("it does not answer".into())
}

fn vault_error(error: secret_service::Error) -> VaultError {
    vault_error_of(&error)
}

fn vault_error_of(error: &secret_service::Error) -> VaultError {
    use secret_service::Error as E;
    let text = error.to_string();
    match error {
        E::Locked | E::Prompt => VaultError::Locked,
        E::PromptDisconnected => VaultError::Unavailable("it closed while it was asking".into()),
        // Entries are in the default keyring.
        E::NoResult => VaultError::Unavailable("it has no default keyring".into()),
        E::Zbus(zbus::Error::Connection(why, _))
            if matches!(
                why.kind(),
                ErrorKind::NotFound | ErrorKind::ConnectionRefused
            ) =>
        {
            VaultError::Unavailable("this session has no message bus".into())
        }
        E::Unavailable => VaultError::Unavailable("no keychain service is running".into()),
        _ if text.contains("Secret.Error.IsLocked") => VaultError::Locked,
        _ if text.contains("ServiceUnknown") || text.contains("NameHasNoOwner") => {
            VaultError::Unavailable("no keychain service is running".into())
        }
        _ => VaultError::Unavailable(text),
    }
}

/// Whether the desktop shows tray icons; plain GNOME does not.
pub fn has_tray() -> bool {
    let watcher = || {
        let bus = Connection::session()?;
        let watcher = Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER)?;
        watcher.get_property("IsStatusNotifierHostRegistered")
    };
    // No reply means that there is none.
    watcher().unwrap_or(false)
}

/// Nothing to do: desktops start by what is registered for the login alone.
pub fn restart_after_updates(_entry: &LoginEntry) {}

/// Nothing to do: windows are told apart by the program's name.
pub fn name_this_process() {}

/// Linux does not slow down programs in the background.
pub struct StayActive;

impl StayActive {
    /// Keeps the app at work.
    pub fn begin(_reason: &str) -> Self {
        Self
    }
}

/// Nothing to do: a program started in a terminal has it already.
pub fn attach_console() {}

/// Network file systems, by their magic numbers.
const REMOTE: [i64; 7] = [
    0x6969,      // NFS
    0x517b,      // SMB
    0xff53_4d42, // CIFS
    0xfe53_4d42, // SMB 2
    0x5346_414f, // AFS
    0x00c3_6400, // Ceph
    0x0102_1997, // 9P
];

/// Whether a folder is on a disk of this computer.
pub fn is_local(folder: &Path) -> Option<bool> {
    let status = rustix::fs::statfs(folder).ok()?;
    Some(!REMOTE.contains(&status.f_type))
}
