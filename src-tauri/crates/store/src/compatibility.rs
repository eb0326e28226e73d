//! Which versions of Runwatch understand a history file.
//!
//! A migration that only adds tables, indexes, or columns that are nullable or have a default is no
//! hindrance to older versions: they name the columns that they write, and go on in such a file as
//! they are. Where they must not, as they would do harm without knowing what was added, or as more was
//! changed, the migration says so in its own SQL: `UPDATE compatibility SET oldest_schema = …`. An
//! older version then refuses the file, and leaves it alone.

use runwatch_core::error::StoreError;
use rusqlite::{Connection, OptionalExtension};

use crate::errors::store_error;
use crate::migrations::LATEST_SCHEMA;

/// The schema of a file, as it looks to this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// There is none yet.
    Missing,
    /// It is to be migrated.
    Older(u32),
    /// It is this version's.
    Present,
    /// A newer version added to it what this one need not know.
    Extended,
}

/// The schema of a file. Writes nothing.
///
/// # Errors
/// [`StoreError`] when it cannot be read, or only a newer version understands it.
pub fn schema_of(connection: &Connection) -> Result<Schema, StoreError> {
    let schema: u32 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(store_error)?;
    match schema {
        0 => Ok(Schema::Missing),
        LATEST_SCHEMA => Ok(Schema::Present),
        older if older < LATEST_SCHEMA => Ok(Schema::Older(older)),
        _ => {
            let row = "SELECT oldest_schema, release FROM compatibility";
            let (oldest, release): (u32, String) = connection
                .query_row(row, [], |row| Ok((row.get(0)?, row.get(1)?)))
                .map_err(store_error)?;
            match oldest <= LATEST_SCHEMA {
                true => Ok(Schema::Extended),
                false => Err(StoreError::Newer(release)),
            }
        }
    }
}

/// Writes down that this release wrote into the file: older versions that do not understand it name it.
pub fn sign(connection: &Connection) -> rusqlite::Result<()> {
    let release = env!("CARGO_PKG_VERSION");
    // An update that changes nothing would wait for a lock that another program holds.
    let unsigned = connection
        .query_row(
            "SELECT 1 FROM compatibility WHERE release <> ?1",
            [release],
            |_| Ok(()),
        )
        .optional()?;
    if unsigned.is_some() {
        connection.execute("UPDATE compatibility SET release = ?1", [release])?;
    }
    Ok(())
}
