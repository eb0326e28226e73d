//! SolveXia's documented error body.

use super::fields::Fields;
use super::json_body::json;

/// What an error body says; all of it may be missing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    /// Written for people.
    pub message: Option<String>,
    /// Written for SolveXia's support desk.
    pub support_id: Option<String>,
}

/// Reads an error body; one of another form is read as empty.
pub(crate) fn error_body(body: &[u8]) -> ErrorBody {
    let Ok(fields) = json(body).and_then(Fields::of) else {
        return ErrorBody::default();
    };
    ErrorBody {
        message: fields.message("message"),
        support_id: fields.name("supportId"),
    }
}
