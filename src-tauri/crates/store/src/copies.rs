//! Copies of the history, made beside it before a migration changes it: such as
//! `history-2026-11-24-schema-8.db`.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use runwatch_core::error::StoreError;
use rusqlite::Connection;

/// How many are kept.
const KEPT: usize = 3;

/// Copies a history, which is of this schema, and deletes the oldest copies. One in memory has none.
///
/// # Errors
/// [`StoreError::NotCopied`]; then there is nothing of a copy.
pub fn make(connection: &Connection, schema: u32, today: Date) -> Result<(), StoreError> {
    let Some(path) = path_of(connection) else {
        return Ok(());
    };
    let copy = path.with_file_name(format!("{}{today}{MARK}{schema}.db", prefix(path)));
    let part = path.with_file_name(format!("{}copy.part", prefix(path)));
    // Left over from a copy that a kill cut short.
    let _ = fs::remove_file(&part);
    let written = write(connection, &part).and_then(|()| {
        fs::rename(&part, &copy).map_err(|error| StoreError::NotCopied(error.to_string()))
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
        return written;
    }
    // One copy too many does no harm.
    if let Err(error) = delete_oldest(path) {
        tracing::warn!(%error, "old copies of the history could not be deleted");
    }
    Ok(())
}

/// Deletes the copies of this history: what is removed from it for good is not to be found in them.
///
/// # Errors
/// When one cannot be deleted.
pub fn delete_all(connection: &Connection) -> io::Result<()> {
    match path_of(connection) {
        Some(path) => all(path)?.iter().try_for_each(fs::remove_file),
        None => Ok(()),
    }
}

/// Where a history is; nowhere while it is in memory.
fn path_of(connection: &Connection) -> Option<&Path> {
    let path = connection.path().filter(|path| !path.is_empty());
    path.map(Path::new)
}

/// The copies of the history at `path`, the oldest first.
///
/// # Errors
/// When its folder cannot be read.
pub fn all(path: &Path) -> io::Result<Vec<PathBuf>> {
    let prefix = prefix(path);
    let age = |name: &OsStr| {
        let name = name.to_str()?.strip_prefix(&prefix)?.strip_suffix(".db")?;
        let (day, schema) = name.split_once(MARK)?;
        Some((day.parse::<Date>().ok()?, schema.parse::<u32>().ok()?))
    };
    let mut copies = Vec::new();
    for file in fs::read_dir(path.parent().unwrap_or(Path::new(".")))? {
        let file = file?;
        if let Some(age) = age(&file.file_name()) {
            copies.push((age, file.path()));
        }
    }
    copies.sort();
    Ok(copies.into_iter().map(|(_, path)| path).collect())
}

const MARK: &str = "-schema-";

fn prefix(path: &Path) -> String {
    format!(
        "{}-",
        path.file_stem().unwrap_or_default().to_string_lossy()
    )
}

/// Writes a whole history into a new file, which its owner alone can read: SQLite would leave that to the system,
/// and takes an empty file for none.
pub fn write_whole(connection: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if let Err(error) = options.open(path) {
        tracing::warn!(%error, "the file of a history could not be made beforehand");
    }
    let into = connection.execute("VACUUM INTO ?1", [path.to_string_lossy()]);
    into.map(drop)
}

/// On the disk once this returns: SQLite itself leaves that to the system.
fn write(connection: &Connection, part: &Path) -> Result<(), StoreError> {
    write_whole(connection, part).map_err(|error| StoreError::NotCopied(error.to_string()))?;
    let file = OpenOptions::new().write(true).open(part);
    file.and_then(|file| file.sync_all())
        .map_err(|error| StoreError::NotCopied(error.to_string()))
}

fn delete_oldest(path: &Path) -> io::Result<()> {
    let copies = all(path)?;
    let too_many = copies.len().saturating_sub(KEPT);
    copies.iter().take(too_many).try_for_each(fs::remove_file)
}
