//! Why the engine did not do what it was asked.

use runwatch_core::error::{CallError, StoreError};
use thiserror::Error;

use crate::close::CloseError;

/// Why the engine did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EngineError {
    /// SolveXia, or the way to it.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The local history.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It makes no sense now.
    #[error("{0}")]
    NotNow(String),
    /// The run is not as the confirmation showed it.
    #[error("{0}")]
    Changed(String),
    /// A read stopped, as an action on the same run waited for its turn.
    #[error("An action on this run came first. Try again in a moment.")]
    ActionFirst,
    /// The close board.
    #[error(transparent)]
    Close(#[from] CloseError),
    /// The run is not in the list.
    #[error("This run is not in your list any more. Add it again.")]
    NoSuchRun,
}
