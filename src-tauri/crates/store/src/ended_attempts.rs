//! Table `history`: one row for every attempt that ended.

use runwatch_core::ids::RunKey;
use runwatch_core::run::EndedAttempt;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, key, millis, required_time, time, to_json};
use crate::rows::{Rows, line};

/// The attempts of a run, newest first.
pub fn of(connection: &Connection, key: &RunKey) -> rusqlite::Result<Rows<EndedAttempt>> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM history WHERE account = ?1 AND run = ?2 ORDER BY attempt DESC",
    )?;
    let of_run = params![key.account.0, key.run.as_str()];
    Rows::of(&mut select, of_run, read, |row| line(row, "history", "run"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<EndedAttempt> {
    let outcome: String = row.get("outcome")?;
    Ok(EndedAttempt {
        key: key(row)?,
        attempt: row.get("attempt")?,
        started: time(row, "started")?,
        finished: time(row, "finished")?,
        seconds: row.get("seconds")?,
        outcome: from_json(&outcome)?,
        recorded: required_time(row, "recorded")?,
    })
}

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
