//! Entries in memory, gone when the app ends.

use std::collections::BTreeMap;
use std::fmt;

use runwatch_core::error::VaultError;
use secrecy::zeroize::Zeroizing;

use super::entry_store::EntryStore;

/// Entries in memory. Refuses to be printed.
#[derive(Default)]
pub struct MemoryStore(BTreeMap<String, Zeroizing<Vec<u8>>>);

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryEntries")
    }
}

impl EntryStore for MemoryStore {
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        self.0.insert(name.to_owned(), bytes.to_vec().into());
        Ok(())
    }

    fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Ok(self.0.get(name).cloned())
    }

    fn delete(&mut self, name: &str) -> Result<bool, VaultError> {
        Ok(self.0.remove(name).is_some())
    }

    fn names(&mut self) -> Result<Vec<String>, VaultError> {
        Ok(self.0.keys().cloned().collect())
    }
}
