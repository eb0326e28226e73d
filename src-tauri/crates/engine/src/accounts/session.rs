//! What is known of an account while the app runs.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::error::{CallError, Trouble, VaultError};
use runwatch_core::ports::SolveXia;
use tokio::time::Instant;

/// Time between two tries to read a keychain that is locked.
const KEYCHAIN_REST: Duration = Duration::from_secs(60);

/// The scope that start, cancel and restart need.
const EXECUTE: &str = "process_execute";

/// Whether an account can make requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInState {
    /// SolveXia answers.
    Ready,
    /// SolveXia cannot be reached at the moment.
    Offline,
    /// The secret is gone or was refused.
    SignedOut,
    /// The keychain that holds the secret is locked.
    Locked,
    /// The keychain that holds the secret is not there, or does not hand it out for another reason.
    NoKeychain,
    /// The organisation's rules do not allow it.
    NotAllowed,
}

impl SignInState {
    /// Whether the secret is there, but the keychain does not hand it out now.
    pub fn is_unread(self) -> bool {
        matches!(self, Self::Locked | Self::NoKeychain)
    }
}

/// An account with its way to SolveXia.
#[derive(Clone)]
pub struct Session {
    /// The account.
    pub account: Account,
    /// Its client; none while signed out.
    pub api: Option<Arc<dyn SolveXia>>,
    /// The same for an action, whose reads wait behind no others.
    pub action_api: Option<Arc<dyn SolveXia>>,
    /// As its latest answer had it.
    pub sign_in: SignInState,
    /// Whether SolveXia accepted its secret the last time; none before the first such answer.
    pub secret_accepted: Option<bool>,
    /// What kind of trouble the latest answer told, if any.
    pub trouble: Option<Trouble>,
    /// Nothing is asked before, as the keychain is locked.
    pub rests_until: Option<Instant>,
}

impl Session {
    /// A session that has not asked anything yet.
    pub fn new(account: Account, api: Option<Arc<dyn SolveXia>>) -> Self {
        let sign_in = if api.is_some() {
            SignInState::Ready
        } else {
            SignInState::SignedOut
        };
        Self {
            account,
            action_api: api.clone(),
            api,
            sign_in,
            secret_accepted: None,
            trouble: None,
            rests_until: None,
        }
    }

    /// A session whose secret cannot be read, for this reason.
    pub fn unread(account: Account, why: &VaultError) -> Self {
        let sign_in = match why {
            VaultError::Locked => SignInState::Locked,
            _ => SignInState::NoKeychain,
        };
        Self {
            sign_in,
            ..Self::new(account, None)
        }
    }

    /// A session that the organisation's rules do not allow: nothing is asked, and all is kept.
    pub fn not_allowed(account: Account) -> Self {
        Self {
            sign_in: SignInState::NotAllowed,
            ..Self::new(account, None)
        }
    }

    /// Takes the result of a call in; true when the sign_in changed, or whether its secret is good.
    pub fn learn(&mut self, result: Result<(), &CallError>) -> bool {
        if self.api.is_none() {
            return false;
        }
        let trouble = result.err().map(|error| error.trouble);
        if std::mem::replace(&mut self.trouble, trouble) != trouble {
            match trouble {
                Some(trouble) => tracing::warn!(?trouble, "an account's calls meet trouble"),
                None => tracing::info!("an account's calls are answered again"),
            }
        }
        // A host that asks to be left alone says nothing about the account.
        if result.is_err_and(|error| error.trouble == Trouble::Busy) {
            return false;
        }
        let sign_in = match result {
            Err(error) if error.trouble == Trouble::SignedOut => SignInState::SignedOut,
            Err(error) if error.trouble == Trouble::Offline => SignInState::Offline,
            Err(error) if error.trouble == Trouble::Keychain => SignInState::Locked,
            // Any other error still shows that SolveXia answers.
            _ => SignInState::Ready,
        };
        // Each try may ask the user for the keychain's password.
        self.rests_until = (sign_in == SignInState::Locked).then(|| Instant::now() + KEYCHAIN_REST);
        let accepted = match result {
            Ok(()) => Some(true),
            Err(error) if error.trouble == Trouble::SignedOut => Some(false),
            Err(_) => self.secret_accepted,
        };
        let before = (self.sign_in, self.secret_accepted);
        (self.sign_in, self.secret_accepted) = (sign_in, accepted);
        before != (sign_in, accepted)
    }

    /// Why it can neither start, cancel nor restart: SolveXia said what it may do, and that is not
    /// among it.
    pub fn read_only(&self) -> Option<String> {
        let scopes = self.api.as_ref()?.scopes()?;
        let may = scopes.iter().any(|scope| scope == EXECUTE);
        (!may).then(|| {
            format!(
                "This account may only read: its application in SolveXia lacks the scope \
                 “{EXECUTE}”. An administrator adds it in SolveXia's API portal; then sign in again."
            )
        })
    }

    /// Whether its runs are worth asking for now.
    pub fn askable(&self) -> bool {
        // Other secrets can become valid again: by a change in SolveXia, or a sign-in elsewhere.
        let dead_token =
            self.sign_in == SignInState::SignedOut && self.account.method == SignInMethod::Token;
        let rests = self.rests_until.is_some_and(|until| until > Instant::now());
        self.api.is_some() && !dead_token && !rests
    }
}
