//! The data folder: everything stored, and every name that must be unique to an installation,
//! derives from it (docs/RULES.md, 21).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::identifier::IDENTIFIER;
use crate::os;

#[path = "data_folder/safety.rs"]
mod safety;

/// A data folder that exists, by its canonical path.
#[derive(Debug, Clone)]
pub struct DataFolder {
    path: PathBuf,
    digest: [u8; 32],
}

impl DataFolder {
    /// The folder `dir`, or the system's usual one, created where it is missing. Sample data has
    /// its own.
    ///
    /// # Errors
    /// When it cannot be created, is not a folder, or others could put something in Runwatch's way there.
    pub fn open(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        let wanted = Self::locate(dir, sample)?;
        make_private(&wanted)?;
        let folder = Self::at(canonical(&wanted)?);
        folder.must_be_safe().map(|()| folder)
    }

    /// The same folder, which is not created if it is missing.
    ///
    /// # Errors
    /// When its path cannot be determined.
    pub fn without_creating(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        Ok(Self::at(canonical(&Self::locate(dir, sample)?)?))
    }

    /// The same folder, only if it exists.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn existing(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        let wanted = Self::locate(dir, sample)?;
        if wanted.is_dir() {
            let folder = Self::at(canonical(&wanted)?);
            return folder.must_be_safe().map(|()| folder);
        }
        let words = format!("There is no such folder: {}", wanted.display());
        Err(io::Error::new(io::ErrorKind::NotFound, words))
    }

    /// The path of the folder, whether it exists or not.
    ///
    /// # Errors
    /// When the system has no usual place.
    pub fn locate(dir: Option<&Path>, sample: bool) -> io::Result<PathBuf> {
        let base = match dir {
            Some(dir) => dir.to_owned(),
            // Local, not roaming: a database on a network profile is easily damaged.
            None => dirs::data_local_dir()
                .ok_or_else(|| io::Error::other("this user has no folder for local app data"))?
                .join(IDENTIFIER),
        };
        Ok(if sample { base.join("demo") } else { base })
    }

    /// Writes a file beside its place and moves it there whole; its owner alone can read it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut beside = tempfile::NamedTempFile::new_in(&self.path)?;
        beside.write_all(bytes)?;
        beside.persist(file)?;
        Ok(())
    }

    /// Makes the folder of logs, and a history that its owner alone can read, where they are missing.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn make_files(&self) -> io::Result<()> {
        make_private(&self.logs())?;
        // Whoever made it: what the logs are made by gives a file everybody's right to read it.
        os::keep_private(&self.logs())?;
        // SQLite takes an empty file for a new database, and gives its other files the same rights.
        private_file(&self.history()).map(drop)
    }

    /// The file that a running app holds locked, made where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or opened.
    pub fn lock_file(&self) -> io::Result<File> {
        private_file(&self.lock())
    }

    fn at(path: PathBuf) -> Self {
        let digest = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
        Self { path, digest }
    }

    /// Its canonical path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the history is.
    pub fn history(&self) -> PathBuf {
        self.path.join("history.db")
    }

    /// Where logs are.
    pub fn logs(&self) -> PathBuf {
        self.path.join("logs")
    }

    /// Where the page's storage is.
    pub fn page(&self) -> PathBuf {
        self.path.join("page")
    }

    /// Moves the page's storage aside, as it may be damaged; what was moved there before is deleted: nothing
    /// in it is missed. That there is none is fine.
    ///
    /// # Errors
    /// When it cannot be moved, such as while somebody still uses it.
    pub fn set_page_aside(&self) -> io::Result<()> {
        let aside = self.page_aside();
        // macOS keeps the storage in a place of its own, by `storage_id`.
        if cfg!(target_os = "macos") {
            return fs::create_dir_all(aside);
        }
        let is_missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        match fs::symlink_metadata(self.page()) {
            Err(error) if is_missing(&error) => return Ok(()),
            other => other?,
        };
        let removed = match aside.is_dir() {
            true => fs::remove_dir_all(&aside),
            false => fs::remove_file(&aside),
        };
        match removed {
            Err(error) if !is_missing(&error) => Err(error),
            _ => fs::rename(self.page(), aside),
        }
    }

    fn page_aside(&self) -> PathBuf {
        self.path.join("page-set-aside")
    }

    /// Where the help desk's report is.
    pub fn report(&self) -> PathBuf {
        self.path.join("check.txt")
    }

    /// The file that a running app holds locked.
    pub fn lock(&self) -> PathBuf {
        self.path.join("in-use")
    }

    /// Sixteen bytes unique to this folder, by which macOS names the web view's storage. They are others once
    /// the first storage was set aside.
    pub fn storage_id(&self) -> [u8; 16] {
        let from = if self.page_aside().exists() { 16 } else { 0 };
        std::array::from_fn(|at| self.digest[from + at])
    }

    /// A name unique to this folder, such as for the keychain's service.
    pub fn own_name(&self) -> String {
        format!("{IDENTIFIER}.{}", self.short_name())
    }

    /// The part of it that is unique.
    pub(crate) fn short_name(&self) -> String {
        hex::encode(&self.digest[..6])
    }

    /// Whether it is the one that Runwatch takes where none is named.
    pub fn is_usual(&self) -> bool {
        Self::without_creating(None, false).is_ok_and(|usual| usual.path == self.path)
    }
}

/// The path with its links resolved, even where its last parts are missing. Not in Windows'
/// verbatim form (`\\?\C:\…`), which web views do not fully understand.
fn canonical(path: &Path) -> io::Result<PathBuf> {
    let error = match dunce::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        done => return done,
    };
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            Ok(canonical(Path::new("."))?.join(name))
        }
        (Some(parent), Some(name)) => Ok(canonical(parent)?.join(name)),
        _ => Err(error),
    }
}

/// Opens a file as it is, to be written; one that is made is its owner's alone.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Windows locks no file that may only be added to.
    os::make_file_private(options.write(true).truncate(false).create(true));
    options.open(path)
}

/// Creates a folder that only its owner can read, where the system has such rights.
fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    os::make_private(builder.recursive(true));
    builder.create(path)
}

#[cfg(test)]
#[path = "data_folder/tests.rs"]
mod tests;
