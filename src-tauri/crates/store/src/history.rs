//! Every attempt that ended, one row each.

use runwatch_core::ids::RunKey;
use runwatch_core::run::EndedAttempt;
use rusqlite::{Connection, params};

use crate::columns::{millis, to_json};

pub const SCHEMA: &str = "CREATE TABLE history (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    started INTEGER,
    finished INTEGER,
    seconds REAL,
    outcome TEXT NOT NULL, -- JSON
    recorded INTEGER NOT NULL,
    PRIMARY KEY (account, run, attempt)
) STRICT;";

pub fn save(connection: &Connection, past: &EndedAttempt) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO history VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            past.key.account.0,
            past.key.run.as_str(),
            past.attempt,
            millis(past.started),
            millis(past.finished),
            past.seconds,
            to_json(&past.outcome)?,
            past.recorded.as_millisecond(),
        ])?;
    Ok(())
}

/// The latest attempt that is here or in the Inbox; 0 where none is.
pub fn latest_attempt(connection: &Connection, key: &RunKey) -> rusqlite::Result<u32> {
    connection
        .prepare_cached(
            "SELECT MAX(attempt) FROM (
                SELECT COALESCE(MAX(attempt), 0) AS attempt FROM history
                    WHERE account = ?1 AND run = ?2
                UNION ALL
                SELECT COALESCE(MAX(mark), 0) FROM told
                    WHERE account = ?1 AND run = ?2 AND kind IN ('ended', 'correction'))",
        )?
        .query_row(params![key.account.0, key.run.as_str()], |row| row.get(0))
}
