//! Whether Runwatch is started, without a window, when its user signs in to the computer.

use std::io;

use crate::data_folder::DataFolder;
use crate::login_entry::{LoginEntry, LoginEntryError, Registration};
use crate::os::login_entry;
use crate::program::program;

impl LoginEntry {
    /// The entry of this program and this folder.
    ///
    /// # Errors
    /// When the system does not say where the program lies.
    pub fn of(folder: &DataFolder) -> io::Result<Self> {
        let hidden = "--hidden".to_owned();
        let (name, arguments) = match folder.is_usual() {
            true => ("Runwatch".to_owned(), vec![hidden]),
            false => {
                let place = folder.path().to_str().ok_or(io::ErrorKind::InvalidInput)?;
                let name = format!("Runwatch {}", folder.short_name());
                (name, vec![hidden, "--data-dir".into(), place.into()])
            }
        };
        Ok(Self {
            name,
            program: program()?,
            arguments,
        })
    }

    /// What the system has of it.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn registration(&self) -> io::Result<Registration> {
        login_entry::registration(self)
    }

    /// Makes it, or mends it. One that its user switched off stays so.
    ///
    /// # Errors
    /// [`LoginEntryError`], in plain words.
    pub fn register(&self) -> Result<(), LoginEntryError> {
        login_entry::register(self)
    }

    /// Removes it; that there is none is fine.
    ///
    /// # Errors
    /// [`LoginEntryError::System`].
    pub fn remove(&self) -> Result<(), LoginEntryError> {
        login_entry::remove(self)
    }

    /// Where its user switched it off, in words.
    pub fn where_it_is_switched(&self) -> &'static str {
        login_entry::SETTINGS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_its_own_has_an_entry_of_its_own_that_names_it() {
        let base = tempfile::tempdir().unwrap();
        let entry = |name: &str| {
            let path = base.path().join(name);
            let folder = DataFolder::open(Some(&path), false).unwrap();
            LoginEntry::of(&folder).unwrap()
        };
        let (a, b) = (entry("Jörg Übel"), entry("b"));
        assert_ne!(a.name, b.name);
        assert_eq!(a.arguments[..2], ["--hidden", "--data-dir"]);
        assert!(a.arguments[2].ends_with("Jörg Übel"), "{a:?}");
        let usual = DataFolder::without_creating(None, false).unwrap();
        let usual = LoginEntry::of(&usual).unwrap();
        assert_eq!(usual.arguments, ["--hidden"]);
        assert_eq!(usual.name, "Runwatch");
    }
}
