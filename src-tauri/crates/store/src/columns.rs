//! Small translations between columns and our types, shared by all tables.

use jiff::Timestamp;
use runwatch_core::error::StoreError;
use runwatch_core::ids::{AccountId, RunId, RunKey};
use rusqlite::types::Type;
use rusqlite::{ErrorCode, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What SQLite says, as one of our errors.
pub fn error(error: rusqlite::Error) -> StoreError {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType};
    // A row that is not as we wrote it.
    if let FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) =
        error
    {
        return StoreError::Damaged(error.to_string());
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged(error.to_string())
        }
        Some(ErrorCode::ReadOnly) => StoreError::Protected,
        Some(ErrorCode::DatabaseBusy) => StoreError::Locked,
        _ => StoreError::Other(error.to_string()),
    }
}

/// A moment as UTC milliseconds.
pub fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}

/// A moment from UTC milliseconds.
pub fn moment(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.and_then(|millis| Timestamp::from_millisecond(millis).ok()))
}

/// A moment that must be there.
pub fn required_moment(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    moment(row, column)?.ok_or_else(|| broken(format!("{column} is no moment")))
}

/// A value as JSON text.
pub fn to_json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// A value from JSON text.
pub fn from_json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e)))
}

/// A value from JSON text that may be missing.
pub fn from_json_column<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.as_deref().map(from_json).transpose()
}

/// The columns `account` and `run`.
pub fn key(row: &Row<'_>) -> rusqlite::Result<RunKey> {
    let run: String = row.get("run")?;
    let run = RunId::parse(&run).map_err(|e| broken(e.to_string()))?;
    Ok(RunKey {
        account: AccountId(row.get("account")?),
        run,
    })
}

/// A row that is not as we wrote it.
pub fn broken(what: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.into())
}
