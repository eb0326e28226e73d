//! Renewal with refresh tokens (rotation): each works once, and losing one signs the user out.
//! Therefore:
//!
//! - the keychain is read before each renewal, as another process may have renewed since;
//! - the new refresh token is saved before the access token that came with it is used;
//! - one that cannot be saved is held in memory, and saving is tried again;
//! - the account's clients renew one after the other, so that each reads what the last one saved;
//! - only the token that was replaced is overwritten, never one that someone else saved meanwhile:
//!   that one is newer, or of another sign-in, or the account was removed. Where the keychain
//!   cannot even be read, saving is tried all the same, so that its error reaches the user;
//! - a token is given up only when the server rejects it, never for a lost response; see
//!   [`super::rejected_secrets`].

use std::sync::{Arc, Weak};
use std::time::Duration;

use runwatch_core::error::{CallError, Trouble, VaultError};
use runwatch_core::ports::RefreshTokens;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::rejected_secrets::RejectedSecrets;
use super::token_endpoint::{self, OAuthApplication, TokenError, TokenResponse};
use crate::transport::Transport;

/// Another process may have renewed and not saved yet: after a rejection the keychain is read again
/// at these intervals.
const REREAD_PAUSES: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::from_millis(600),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
/// Pauses between tries to save a token that the keychain did not take.
const SAVE_PAUSES: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(120),
    Duration::from_secs(300),
];

/// The refresh tokens of one account.
pub(crate) struct RefreshTokenRotation {
    application: OAuthApplication,
    kept: Arc<dyn RefreshTokens>,
    /// Lock order: this first, then the turn.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    unsaved: Option<UnsavedToken>,
    rejected: RejectedSecrets,
}

/// A token that could not be saved yet.
struct UnsavedToken {
    token: SecretString,
    /// The saved token that it replaces, the only one that it may overwrite.
    instead_of: Option<SecretString>,
}

/// The token to try next, and the one that is saved.
struct Candidate {
    token: SecretString,
    kept: Option<SecretString>,
}

impl RefreshTokenRotation {
    pub fn new(application: OAuthApplication, kept: Arc<dyn RefreshTokens>) -> Arc<Self> {
        Arc::new(Self {
            application,
            kept,
            state: Mutex::default(),
        })
    }

    /// Takes the first token of a sign-in, which replaces whatever was saved before.
    pub async fn begin(self: &Arc<Self>, first: SecretString) {
        let mut state = self.state.lock().await;
        let _turn = self.kept.turn().await;
        if self.kept.keep(first.clone()).await.is_err() {
            let instead_of = self.kept.read().await.ok().flatten();
            state.unsaved = Some(UnsavedToken {
                token: first,
                instead_of,
            });
            self.save_later();
        }
    }

    /// Requests an access token. When this returns, the new refresh token is saved, or held in
    /// memory.
    pub async fn renew(
        self: &Arc<Self>,
        transport: &Transport,
    ) -> Result<TokenResponse, CallError> {
        let mut state = self.state.lock().await;
        // Rereads follow only a rejection in this call: another process may be saving a newer
        // token.
        let mut rereads = [].iter();
        loop {
            let turn = self.kept.turn().await;
            let Some(Candidate { token, kept }) = self.choose(&mut state).await? else {
                drop(turn);
                match rereads.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => {
                        let why = state.rejected.latest();
                        return Err(why.unwrap_or_else(|| signed_out(transport.host())));
                    }
                }
                continue;
            };
            match token_endpoint::request_with_refresh_token(transport, &self.application, &token)
                .await
            {
                Ok(grant) => {
                    state.rejected.clear();
                    // A response without a refresh token means that the old one stays valid.
                    if let Some(new) = grant.refresh.clone() {
                        state.unsaved = Some(UnsavedToken {
                            token: new,
                            instead_of: kept,
                        });
                        if !self.save_unsaved(&mut state.unsaved).await {
                            self.save_later();
                        }
                    }
                    return Ok(grant);
                }
                Err(TokenError::InvalidGrant | TokenError::InvalidScope) => {
                    state
                        .rejected
                        .record_certain(&token, signed_out(transport.host()));
                    rereads = REREAD_PAUSES.iter();
                }
                Err(TokenError::InvalidClient) => {
                    let why = token_endpoint::not_accepted(transport.host());
                    state.rejected.record_certain(&token, why.clone());
                    return Err(why);
                }
                Err(TokenError::Unclear(error)) => {
                    return Err(state.rejected.record_unclear(&token, error));
                }
                Err(TokenError::Call(error)) => return Err(error),
            }
        }
    }

    /// The user asks to try again: rejected tokens are tried again.
    pub async fn try_again(&self) {
        self.state.lock().await.rejected.try_again();
    }

    /// The best token that was not rejected lately. While the keychain is unchanged, the unsaved
    /// token is newer than the saved one; otherwise the saved one is, which came from another
    /// process.
    async fn choose(
        &self,
        State { unsaved, rejected }: &mut State,
    ) -> Result<Option<Candidate>, CallError> {
        let is_usable = |token: &SecretString| rejected.pause_reason(token).is_none();
        let kept = match (self.kept.read().await, unsaved.as_ref()) {
            (Ok(kept), _) => kept,
            (Err(_), Some(unsaved)) if is_usable(&unsaved.token) => unsaved.instead_of.clone(),
            (Err(error), _) => return Err(cannot_read(&error)),
        };
        let (first, second) = match unsaved {
            Some(unsaved) if are_same(&unsaved.instead_of, &kept) => {
                (Some(unsaved.token.clone()), kept.clone())
            }
            // Nothing is saved: the account was signed out elsewhere.
            _ if kept.is_none() => {
                *unsaved = None;
                (None, None)
            }
            _ => (
                kept.clone(),
                unsaved.as_ref().map(|unsaved| unsaved.token.clone()),
            ),
        };
        let token = [first, second].into_iter().flatten().find(is_usable);
        Ok(token.map(|token| Candidate { token, kept }))
    }

    /// Saves the unsaved token where it may; true when nothing is left to save.
    async fn save_unsaved(&self, unsaved: &mut Option<UnsavedToken>) -> bool {
        let Some(UnsavedToken { token, instead_of }) = unsaved else {
            return true;
        };
        let is_ours = |kept: &SecretString| is_same(kept, token);
        let is_kept = match self.kept.read().await {
            // Ours may be held for this session only; saving it again corrects that.
            Ok(kept) if are_same(&kept, instead_of) || kept.as_ref().is_some_and(is_ours) => {
                self.kept.keep(token.clone()).await.is_ok()
            }
            // Another process's token is there. Ours stays in memory as a second choice.
            Ok(_) => return true,
            // The keychain cannot be read: it is given the token all the same, so that it is kept
            // for this session and the user is told.
            Err(_) => self.kept.keep(token.clone()).await.is_ok(),
        };
        if is_kept {
            *unsaved = None;
        }
        is_kept
    }

    /// Tries to save again at growing intervals; after the last one, the next renewal is near and
    /// saves its own token. Ends with the account's client.
    fn save_later(self: &Arc<Self>) {
        let this: Weak<Self> = Arc::downgrade(self);
        tokio::spawn(async move {
            for pause in SAVE_PAUSES {
                tokio::time::sleep(pause).await;
                let Some(this) = this.upgrade() else { return };
                let mut state = this.state.lock().await;
                let _turn = this.kept.turn().await;
                if this.save_unsaved(&mut state.unsaved).await {
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
