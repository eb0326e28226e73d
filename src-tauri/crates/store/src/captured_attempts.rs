//! Table `captured`: ended attempts of the runs of plans, kept as evidence: SolveXia may delete old runs.

use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::ids::{AccountId, ProcessId};
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, to_json};
use crate::rows::{Rows, line};

/// Those of a process, newest first.
pub fn of(
    connection: &Connection,
    account: &AccountId,
    process: &ProcessId,
    most: u32,
) -> rusqlite::Result<Rows<CapturedAttempt>> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM captured WHERE account = ?1 AND process = ?2 ORDER BY at DESC LIMIT ?3",
    )?;
    let read = |row: &Row<'_>| from_json(&row.get::<_, String>("content")?);
    let of_process = params![account.0, process.as_str(), most];
    Rows::of(&mut select, of_process, read, |row| {
        line(row, "captured", "run")
    })
}

/// An end that was judged again takes the place of the first judgement.
pub fn save(connection: &Connection, attempt: &CapturedAttempt) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO captured (account, run, attempt, process, at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            attempt.key.account.0,
            attempt.key.run.as_str(),
            attempt.attempt,
            attempt.process.as_str(),
            attempt.captured.as_millisecond(),
            to_json(attempt)?,
        ])?;
    Ok(())
}

/// One that was read later: nothing where anything of its run was captured as it ended.
pub fn add(connection: &Connection, attempt: &CapturedAttempt) -> rusqlite::Result<()> {
    let mut any =
        connection.prepare_cached("SELECT 1 FROM captured WHERE account = ?1 AND run = ?2")?;
    match any.exists(params![attempt.key.account.0, attempt.key.run.as_str()])? {
        true => Ok(()),
        false => save(connection, attempt),
    }
}
