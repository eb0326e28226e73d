//! Why a browser sign-in failed.

use runwatch_core::account::callback_address;
use runwatch_core::error::CallError;
use thiserror::Error;

/// Why a browser sign-in failed, in sentences for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignInError {
    /// The callback port is in use.
    #[error(
        "Port {port} of this computer is taken by another program, so the browser could not bring \
         SolveXia's answer back. Choose another port, and change the callback URL in SolveXia's \
         API portal to match; or end the other program."
    )]
    PortTaken {
        /// Which port.
        port: u16,
    },
    /// The user stopped it in the app.
    #[error("The sign-in was stopped. Nothing was changed.")]
    Stopped,
    /// The browser sent no response in time.
    #[error(
        "The browser brought no answer within five minutes. Sign in again, and finish in the \
         browser; if it shows an error there, check the callback URL in SolveXia's API portal."
    )]
    TimedOut,
    /// The user refused access in the browser.
    #[error(
        "Access was refused in the browser, so you are not signed in. Sign in again and choose to \
         allow it."
    )]
    Refused,
    /// The server did not accept the code.
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
    /// A call to SolveXia failed.
    #[error(transparent)]
    Call(#[from] CallError),
}
