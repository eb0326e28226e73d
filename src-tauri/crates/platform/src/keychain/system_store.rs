//! Entries in the operating system's keychain.

use keyring_core::{Entry, Error};
use runwatch_core::error::VaultError;
use secrecy::zeroize::Zeroizing;

use super::entry_store::EntryStore;
use super::split_manifest::is_part;
use crate::os;

/// The entries under one service name in the operating system's keychain.
pub struct SystemStore {
    service: String,
    label: String,
    /// Opened at the first use, and reopened after a failure.
    keychain: Option<os::Keychain>,
}

impl SystemStore {
    /// The service name belongs to one data folder alone (docs/RULES.md, 21).
    pub fn of(service: String) -> Self {
        Self {
            service,
            label: String::new(),
            keychain: None,
        }
    }

    /// Runs a job on the keychain; reopens it once where an old connection fails. So every job may
    /// run twice.
    fn with<T>(
        &mut self,
        work: impl Fn(&os::Keychain) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        if let Some(keychain) = &self.keychain {
            match work(keychain) {
                Err(VaultError::Unavailable(_)) => self.keychain = None,
                result => return result,
            }
        }
        let keychain = os::Keychain::open()?;
        let result = work(&keychain);
        self.keychain = Some(keychain);
        result
    }

    fn with_entry<T>(
        &mut self,
        name: &str,
        work: impl Fn(&Entry) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let service = self.service.clone();
        self.with(|keychain| {
            let entry = keychain.entry(&service, name);
            work(&entry.map_err(|error| vault_error(&error))?)
        })
    }
}

impl EntryStore for SystemStore {
    fn unlock(&mut self) -> Result<(), VaultError> {
        self.with(os::Keychain::unlock)
    }

    fn label(&mut self, label: String) {
        self.label = label;
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        let service = self.service.clone();
        let part = if is_part(name) { ", a part" } else { "" };
        let label = format!("{}{part}", self.label);
        self.with(|keychain| {
            let written = keychain.write(&service, name, &label, bytes);
            written.map_err(|error| vault_error(&error))
        })
    }

    fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.with_entry(name, |entry| match entry.get_secret() {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(vault_error(&error)),
        })
    }

    fn delete(&mut self, name: &str) -> Result<bool, VaultError> {
        self.with_entry(name, |entry| match entry.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            // There are copies, such as in a second keyring: delete all.
            Err(Error::Ambiguous(copies)) => {
                for copy in copies {
                    copy.delete_credential()
                        .map_err(|error| vault_error(&error))?;
                }
                Ok(true)
            }
            Err(error) => Err(vault_error(&error)),
        })
    }

    fn names(&mut self) -> Result<Vec<String>, VaultError> {
        let service = self.service.clone();
        self.with(|keychain| {
            let names = keychain.names(&service);
            names.map_err(|error| vault_error(&error))
        })
    }
}

/// Converts an error without printing it: some of them contain the secret.
fn vault_error(error: &Error) -> VaultError {
    match error {
        Error::NoStorageAccess(source) | Error::PlatformFailure(source) => {
            os::keychain_error(source.as_ref())
        }
        Error::TooLong(..) => VaultError::Refused("an entry is too long for it".into()),
        Error::Ambiguous(_) => VaultError::Refused("it has two entries of one name".into()),
        _ => VaultError::Refused("it gave no reason".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_holds_the_secret_is_not_printed() {
        let error = vault_error(&Error::BadEncoding(b"hunter2".to_vec()));
        assert!(!format!("{error:?} {error}").contains("hunter2"));
        assert!(!format!("{error:?}").contains(&format!("{:?}", b"hunter2")));
    }
}
