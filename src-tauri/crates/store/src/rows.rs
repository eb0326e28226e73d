//! Reading many rows, of which some may hold something else than this crate writes: those are skipped,
//! and named.

use runwatch_core::unreadable::UnreadableRow;
use rusqlite::types::ValueRef;
use rusqlite::{Params, Row, Statement};

use crate::errors::is_of_row;

/// What was read, and what could not be.
pub struct Rows<T> {
    pub read: Vec<T>,
    pub unreadable: Vec<UnreadableRow>,
}

impl<T> Rows<T> {
    /// Reads all rows of a query.
    pub fn of(
        select: &mut Statement<'_>,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        name: impl Fn(&Row<'_>) -> UnreadableRow,
    ) -> rusqlite::Result<Self> {
        let mut all = Self {
            read: Vec::new(),
            unreadable: Vec::new(),
        };
        let mut rows = select.query(params)?;
        while let Some(row) = rows.next()? {
            match read(row) {
                Ok(value) => all.read.push(value),
                Err(error) if is_of_row(&error) => all.unreadable.push(name(row)),
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }
}

/// A column as a text to know the row by, whatever it holds.
pub fn text(row: &Row<'_>, column: &str) -> String {
    match row.get_ref(column) {
        Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
        Ok(ValueRef::Integer(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The run that a row is of.
pub fn run_of(row: &Row<'_>) -> UnreadableRow {
    UnreadableRow::Run {
        account: text(row, "account"),
        run: text(row, "run"),
    }
}

/// A line of a table, by the column that tells it from the others.
pub fn line(row: &Row<'_>, table: &str, column: &str) -> UnreadableRow {
    UnreadableRow::Line(format!("{table} {}", text(row, column)))
}
