//! Errors at the border: a code that the page knows, and a sentence for people.

use serde::Serialize;
use ts_rs::TS;

/// What kind of trouble it is (`data-code`). The page holds a total table of what to offer for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// What was typed cannot be used: no id, no address, no time of day, …
    BadId,
    /// The pasted address is one of another environment.
    OtherEnvironment,
    /// SolveXia says that it is gone or never was.
    NotFound,
    /// SolveXia refuses this to the account.
    Forbidden,
    /// The secret is missing, expired or refused.
    SignedOut,
    /// SolveXia cannot be reached.
    Offline,
    /// Something answered, but not as SolveXia does: a proxy's page, a cut-off answer.
    BadAnswer,
    /// SolveXia says that it has trouble of its own, or asks for patience.
    Server,
    /// The local history cannot be read or written.
    Store,
    /// The keychain cannot be read or written.
    Keychain,
    /// The run is no longer as the confirmation showed it: ask again.
    Changed,
    /// The action makes no sense now, or another one is under way.
    NotNow,
    /// The user stopped it.
    Stopped,
    /// The port of the callback address is taken by another program.
    PortTaken,
    /// The origin is neither SolveXia's nor this computer's: confirm it by name.
    ConfirmOrigin,
    /// The organisation's rules do not allow it.
    Policy,
    /// The app itself failed.
    Internal,
}

/// An error as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    /// What kind of trouble.
    pub code: ErrorCode,
    /// What happened, what it means for the user's run, what to do next. Plain text.
    pub message: String,
    /// SolveXia's support id, where it gave one.
    pub support_id: Option<String>,
    /// How long SolveXia asks to wait, in milliseconds.
    pub retry_after_ms: Option<i64>,
}

impl AppError {
    /// An error with a code and a sentence alone.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            support_id: None,
            retry_after_ms: None,
        }
    }
}
