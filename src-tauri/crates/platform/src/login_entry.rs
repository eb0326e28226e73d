//! What the system starts at login, and what it has of that.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// What is started at login: this program, on this data folder. Each folder has an entry of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginEntry {
    /// What the entry is called among those of the system, in file names too.
    pub(crate) name: String,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
}

/// What the system has of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Nothing.
    Missing,
    /// The entry as it should be.
    Current,
    /// An entry that starts something else, such as the program in its former place.
    Outdated,
    /// The entry, which its user has switched off in the system's own settings.
    SwitchedOff,
    /// An entry of which a rule of IT lets the system take no notice.
    Ignored,
}

/// Why an entry could not be made or removed.
#[derive(Debug, Error)]
pub enum LoginEntryError {
    /// The program lies where it does not stay.
    #[error(
        "Runwatch lies in a place that is gone after a restart ({0}). Move it to the Applications folder, \
         open it from there, and try again."
    )]
    Fleeting(PathBuf),
    /// Windows ignores what is longer.
    #[error(
        "Windows starts nothing whose path is as long as Runwatch’s ({0}). Ask your help desk to install \
         it in another folder."
    )]
    TooLong(PathBuf),
    /// The system refused.
    #[error(
        "The system refused to change what it starts at login ({0}). Nothing was changed; ask your help \
         desk whether a rule forbids it."
    )]
    System(#[from] io::Error),
}
