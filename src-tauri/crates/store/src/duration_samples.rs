//! Table `lesson`: the durations of complete runs, from which the duration model learns; one row
//! for each run.

use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::{AccountId, ProcessId};
use rusqlite::{Connection, Row, params};

use crate::column_types::{key, required_time};
use crate::errors::invalid_row;
use crate::rows::{Rows, line};

/// The newest samples of a process, newest first.
pub fn of(
    connection: &Connection,
    account: &AccountId,
    process: &ProcessId,
    most: u32,
) -> rusqlite::Result<Rows<DurationSample>> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM lesson WHERE account = ?1 AND process = ?2 ORDER BY ended DESC LIMIT ?3",
    )?;
    let of_process = params![account.0, process.as_str(), most];
    Rows::of(&mut select, of_process, read, |row| {
        line(row, "lesson", "run")
    })
}

/// The newest samples of all of an account's processes, newest first.
pub fn of_account(
    connection: &Connection,
    account: &AccountId,
    most: u32,
) -> rusqlite::Result<Rows<DurationSample>> {
    let mut select = connection
        .prepare_cached("SELECT * FROM lesson WHERE account = ?1 ORDER BY ended DESC LIMIT ?2")?;
    Rows::of(&mut select, params![account.0, most], read, |row| {
        line(row, "lesson", "run")
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<DurationSample> {
    let process: String = row.get("process")?;
    Ok(DurationSample {
        key: key(row)?,
        process: ProcessId::parse(&process).map_err(|e| invalid_row(e.to_string()))?,
        ended: required_time(row, "ended")?,
        seconds: row.get("seconds")?,
    })
}

pub fn save(connection: &Connection, sample: &DurationSample) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO lesson (account, run, process, ended, seconds)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            sample.key.account.0,
            sample.key.run.as_str(),
            sample.process.as_str(),
            sample.ended.as_millisecond(),
            sample.seconds,
        ])?;
    Ok(())
}
