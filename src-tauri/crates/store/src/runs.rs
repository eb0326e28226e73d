//! Table `run`: the runs in the list.

use runwatch_core::ids::{ProcessId, RunKey};
use runwatch_core::observation::RunInfo;
use runwatch_core::run::Run;
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json_column, key, millis, time, to_json};
use crate::errors::invalid_row;
use crate::rows::{Rows, run_of, text};
use crate::{accounts, actions, steps};

/// All but those of accounts that cannot be read. A run of which an unanswered action or a step cannot
/// be read is not to be had without it: it could be started twice, or seem to have succeeded.
pub fn all(connection: &Connection) -> rusqlite::Result<Rows<Run>> {
    let accounts = accounts::all(connection)?.unreadable;
    let incomplete = [
        steps::runs_of_unreadable(connection)?,
        actions::runs_of_unreadable(connection)?,
    ]
    .concat();
    let read = |row: &Row<'_>| {
        if accounts.contains(&UnreadableRow::Account(text(row, "account"))) {
            return Ok(None);
        }
        match incomplete.contains(&run_of(row)) {
            true => Err(invalid_row("a step or an action is unreadable".into())),
            false => read(row).map(Some),
        }
    };
    let mut select = connection.prepare_cached("SELECT * FROM run ORDER BY rowid")?;
    let rows = Rows::of(&mut select, [], read, run_of)?;
    Ok(Rows {
        read: rows.read.into_iter().flatten().collect(),
        unreadable: rows.unreadable,
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    let process: Option<String> = row.get("process")?;
    Ok(Run {
        key: key(row)?,
        info: RunInfo {
            name: row.get("name")?,
            process: process.and_then(|id| ProcessId::parse(&id).ok()),
            description: row.get("description")?,
            last_modified_by: row.get("modified_by")?,
            date_modified: time(row, "modified")?,
            date_created: time(row, "created")?,
        },
        watched: row.get("watched")?,
        archived: row.get("archived")?,
        handled: from_json_column(row, "handled")?,
        attempt: from_json_column(row, "course")?,
        duration_seconds: row.get("duration_seconds")?,
        judgement: from_json_column(row, "judgement")?,
        seen_at: time(row, "seen_at")?,
        steps_read_at: time(row, "steps_read_at")?,
        steps_are_cut: row.get("steps_are_cut")?,
    })
}

/// Saves a run as it is now.
pub fn save(connection: &Connection, run: &Run) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO run (account, run, name, process, description, modified_by, modified, created,
                watched, archived, course, duration_seconds, judgement, seen_at, steps_read_at,
                steps_are_cut, handled, seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 0)
             ON CONFLICT (account, run) DO UPDATE SET name = excluded.name, process = excluded.process,
                description = excluded.description, modified_by = excluded.modified_by,
                modified = excluded.modified, created = excluded.created, watched = excluded.watched,
                archived = excluded.archived, course = excluded.course, duration_seconds = excluded.duration_seconds,
                judgement = excluded.judgement, seen_at = excluded.seen_at,
                steps_read_at = excluded.steps_read_at, steps_are_cut = excluded.steps_are_cut,
                handled = excluded.handled",
        )?
        .execute(params![
            run.key.account.0,
            run.key.run.as_str(),
            run.info.name,
            run.info.process.as_ref().map(ProcessId::as_str),
            run.info.description,
            run.info.last_modified_by,
            millis(run.info.date_modified),
            millis(run.info.date_created),
            run.watched,
            run.archived,
            run.attempt.as_ref().map(to_json).transpose()?,
            run.duration_seconds,
            run.judgement.as_ref().map(to_json).transpose()?,
            millis(run.seen_at),
            millis(run.steps_read_at),
            run.steps_are_cut,
            run.handled.as_ref().map(to_json).transpose()?,
        ])?;
    Ok(())
}

/// Deletes a run and its steps; ended attempts, Inbox and actions stay.
pub fn remove(connection: &Connection, key: &RunKey) -> rusqlite::Result<()> {
    let key = params![key.account.0, key.run.as_str()];
    connection.execute("DELETE FROM run WHERE account = ?1 AND run = ?2", key)?;
    connection.execute("DELETE FROM step WHERE account = ?1 AND run = ?2", key)?;
    Ok(())
}
