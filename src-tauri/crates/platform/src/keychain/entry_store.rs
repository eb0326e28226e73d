//! A store of byte entries for one data folder: the system's keychain, or memory. Blocking: see
//! [`super::Keychain`].

use runwatch_core::error::VaultError;
use secrecy::zeroize::Zeroizing;

/// The entries of one data folder, each by its name.
pub trait EntryStore {
    /// Asks for the keychain's password where it is locked, and waits for it.
    fn unlock(&mut self) -> Result<(), VaultError> {
        Ok(())
    }

    /// Sets the label that keychain viewers show for entries written from here on.
    fn label(&mut self, _label: String) {}

    /// Writes an entry, or replaces it whole.
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError>;

    /// Reads an entry; none where there is none.
    fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Deletes an entry, and tells whether there was one.
    fn delete(&mut self, name: &str) -> Result<bool, VaultError>;

    /// The names of all entries of this data folder.
    fn names(&mut self) -> Result<Vec<String>, VaultError>;
}
