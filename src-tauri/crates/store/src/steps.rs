//! Table `step`: the steps of each run as last read, and those that the user added.

use runwatch_core::ids::{RunKey, StepId};
use runwatch_core::observation::Step;
use runwatch_core::step_order::StepOrder;
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json_column, to_json};
use crate::errors::invalid_row;
use crate::rows::{Rows, run_of};

pub fn of(connection: &Connection, key: &RunKey) -> rusqlite::Result<Vec<Step>> {
    let mut select = connection
        .prepare_cached("SELECT * FROM step WHERE account = ?1 AND run = ?2 ORDER BY place")?;
    let rows = select.query_map(params![key.account.0, key.run.as_str()], read)?;
    rows.collect()
}

/// The runs of the steps that cannot be read.
pub fn runs_of_unreadable(connection: &Connection) -> rusqlite::Result<Vec<UnreadableRow>> {
    let mut select = connection.prepare_cached("SELECT * FROM step")?;
    Ok(Rows::of(&mut select, [], read, run_of)?.unreadable)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Step> {
    let id: String = row.get("step")?;
    let order: Option<String> = row.get("step_order")?;
    Ok(Step {
        id: StepId::parse(&id).map_err(|e| invalid_row(e.to_string()))?,
        name: row.get("name")?,
        order: order.as_deref().and_then(StepOrder::parse),
        enabled: row.get("enabled")?,
        by_hand: row.get("by_hand")?,
        // It is read from SolveXia again.
        seen: from_json_column(row, "seen").unwrap_or_default(),
    })
}

pub fn replace(connection: &Connection, key: &RunKey, steps: &[Step]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM step WHERE account = ?1 AND run = ?2")?
        .execute(params![key.account.0, key.run.as_str()])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO step
            (account, run, step, place, name, step_order, enabled, by_hand, seen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (place, step) in steps.iter().enumerate() {
        insert.execute(params![
            key.account.0,
            key.run.as_str(),
            step.id.as_str(),
            place as i64,
            step.name,
            step.order.as_ref().map(StepOrder::to_string),
            step.enabled,
            step.by_hand,
            step.seen.as_ref().map(to_json).transpose()?,
        ])?;
    }
    Ok(())
}
