//! Table `history`: one row for every attempt that ended.

use runwatch_core::ids::RunKey;
use runwatch_core::run::EndedAttempt;
use rusqlite::{Connection, params};

use crate::column_types::{millis, to_json};

pub fn save(connection: &Connection, attempt: &EndedAttempt) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO history
                (account, run, attempt, started, finished, seconds, outcome, recorded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            attempt.key.account.0,
            attempt.key.run.as_str(),
            attempt.attempt,
            millis(attempt.started),
            millis(attempt.finished),
            attempt.seconds,
            to_json(&attempt.outcome)?,
            attempt.recorded.as_millisecond(),
        ])?;
    Ok(())
}

/// The highest attempt number in this table and the Inbox; 0 where there is none.
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
