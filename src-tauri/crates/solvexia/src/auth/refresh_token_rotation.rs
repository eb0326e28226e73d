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
//!   is tried again all the same, is said in [`super::rejected_secrets`].

use std::sync::{Arc, Weak};
use std::time::Duration;

use runwatch_core::error::{CallError, Trouble, VaultError};
use runwatch_core::ports::RefreshTokens;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::rejected_secrets::RejectedSecrets;
use super::token_endpoint::{self, OAuthApplication, TokenError, TokenResponse};
use crate::transport::Transport;

/// Another process may be between the server's answer and its keychain: after a refusal the
/// keychain is read again so long.
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
    /// Locked before the turn is waited for, everywhere.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    unsaved: Option<UnsavedToken>,
    rejected: RejectedSecrets,
}

/// A token that could not be kept.
struct UnsavedToken {
    token: SecretString,
    /// What was kept when it came: all that it may overwrite.
    instead_of: Option<SecretString>,
}

/// The token to try next, and what is kept beside it.
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

    /// Takes over the first token of a sign-in, whatever was kept before.
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

    /// An access token. Its successor's token is kept, or held here, when this returns.
    pub async fn renew(
        self: &Arc<Self>,
        transport: &Transport,
    ) -> Result<TokenResponse, CallError> {
        let mut state = self.state.lock().await;
        // Only a refusal just now is worth waiting for what another process keeps.
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
                    // Without a new one the old one goes on.
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

    /// A person asks: what was refused is tried again.
    pub async fn try_again(&self) {
        self.state.lock().await.rejected.try_again();
    }

    /// The best token that was not refused lately. While the keychain is as it was, the held one is
    /// newer than the kept one; otherwise someone else's is.
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
            // The account was signed out elsewhere.
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

    /// Keeps the held token where it may; true when there is nothing left to be kept.
    async fn save_unsaved(&self, unsaved: &mut Option<UnsavedToken>) -> bool {
        let Some(UnsavedToken { token, instead_of }) = unsaved else {
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
            *unsaved = None;
        }
        is_kept
    }

    /// At last the next renewal is near, whose new token goes the same way. Ends with the account's
    /// client: what nobody uses is not kept.
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
