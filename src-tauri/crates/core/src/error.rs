//! What can go wrong between the app and SolveXia, and between the app and this computer.

use std::time::Duration;

use thiserror::Error;

/// What kind of trouble a call met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// 400: SolveXia does not take the request as it is.
    Refused,
    /// 401, or the token endpoint's refusal.
    SignedOut,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 405.
    NotAllowed,
    /// 408 or 429: later, please.
    Busy,
    /// 5xx.
    Server,
    /// No answer: no network, no name, refused, or too slow.
    Offline,
    /// An answer, but not one of SolveXia's: a proxy's page, cut off, too long, of another run.
    BadAnswer,
    /// The organisation's rules do not allow the account: nothing is sent.
    Policy,
    /// This computer's keychain does not hand out what the call needs. No sign-out: it passes once
    /// the keychain can be read.
    Keychain,
}

/// Whether an action can have taken effect although its call failed (docs/RULES.md, 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It has not: it was never sent, or SolveXia said no.
    None,
    /// Nobody can tell from the answer.
    Unknown,
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct CallError {
    /// What kind of trouble.
    pub trouble: Trouble,
    /// What happened, in a sentence for people; SolveXia's own message where it sent one.
    pub message: String,
    /// SolveXia's support id, where it sent one.
    pub support_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whether it may have taken effect.
    pub effect: Effect,
}

impl CallError {
    /// A call that failed before anything was sent.
    pub fn unsent(trouble: Trouble, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            trouble,
            message,
            support_id: None,
            retry_after: None,
            effect: Effect::None,
        }
    }

    /// Whether it tells of what was asked for alone: other calls of the account may well be answered.
    pub fn is_of_this_call(&self) -> bool {
        match self.trouble {
            Trouble::Refused
            | Trouble::Forbidden
            | Trouble::NotFound
            | Trouble::NotAllowed
            | Trouble::Server
            | Trouble::BadAnswer => true,
            Trouble::SignedOut
            | Trouble::Busy
            | Trouble::Offline
            | Trouble::Policy
            | Trouble::Keychain => false,
        }
    }

    /// Whether asking the same again may help by itself.
    pub fn passes(&self) -> bool {
        matches!(
            self.trouble,
            Trouble::Busy
                | Trouble::Server
                | Trouble::Offline
                | Trouble::BadAnswer
                | Trouble::Keychain
        )
    }
}

/// The local history could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// No room left.
    #[error(
        "The disk is full, so history is not kept. Free some space; Runwatch goes on watching."
    )]
    Full,
    /// It may be read and not be changed.
    #[error(
        "The history file is write-protected, so history is not kept. Ask your IT for the right to \
         change it; Runwatch goes on watching."
    )]
    Protected,
    /// Another program holds it.
    #[error(
        "Another program, such as a backup, holds the history file locked, so history is not kept. \
         Let it finish, or close it; Runwatch goes on watching."
    )]
    Locked,
    /// The file is not what it should be.
    #[error("The history file is damaged ({0}).")]
    Damaged(String),
    /// This release of Runwatch wrote into it what this version would not understand.
    #[error(
        "This history was written by a newer Runwatch ({0}). Install that version or a newer one; \
         nothing was changed."
    )]
    Newer(String),
    /// It must be copied before it can be migrated, and that failed.
    #[error(
        "This version of Runwatch has to change the history file, and could not copy it first ({0}). \
         Nothing was changed. Make sure that the disk has room for a copy and that Runwatch may write \
         into the folder, then start it again."
    )]
    NotCopied(String),
    /// Anything else that SQLite says.
    #[error("The history file cannot be used ({0}).")]
    Other(String),
}

/// The keychain could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VaultError {
    /// There is none for this session, or it does not answer in time or in a way that is understood.
    /// What it holds, nobody can tell.
    #[error("This computer's keychain is not available ({0}).")]
    Unavailable(String),
    /// It is locked, and the password was not typed.
    #[error("This computer's keychain is locked. Unlock it, then try again.")]
    Locked,
    /// It is there and refuses.
    #[error("This computer's keychain refused ({0}).")]
    Refused(String),
    /// What was read is not what was written.
    #[error("This computer's keychain did not keep what it was given.")]
    Unfaithful,
}
