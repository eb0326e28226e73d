//! Durations that teach how long the runs of a process take, one row a run.

use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::{AccountId, ProcessId};
use rusqlite::{Connection, Row, params};

use crate::columns::{broken, key, required_moment};

// The second statement learns from what was watched before there was this table.
pub const SCHEMA: &str = "CREATE TABLE lesson (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    process TEXT NOT NULL,
    ended INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (account, run)
) STRICT;
CREATE INDEX lesson_process ON lesson (account, process, ended);
INSERT INTO lesson
    SELECT account, run, run.process, history.finished, history.seconds
    FROM history JOIN run USING (account, run)
    WHERE history.attempt = 1 AND history.outcome IN ('\"succeeded\"', '\"warnings\"')
        AND history.seconds > 0 AND history.finished IS NOT NULL AND run.process IS NOT NULL;";

/// The newest of a process, newest first.
pub fn of(
    connection: &Connection,
    account: &AccountId,
    process: &ProcessId,
    most: u32,
) -> rusqlite::Result<Vec<DurationSample>> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM lesson WHERE account = ?1 AND process = ?2 ORDER BY ended DESC LIMIT ?3",
    )?;
    let rows = select.query_map(params![account.0, process.as_str(), most], read)?;
    rows.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<DurationSample> {
    let process: String = row.get("process")?;
    Ok(DurationSample {
        key: key(row)?,
        process: ProcessId::parse(&process).map_err(|e| broken(e.to_string()))?,
        ended: required_moment(row, "ended")?,
        seconds: row.get("seconds")?,
    })
}

pub fn save(connection: &Connection, lesson: &DurationSample) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO lesson (account, run, process, ended, seconds)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            lesson.key.account.0,
            lesson.key.run.as_str(),
            lesson.process.as_str(),
            lesson.ended.as_millisecond(),
            lesson.seconds,
        ])?;
    Ok(())
}
