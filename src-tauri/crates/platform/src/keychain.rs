//! Entries of one data folder in the operating system's keychain. Blocking: see [`crate::vault`].

use std::collections::HashMap;

use keyring_core::{Entry, Error};
use runwatch_core::error::VaultError;
use secrecy::{ExposeSecret, SecretString};

use crate::os;

/// The entries of one data folder.
#[derive(Debug, Clone)]
pub struct Entries {
    service: String,
    options: Options,
}

/// What an entry is made with, from its label.
type Options = for<'a> fn(&'a str) -> HashMap<&'static str, &'a str>;

impl Entries {
    /// Entries under a service name that belongs to one data folder alone (`rules.md`, 21).
    pub fn of(service: String) -> Self {
        Self {
            service,
            options: os::with_entry_options,
        }
    }

    /// Writes a secret and reads it back.
    pub fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        let entry = self.entry(name)?;
        entry
            .set_secret(secret.expose_secret().as_bytes())
            .map_err(told)?;
        match self.read(name)? {
            Some(kept) if kept.expose_secret() == secret.expose_secret() => Ok(()),
            _ => Err(VaultError::Unfaithful),
        }
    }

    /// Reads a secret; none where there is none.
    pub fn read(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        match self.entry(name)?.get_secret() {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(_) => Err(VaultError::Unfaithful),
            },
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(error)),
        }
    }

    /// Deletes a secret; that there is none is fine.
    pub fn forget(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(told(error)),
        }
    }

    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        // Opened here and not by `keyring::Entry`, which remembers a failure until the app ends.
        if keyring_core::get_default_store().is_none() {
            keyring_core::set_default_store(os::open_keychain().map_err(told)?);
        }
        let label = format!("Runwatch: sign-in secret ({name})");
        Entry::new_with_modifiers(&self.service, name, &(self.options)(&label)).map_err(told)
    }
}

/// Our error for a keychain's. Some of theirs hold the secret: they are named, never printed.
fn told(error: keyring::Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Refused("it is locked".into()),
        Error::PlatformFailure(source) => VaultError::Unavailable(source.to_string()),
        Error::NoDefaultStore => VaultError::Unavailable("there is none".into()),
        Error::TooLong(_, most) => {
            VaultError::Refused(format!("it takes at most {most} characters"))
        }
        _ => VaultError::Refused("it gave no reason".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Entries {
        keyring_core::set_default_store(keyring_core::mock::Store::new().unwrap());
        Entries {
            service: "app.runwatch.test".into(),
            options: |_| HashMap::new(),
        }
    }

    fn text(secret: Option<SecretString>) -> Option<String> {
        secret.map(|s| s.expose_secret().to_owned())
    }

    /// One test, as all tests of a process share the default store.
    #[test]
    fn a_secret_is_kept_read_back_replaced_and_forgotten() {
        let entries = entries();
        assert_eq!(text(entries.read("a").unwrap()), None);
        entries.keep("a", &SecretString::from("s1")).unwrap();
        entries.keep("a", &SecretString::from("s2 ä")).unwrap();
        assert_eq!(text(entries.read("a").unwrap()).as_deref(), Some("s2 ä"));
        entries.forget("a").unwrap();
        assert_eq!(text(entries.read("a").unwrap()), None);
        entries.forget("a").unwrap();
    }

    #[test]
    fn an_error_that_holds_the_secret_is_not_printed() {
        let error = told(Error::BadEncoding(b"hunter2".to_vec()));
        assert!(!format!("{error:?} {error}").contains("hunter2"));
        assert!(!format!("{error:?}").contains(&format!("{:?}", b"hunter2")));
    }
}
