//! Why a browser sign-in failed.

use std::io;

use runwatch_core::account::callback_address;
use runwatch_core::error::{CallError, Trouble};
use thiserror::Error;

/// Why a browser sign-in failed, in sentences for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignInError {
    /// The callback port is in use.
    #[error(
        "Port {port} of this computer is taken by another program, so the browser could not bring \
         SolveXia's answer back. Choose another port{}, and change the callback URL in SolveXia's \
         API portal to match; or end the other program.",
        such_as(*free)
    )]
    PortTaken {
        /// Which port.
        port: u16,
        /// One that was free a moment ago.
        free: Option<u16>,
    },
    /// The system does not give the callback port away.
    #[error(
        "This computer does not let Runwatch use port {port}, so the browser could not bring SolveXia's \
         answer back. Choose another port{}, and change the callback URL in SolveXia's API portal to \
         match. The system's reason: {reason}.",
        such_as(*free)
    )]
    PortRefused {
        /// Which port.
        port: u16,
        /// What the system said.
        reason: String,
        /// One that was free a moment ago.
        free: Option<u16>,
    },
    /// The address for the browser was opened twice, and not by one browser.
    #[error(
        "The address that the browser was sent to was opened twice. Another user of this computer may \
         have tried to be signed in in your place, so the sign-in was stopped. Sign in again; to use \
         another browser, copy the address from here."
    )]
    OpenedTwice,
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

impl SignInError {
    /// Why a port cannot be listened on, and another one that can.
    pub(super) fn of_port(port: u16, error: &io::Error, free: Option<u16>) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::PortTaken { port, free },
            _ => Self::PortRefused {
                port,
                reason: error.to_string(),
                free,
            },
        }
    }

    /// SolveXia answered with an error code.
    pub(super) fn refused(host: &str, word: &str) -> Self {
        let (trouble, what) = match word {
            "access_denied" => return Self::Refused,
            "server_error" | "temporarily_unavailable" => (
                Trouble::Server,
                format!(
                    "SolveXia at {host} has a problem of its own and did not sign you in. Try again later."
                ),
            ),
            _ => (
                Trouble::Refused,
                format!(
                    "SolveXia at {host} did not take the application's sign-in by the browser{}. Ask \
                     your SolveXia administrator to check the application in the API portal.",
                    in_quotes(word)
                ),
            ),
        };
        CallError::unsent(trouble, what).into()
    }

    /// The code may have been used up by an exchange whose answer was lost.
    pub(super) fn answer_lost(host: &str) -> Self {
        let message = format!(
            "The connection to SolveXia at {host} was lost before its answer came, and what the browser \
             brought is good for one try only. Sign in again."
        );
        CallError::unsent(Trouble::Offline, message).into()
    }

    /// There was no refresh token.
    pub(super) fn cannot_renew(host: &str) -> Self {
        let message = format!(
            "SolveXia at {host} signed you in for some minutes only: it gave nothing to renew the sign-in \
             with. Sign in with the client id and secret alone instead."
        );
        CallError::unsent(Trouble::BadAnswer, message).into()
    }
}

fn such_as(free: Option<u16>) -> String {
    free.map_or_else(String::new, |port| {
        format!(", such as {port}, which is free now")
    })
}

/// Shows the error code only where it looks like one: it comes from outside.
fn in_quotes(word: &str) -> String {
    let is_plain = word.len() <= 40 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if is_plain && !word.is_empty() {
        format!(" (“{word}”)")
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_the_system_keeps_is_not_told_as_taken_and_a_free_one_is_offered() {
        let reserved = io::Error::new(io::ErrorKind::PermissionDenied, "Permission denied");
        let said = SignInError::of_port(80, &reserved, Some(40_123)).to_string();
        assert!(!said.contains("taken"), "{said}");
        assert!(said.contains("Permission denied"), "{said}");
        assert!(
            said.contains("port, such as 40123, which is free now,"),
            "{said}"
        );
        let taken = io::Error::from(io::ErrorKind::AddrInUse);
        let said = SignInError::of_port(80, &taken, None).to_string();
        assert!(
            said.starts_with("Port 80 of this computer is taken"),
            "{said}"
        );
        assert!(said.contains("another port, and change"), "{said}");
    }
}
