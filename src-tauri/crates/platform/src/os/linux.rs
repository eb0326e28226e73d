//! Linux: the Secret Service and the freedesktop notification server.

use std::collections::HashMap;
use std::error::Error;
use std::fs::DirBuilder;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use keyring::Result;
use keyring_core::{CredentialStore, Entry};
use notify_rust::Notification;
use runwatch_core::error::VaultError;
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use zbus::blocking::{Connection, Proxy};
use zbus_secret_service_keyring_store::Store;

#[path = "linux/wake.rs"]
mod wake;

pub use wake::watch as watch_wake;

/// Where tray icons report, on desktops that show them.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// The Secret Service: GNOME's keyring, KDE's wallet and others.
pub struct Keychain {
    store: Arc<CredentialStore>,
    /// Looks at the lock alone, so it needs no encryption.
    service: SecretService<'static>,
}

impl Keychain {
    /// Connects to it.
    pub fn open() -> std::result::Result<Self, VaultError> {
        let service = SecretService::connect(EncryptionType::Plain).map_err(told)?;
        let store = Store::new().map_err(|error| match error {
            keyring_core::Error::PlatformFailure(source) => keychain_trouble(source.as_ref()),
            _ => VaultError::Unavailable("it takes no connection".into()),
        })?;
        Ok(Self { store, service })
    }

    /// Asks for its password where it is locked. A locked one may otherwise look like an empty one.
    pub fn unlock(&self) -> std::result::Result<(), VaultError> {
        let keyring = self.service.get_default_collection().map_err(told)?;
        if keyring.is_locked().map_err(told)? {
            keyring.unlock().map_err(told)?;
            if keyring.is_locked().map_err(told)? {
                return Err(VaultError::Locked);
            }
        }
        Ok(())
    }

    /// An entry, whether it is there or not.
    pub fn entry(&self, service: &str, name: &str) -> Result<Entry> {
        self.store.build(service, name, None)
    }

    /// Writes an entry, which a viewer shows by its label.
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

/// What a failure of the Secret Service means.
pub fn keychain_trouble(source: &(dyn Error + Send + Sync + 'static)) -> VaultError {
    match source.downcast_ref() {
        Some(error) => meaning(error),
        None => VaultError::Unavailable(source.to_string()),
    }
}

/// It was asked, and says nothing: a locked one is told before.
pub fn silent_keychain() -> VaultError {
    VaultError::Unavailable("it does not answer".into())
}

fn told(error: secret_service::Error) -> VaultError {
    meaning(&error)
}

fn meaning(error: &secret_service::Error) -> VaultError {
    use secret_service::Error as E;
    let text = error.to_string();
    match error {
        E::Locked | E::Prompt => VaultError::Locked,
        E::PromptDisconnected => VaultError::Unavailable("it closed while it was asking".into()),
        // The default one is where our entries are.
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

/// Escapes what a server would take for markup, and makes the body clickable.
pub fn style(notification: &mut Notification) {
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
        .icon(crate::IDENTIFIER)
        .action("default", "Open");
}

/// Notification servers take everybody's.
///
/// # Errors
/// None here.
pub fn introduce() -> std::result::Result<(), String> {
    Ok(())
}

/// Whether the desktop has a place for tray icons: GNOME by itself has none.
pub fn has_tray() -> bool {
    let watcher = || {
        let bus = Connection::session()?;
        let watcher = Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER)?;
        watcher.get_property("IsStatusNotifierHostRegistered")
    };
    // No answer is no place.
    watcher().unwrap_or(false)
}

/// Nothing here slows a program down that nobody looks at.
pub struct Active;

impl Active {
    /// Keeps the app at work.
    pub fn begin(_reason: &str) -> Self {
        Self
    }
}

/// A program that was started in a terminal has it already.
pub fn attach_console() {}

/// There is no message box that every desktop has: standard error must do.
pub fn alarm(_title: &str, _text: &str) {}

/// File systems that are on another computer, by the numbers that the kernel gives them.
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

/// Only its owner may look into it.
pub fn make_private(builder: &mut DirBuilder) {
    builder.mode(0o700);
}
