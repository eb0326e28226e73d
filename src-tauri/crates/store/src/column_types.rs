//! Conversions between columns and Rust types, shared by all tables.

use jiff::Timestamp;
use runwatch_core::ids::{AccountId, RunId, RunKey};
use rusqlite::Row;
use rusqlite::types::Type;

use crate::errors::invalid_row;
use crate::stored::Stored;

/// A time as UTC milliseconds.
pub fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}

/// A time from UTC milliseconds.
pub fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.and_then(|millis| Timestamp::from_millisecond(millis).ok()))
}

/// A time that must not be missing.
pub fn required_time(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    time(row, column)?.ok_or_else(|| invalid_row(format!("{column} is no moment")))
}

/// A value as JSON text.
pub fn to_json<T: Stored>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(&value.to_form())
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// A value from JSON text.
pub fn from_json<T: Stored>(text: &str) -> rusqlite::Result<T> {
    let form = serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e)))?;
    T::from_form(form)
}

/// A value from JSON text that may be missing.
pub fn from_json_column<T: Stored>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.as_deref().map(from_json).transpose()
}

/// The columns `account` and `run`.
pub fn key(row: &Row<'_>) -> rusqlite::Result<RunKey> {
    let run: String = row.get("run")?;
    let run = RunId::parse(&run).map_err(|e| invalid_row(e.to_string()))?;
    Ok(RunKey {
        account: AccountId(row.get("account")?),
        run,
    })
}
