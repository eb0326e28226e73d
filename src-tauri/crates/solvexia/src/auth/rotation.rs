//! Renewal by refresh tokens, each of which works once. Losing one signs the user out, so that:
//!
//! - the keychain is read before each attempt, as another process may have gone on since;
//! - the new token is kept before the access token that came with it is used;
//! - one that cannot be kept is held here, and is tried to be kept again;
//! - the account's clients renew one after the other, so that each reads what the last one kept;
//! - only the token that a new one replaces is overwritten, never one that someone else kept
//!   meanwhile: it is newer than ours, or another sign-in's, or the account was removed. A keychain
//!   that cannot even be read is given ours all the same, so that its user hears of it;
//! - a token is given up when the server refuses it, and for no lost answer; how surely, and when it
//!   is tried again all the same, is said in [`super::refusals`].

use std::sync::{Arc, Weak};
use std::time::Duration;

use runwatch_core::error::{CallError, Trouble, VaultError};
use runwatch_core::ports::RefreshTokens;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::SELDOMER;
use super::grant::{self, Application, Denied, Grant};
use super::refusals::Refusals;
use crate::transport::Transport;

/// Another process may be between the server's answer and its keychain: after a refusal the
/// keychain is read again so long.
const REREADS: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::from_millis(600),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
/// The refresh tokens of one account.
pub(crate) struct Rotation {
    application: Application,
    kept: Arc<dyn RefreshTokens>,
    /// Locked before the turn is waited for, everywhere.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    refused: Refusals,
}

/// A token that could not be kept.
struct Held {
    token: SecretString,
    /// What was kept when it came: all that it may overwrite.
    instead_of: Option<SecretString>,
}

/// The token to try next, and what is kept beside it.
struct Choice {
    token: SecretString,
    kept: Option<SecretString>,
}

impl Rotation {
    pub fn new(application: Application, kept: Arc<dyn RefreshTokens>) -> Arc<Self> {
        Arc::new(Self {
            application,
            kept,
            state: Mutex::default(),
        })
    }

    /// Takes over the first token of a sign-in, whatever was kept before.
    pub async fn begin(self: &Arc<Self>, first: SecretString) {
        let mut state = self.state.lock().await;
        let _turn = self.kept.turn().await;
        if self.kept.keep(first.clone()).await.is_err() {
            let instead_of = self.kept.read().await.ok().flatten();
            state.held = Some(Held {
                token: first,
                instead_of,
            });
            self.keep_again();
        }
    }

    /// An access token. Its successor's token is kept, or held here, when this returns.
    pub async fn renew(self: &Arc<Self>, transport: &Transport) -> Result<Grant, CallError> {
        let mut state = self.state.lock().await;
        // Only a refusal just now is worth waiting for what another process keeps.
        let mut rereads = [].iter();
        loop {
            let turn = self.kept.turn().await;
            let Some(Choice { token, kept }) = self.choose(&mut state).await? else {
                drop(turn);
                match rereads.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => {
                        let why = state.refused.latest();
                        return Err(why.unwrap_or_else(|| signed_out(transport.host())));
                    }
                }
                continue;
            };
            match grant::with_refresh(transport, &self.application, &token).await {
                Ok(grant) => {
                    state.refused.clear();
                    // Without a new one the old one goes on.
                    if let Some(new) = grant.refresh.clone() {
                        state.held = Some(Held {
                            token: new,
                            instead_of: kept,
                        });
                        if !self.settle(&mut state.held).await {
                            self.keep_again();
                        }
                    }
                    return Ok(grant);
                }
                Err(Denied::Grant | Denied::Scope) => {
                    state.refused.believe(&token, signed_out(transport.host()));
                    rereads = REREADS.iter();
                }
                Err(Denied::Client) => {
                    let why = grant::not_accepted(transport.host());
                    state.refused.believe(&token, why.clone());
                    return Err(why);
                }
                Err(Denied::Unclear(error)) => return Err(state.refused.doubt(&token, error)),
                Err(Denied::Call(error)) => return Err(error),
            }
        }
    }

    /// A person asks: what was refused is tried again.
    pub async fn try_again(&self) {
        self.state.lock().await.refused.try_again();
    }

    /// The best token that was not refused lately. While the keychain is as it was, the held one is
    /// newer than the kept one; otherwise someone else's is.
    async fn choose(
        &self,
        State { held, refused }: &mut State,
    ) -> Result<Option<Choice>, CallError> {
        let is_open = |token: &SecretString| refused.hold_back(token).is_none();
        let kept = match (self.kept.read().await, held.as_ref()) {
            (Ok(kept), _) => kept,
            (Err(_), Some(held)) if is_open(&held.token) => held.instead_of.clone(),
            (Err(error), _) => return Err(cannot_read(&error)),
        };
        let (first, second) = match held {
            Some(held) if are_same(&held.instead_of, &kept) => {
                (Some(held.token.clone()), kept.clone())
            }
            // The account was signed out elsewhere.
            _ if kept.is_none() => {
                *held = None;
                (None, None)
            }
            _ => (kept.clone(), held.as_ref().map(|held| held.token.clone())),
        };
        let token = [first, second].into_iter().flatten().find(is_open);
        Ok(token.map(|token| Choice { token, kept }))
    }

    /// Keeps the held token where it may; true when there is nothing left to be kept.
    async fn settle(&self, held: &mut Option<Held>) -> bool {
        let Some(Held { token, instead_of }) = held else {
            return true;
        };
        let is_ours = |kept: &SecretString| is_same(kept, token);
        let is_kept = match self.kept.read().await {
            // Ours may be there for this session only, which keeping it again mends.
            Ok(kept) if are_same(&kept, instead_of) || kept.as_ref().is_some_and(is_ours) => {
                self.kept.keep(token.clone()).await.is_ok()
            }
            // Someone else's is there. Ours stays a second choice.
            Ok(_) => return true,
            // Not even read: it takes what it is given for this session at least, and says so.
            Err(_) => self.kept.keep(token.clone()).await.is_ok(),
        };
        if is_kept {
            *held = None;
        }
        is_kept
    }

    /// At last the next renewal is near, whose new token goes the same way. Ends with the account's
    /// client: what nobody uses is not kept.
    fn keep_again(self: &Arc<Self>) {
        let this: Weak<Self> = Arc::downgrade(self);
        tokio::spawn(async move {
            for pause in SELDOMER {
                tokio::time::sleep(pause).await;
                let Some(this) = this.upgrade() else { return };
                let mut state = this.state.lock().await;
                let _turn = this.kept.turn().await;
                if this.settle(&mut state.held).await {
                    return;
                }
            }
        });
    }
}

fn is_same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

fn are_same(one: &Option<SecretString>, other: &Option<SecretString>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => is_same(one, other),
        (None, None) => true,
        _ => false,
    }
}

fn signed_out(host: &str) -> CallError {
    let message = format!(
        "SolveXia at {host} has ended your sign-in. Sign in again in the browser; your list and \
         watches are kept."
    );
    CallError::unsent(Trouble::SignedOut, message)
}

fn cannot_read(error: &VaultError) -> CallError {
    let message = format!(
        "{error} It holds your sign-in, which Runwatch needs to go on. This does not sign you out."
    );
    CallError::unsent(Trouble::Keychain, message)
}
