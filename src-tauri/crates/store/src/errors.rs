//! SQLite errors as errors of the history.

use runwatch_core::error::StoreError;
use rusqlite::ErrorCode;

/// Converts an error of SQLite.
pub fn store_error(error: rusqlite::Error) -> StoreError {
    if is_of_row(&error) {
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

/// Whether a row was read that holds something else than this crate writes.
pub fn is_of_row(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error,
    };
    matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..)
    )
}

/// The error for a row that holds something else than this crate writes.
pub fn invalid_row(what: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, what.into())
}
