//! Table `action`: the log of actions. A row is written before its action is sent, and completed
//! when the result is known.

use runwatch_core::action::Action;
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, millis, required_time, time, to_json};
use crate::errors::invalid_row;
use crate::rows::{Rows, line, run_of};

/// Inserts an action (id 0), or completes one. Returns its id.
pub fn save(connection: &Connection, action: &Action) -> rusqlite::Result<i64> {
    // Empty where it is not known which one was created.
    let run = action.run.as_ref().map_or("", RunId::as_str);
    if action.id != 0 {
        connection
            .prepare_cached(
                "UPDATE action SET run = ?2, run_name = ?3, result = ?4, message = ?5, support_id = ?6,
                    answered = ?7 WHERE id = ?1",
            )?
            .execute(params![
                action.id,
                run,
                action.run_name,
                to_json(&action.result)?,
                action.message,
                action.support_id,
                millis(action.answered),
            ])?;
        return Ok(action.id);
    }
    connection
        .prepare_cached(
            "INSERT INTO action (account, run, account_label, identity, os_user, run_name, deed,
                deprecated, baseline, result, message, support_id, asked, answered, environment, attempt,
                reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            action.account.0,
            run,
            action.account_label,
            action.identity,
            action.os_user,
            action.run_name,
            to_json(&action.kind)?,
            action.deprecated,
            to_json(&action.baseline)?,
            to_json(&action.result)?,
            action.message,
            action.support_id,
            action.asked.as_millisecond(),
            millis(action.answered),
            action.environment,
            action.attempt,
            action.reason,
        ])?;
    Ok(connection.last_insert_rowid())
}

pub fn latest(connection: &Connection, most: u32) -> rusqlite::Result<Rows<Action>> {
    let mut select = connection.prepare_cached("SELECT * FROM action ORDER BY id DESC LIMIT ?1")?;
    Rows::of(&mut select, [most], read, name)
}

/// What was done to a run, oldest first.
pub fn of_run(connection: &Connection, key: &RunKey) -> rusqlite::Result<Rows<Action>> {
    let mut select = connection
        .prepare_cached("SELECT * FROM action WHERE account = ?1 AND run = ?2 ORDER BY id")?;
    let of_run = params![key.account.0, key.run.as_str()];
    Rows::of(&mut select, of_run, read, name)
}

const UNANSWERED: &str = "SELECT * FROM action WHERE answered IS NULL ORDER BY id";

/// Actions whose result is not known yet.
pub fn unanswered(connection: &Connection) -> rusqlite::Result<Rows<Action>> {
    let mut select = connection.prepare_cached(UNANSWERED)?;
    Rows::of(&mut select, [], read, name)
}

/// The runs of those that cannot be read.
pub fn runs_of_unreadable(connection: &Connection) -> rusqlite::Result<Vec<UnreadableRow>> {
    let mut select = connection.prepare_cached(UNANSWERED)?;
    Ok(Rows::of(&mut select, [], read, run_of)?.unreadable)
}

fn name(row: &Row<'_>) -> UnreadableRow {
    line(row, "action", "id")
}

fn run(row: &Row<'_>) -> rusqlite::Result<Option<RunId>> {
    let id: String = row.get("run")?;
    match id.as_str() {
        "" => Ok(None),
        id => RunId::parse(id)
            .map(Some)
            .map_err(|error| invalid_row(error.to_string())),
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Action> {
    let json = |column: &str| row.get::<_, String>(column);
    Ok(Action {
        id: row.get("id")?,
        account: AccountId(row.get("account")?),
        run: run(row)?,
        account_label: row.get("account_label")?,
        environment: row.get("environment")?,
        identity: row.get("identity")?,
        os_user: row.get("os_user")?,
        run_name: row.get("run_name")?,
        attempt: row.get("attempt")?,
        kind: from_json(&json("deed")?)?,
        deprecated: row.get("deprecated")?,
        baseline: from_json(&json("baseline")?)?,
        result: from_json(&json("result")?)?,
        message: row.get("message")?,
        support_id: row.get("support_id")?,
        reason: row.get("reason")?,
        asked: required_time(row, "asked")?,
        answered: time(row, "answered")?,
    })
}
