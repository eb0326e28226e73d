//! Table `close`: the closes that were opened, and what has come of each.

use runwatch_core::close::kept::KeptClose;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, to_json};
use crate::rows::{Rows, line};

pub fn all(connection: &Connection) -> rusqlite::Result<Rows<KeptClose>> {
    let mut select = connection.prepare_cached("SELECT * FROM close ORDER BY last_day DESC")?;
    let read = |row: &Row<'_>| from_json(&row.get::<_, String>("content")?);
    Rows::of(&mut select, [], read, |row| line(row, "close", "last_day"))
}

pub fn save(connection: &Connection, close: &KeptClose) -> rusqlite::Result<()> {
    let id = close.id();
    connection
        .prepare_cached(
            "INSERT INTO close (plan, last_day, content) VALUES (?1, ?2, ?3)
             ON CONFLICT (plan, last_day) DO UPDATE SET content = excluded.content",
        )?
        .execute(params![id.plan.0, id.last.to_string(), to_json(close)?])?;
    Ok(())
}
