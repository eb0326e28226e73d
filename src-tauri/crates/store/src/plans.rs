//! Table `plan`: the plans of the close board.

use runwatch_core::close::plan::{PlanDraft, PlanId};
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, to_json};
use crate::rows::{Rows, text};

pub fn all(connection: &Connection) -> rusqlite::Result<Rows<PlanDraft>> {
    let mut select = connection.prepare_cached("SELECT * FROM plan ORDER BY rowid")?;
    let read = |row: &Row<'_>| from_json(&row.get::<_, String>("draft")?);
    Rows::of(&mut select, [], read, |row| {
        UnreadableRow::Plan(text(row, "plan"))
    })
}

pub fn save(connection: &Connection, draft: &PlanDraft) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO plan (plan, account, draft) VALUES (?1, ?2, ?3)
             ON CONFLICT (plan) DO UPDATE SET account = excluded.account, draft = excluded.draft",
        )?
        .execute(params![draft.id.0, draft.account.0, to_json(draft)?])?;
    Ok(())
}

/// Deletes a plan with its closes and their forecasts.
pub fn delete(connection: &Connection, plan: &PlanId) -> rusqlite::Result<()> {
    for table in ["plan", "close", "forecast"] {
        connection.execute(&format!("DELETE FROM {table} WHERE plan = ?1"), [&plan.0])?;
    }
    Ok(())
}

/// Deletes the plans of an account likewise.
pub fn delete_of_account(connection: &Connection, account: &str) -> rusqlite::Result<()> {
    for table in ["forecast", "close", "plan"] {
        let plans = "SELECT plan FROM plan WHERE account = ?1";
        connection.execute(
            &format!("DELETE FROM {table} WHERE plan IN ({plans})"),
            [account],
        )?;
    }
    Ok(())
}
