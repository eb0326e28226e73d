//! From SolveXia's JSON, in all its spellings, to the strict types of `runwatch_core`.
//!
//! Missing, odd and additional fields are tolerated. What is not tolerated is what would make the
//! answer untrue: another run's id, a status answer without a status, a listed step that cannot
//! be told from others.

mod dates;
mod fields;
mod lists;
mod runs;
mod text;

use serde_json::Value;
use thiserror::Error;

pub(crate) use fields::Fields;
pub(crate) use lists::{created_run, process, processes, runs, steps};
pub(crate) use runs::{run, run_acted_on, run_status, step_acted_on, step_status};

/// Why a body is not the answer to what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Unreadable {
    /// Not JSON.
    #[error("it is not in SolveXia's format")]
    NotJson,
    /// JSON, but not this answer.
    #[error("{0}")]
    NotThis(&'static str),
    /// The answer to a question about something else.
    #[error("it is about “{named}”, and not about {asked}")]
    Other {
        /// What was asked about.
        asked: String,
        /// What the answer names, cut short.
        named: String,
    },
}

/// Reads a body. Servers built on .NET may begin it with a byte order mark.
pub(crate) fn json(body: &[u8]) -> Result<Value, Unreadable> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).map_err(|_| Unreadable::NotJson)
}

/// SolveXia's documented error body, as far as it is one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    /// Meant for people.
    pub message: Option<String>,
    /// Meant for SolveXia's support desk.
    pub support_id: Option<String>,
}

/// Reads an error body; whatever else it is, it says nothing.
pub(crate) fn error(body: &[u8]) -> ErrorBody {
    let Ok(fields) = json(body).and_then(Fields::of) else {
        return ErrorBody::default();
    };
    ErrorBody {
        message: fields.message("message"),
        support_id: fields.name("supportId"),
    }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
