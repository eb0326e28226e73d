//! Why a browser sign-in brought no client.

use runwatch_core::account::callback_address;
use runwatch_core::error::CallError;
use thiserror::Error;

/// Why a browser sign-in brought no client, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignInError {
    /// The callback address cannot be listened at.
    #[error(
        "Port {port} of this computer is taken by another program, so the browser could not bring \
         SolveXia's answer back. Choose another port, and change the callback URL in SolveXia's \
         API portal to match; or end the other program."
    )]
    PortTaken {
        /// Which port.
        port: u16,
    },
    /// The user stopped it here.
    #[error("The sign-in was stopped. Nothing was changed.")]
    Stopped,
    /// The browser brought no answer.
    #[error(
        "The browser brought no answer within five minutes. Sign in again, and finish in the \
         browser; if it shows an error there, check the callback URL in SolveXia's API portal."
    )]
    TimedOut,
    /// The user did not agree.
    #[error(
        "Access was refused in the browser, so you are not signed in. Sign in again and choose to \
         allow it."
    )]
    Refused,
    /// The server did not take the code that the browser brought.
    #[error(
        "SolveXia did not accept the browser's answer, which is good for five seconds only. Sign \
         in again. If it happens each time, check that the callback URL in SolveXia's API portal \
         is exactly {}.",
        callback_address(*port)
    )]
    NotAccepted {
        /// The port of the callback address.
        port: u16,
    },
    /// Talking to SolveXia failed.
    #[error(transparent)]
    Call(#[from] CallError),
}
