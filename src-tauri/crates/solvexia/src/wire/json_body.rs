//! A response body as JSON, and why one cannot be used.

use runwatch_core::ids::shorten;
use serde_json::Value;
use thiserror::Error;

/// Why a body is not the expected one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Unreadable {
    /// Not JSON.
    #[error("it is not in SolveXia's format")]
    NotJson,
    /// JSON of another shape.
    #[error("{0}")]
    NotThis(&'static str),
    /// It names another id than the requested one.
    #[error("it is about “{named}”, and not about {requested}")]
    Other {
        /// The id that was requested.
        requested: String,
        /// The id in the body, cut short.
        named: String,
    },
}

impl Unreadable {
    /// The error of a body that names another id.
    pub(super) fn other_id(requested: &str, named: &str) -> Self {
        Self::Other {
            requested: requested.to_owned(),
            named: shorten(named, 60),
        }
    }
}

/// Parses a body. Servers built on .NET may begin it with a byte order mark.
pub(crate) fn json(body: &[u8]) -> Result<Value, Unreadable> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).map_err(|_| Unreadable::NotJson)
}

/// The entries of a JSON array.
pub(crate) fn entries(body: Value) -> Result<Vec<Value>, Unreadable> {
    match body {
        Value::Array(entries) => Ok(entries),
        _ => Err(Unreadable::NotThis("it is not a list")),
    }
}
