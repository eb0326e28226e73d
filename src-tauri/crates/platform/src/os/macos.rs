//! macOS: the login keychain and the notification centre.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use apple_native_keyring_store::keychain::Store;
use keyring_core::{CredentialStore, Entry, Result};
use notify_rust::Notification;
use runwatch_core::error::VaultError;
use security_framework::item::{ItemClass, ItemSearchOptions, ItemUpdateOptions, update_item};

/// The login keychain.
pub struct Keychain(Arc<CredentialStore>);

impl Keychain {
    /// Opens it.
    pub fn open() -> std::result::Result<Self, VaultError> {
        let store =
            Store::new().map_err(|_| VaultError::Unavailable("it cannot be opened".into()))?;
        Ok(Self(store))
    }

    /// macOS asks for its password by itself, at the first use.
    pub fn unlock(&self) -> std::result::Result<(), VaultError> {
        Ok(())
    }

    /// An entry, whether it is there or not.
    pub fn entry(&self, service: &str, name: &str) -> Result<Entry> {
        self.0.build(service, name, None)
    }

    /// Writes an entry, which Keychain Access shows by its label.
    pub fn write(&self, service: &str, name: &str, label: &str, bytes: &[u8]) -> Result<()> {
        self.entry(service, name)?.set_secret(bytes)?;
        let mut entry = ItemSearchOptions::new();
        entry
            .class(ItemClass::generic_password())
            .service(service)
            .account(name);
        if let Err(error) = update_item(&entry, ItemUpdateOptions::new().set_label(label)) {
            // It is shown by its service then, which names Runwatch too.
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

/// What a failure of the keychain means.
pub fn keychain_trouble(source: &(dyn Error + Send + Sync + 'static)) -> VaultError {
    let error = source.downcast_ref::<security_framework::base::Error>();
    match error.map(|error| error.code()) {
        // The user cancelled, a wrong password, no asking allowed.
        Some(-128 | -25293 | -25308) => VaultError::Locked,
        // Not available, no such keychain, no default keychain.
        Some(-25291 | -25294 | -25307) => VaultError::Unavailable("there is none".into()),
        _ => VaultError::Refused(source.to_string()),
    }
}

/// It was asked, and says nothing: it is asking for its password, or for leave.
pub fn silent_keychain() -> VaultError {
    VaultError::Locked
}

/// With the sound that the user has chosen for alerts.
pub fn style_notification(notification: &mut Notification) {
    notification.sound_name("Default");
}
