//! The access tokens of one account: used while they are valid, renewed once for all callers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runwatch_core::credentials::Credentials;
use runwatch_core::error::{CallError, Trouble};
use secrecy::SecretString;

use super::client_credentials::ClientCredentials;
use super::pasted_token;
use super::refresh_token_rotation::RefreshTokenRotation;
use super::renewal_backoff::RenewalBackoff;
use super::token_endpoint::{OAuthApplication, TokenResponse};
use super::token_lifetime::TokenLifetime;
use crate::transport::Transport;

/// An action is not sent with a token that may expire while the request is under way.
const NEEDED_FOR_AN_ACTION: Duration = Duration::from_secs(10);

/// An access token. Holds a secret, and so cannot be printed.
pub(crate) struct Token {
    pub secret: SecretString,
    /// None for a pasted token, whose lifetime is unknown.
    lifetime: Option<TokenLifetime>,
    /// The number of the renewal that brought it.
    attempt: u64,
}

impl Token {
    fn is_fresh(&self) -> bool {
        self.lifetime.is_none_or(|lifetime| lifetime.is_fresh())
    }

    fn lasts(&self) -> bool {
        self.lifetime
            .is_none_or(|lifetime| lifetime.left() >= NEEDED_FOR_AN_ACTION)
    }
}

/// Where an account's tokens come from.
pub(crate) enum TokenSource {
    /// One token that the user pasted; it cannot be renewed.
    Pasted(Arc<Token>),
    /// Tokens that are renewed.
    Renewing(Arc<Renewing>),
}

/// How a new token is requested.
#[derive(Clone)]
enum RenewalMethod {
    /// With client id and secret.
    Client(Arc<ClientCredentials>),
    /// With the refresh tokens of a browser sign-in.
    Browser(Arc<RefreshTokenRotation>),
}

impl TokenSource {
    pub fn new(credentials: Credentials, transport: Arc<Transport>) -> Result<Self, CallError> {
        Ok(match credentials {
            Credentials::Token { token } => Self::Pasted(Arc::new(Token {
                secret: pasted_token::read(&token)?,
                lifetime: None,
                attempt: 0,
            })),
            Credentials::Client { id, secret } => {
                let secret = ClientCredentials::new(OAuthApplication { id, secret });
                Self::renewing(transport, RenewalMethod::Client(Arc::new(secret)))
            }
            Credentials::Browser {
                id,
                secret,
                refresh,
            } => {
                let rotation = RefreshTokenRotation::new(OAuthApplication { id, secret }, refresh);
                Self::renewing(transport, RenewalMethod::Browser(rotation))
            }
        })
    }

    /// The source of an account that has just signed in, starting with its first token.
    pub fn signed_in(
        transport: Arc<Transport>,
        rotation: Arc<RefreshTokenRotation>,
        first: TokenResponse,
    ) -> Self {
        let source = Renewing::new(transport, RenewalMethod::Browser(rotation));
        // An `Ok` goes in, so an `Ok` comes out.
        let _first = source.store_result(Ok(first));
        Self::Renewing(Arc::new(source))
    }

    fn renewing(transport: Arc<Transport>, method: RenewalMethod) -> Self {
        Self::Renewing(Arc::new(Renewing::new(transport, method)))
    }

    /// The same tokens, renewed over another transport.
    pub fn over(&self, transport: &Arc<Transport>) -> Self {
        match self {
            Self::Pasted(token) => Self::Pasted(Arc::clone(token)),
            Self::Renewing(source) => Self::Renewing(Arc::new(Renewing {
                transport: Arc::clone(transport),
                method: source.method.clone(),
                state: Mutex::new(source.state().clone()),
                single_flight: tokio::sync::Mutex::default(),
            })),
        }
    }

    /// A token for reads: renewed some time before it expires.
    pub async fn for_read(&self) -> Result<Arc<Token>, CallError> {
        match self {
            Self::Pasted(token) => Ok(Arc::clone(token)),
            Self::Renewing(source) => match source.token(Token::is_fresh).await {
                // Renewal starts early, so the old token can bridge a temporary failure.
                Err(error) if error.passes() => source.lasting_token().ok_or(error),
                result => result,
            },
        }
    }

    /// The user asks to try again: rejected secrets are tried again at the next need.
    pub async fn try_again(&self) {
        if let Self::Renewing(source) = self {
            source.state().backoff = RenewalBackoff::default();
            match &source.method {
                RenewalMethod::Client(secret) => secret.try_again().await,
                RenewalMethod::Browser(rotation) => rotation.try_again().await,
            }
        }
    }

    /// A token for one action. It may be renewed before the action, never after it.
    pub async fn for_action(&self) -> Result<Arc<Token>, CallError> {
        match self {
            Self::Pasted(token) => Ok(Arc::clone(token)),
            Self::Renewing(source) => source.token(Token::lasts).await,
        }
    }

    /// Whether tokens can be renewed.
    pub fn renews(&self) -> bool {
        matches!(self, Self::Renewing(_))
    }

    /// A token in place of one that SolveXia refused; none where it cannot be renewed, or where the
    /// last renewal did not help and it is too soon for another.
    pub async fn replacement_for(&self, refused: &Token) -> Option<Result<Arc<Token>, CallError>> {
        let Self::Renewing(source) = self else {
            return None;
        };
        let is_other = |token: &Token| token.attempt != refused.attempt;
        {
            let state = &mut *source.state();
            let is_current = !state.token.as_deref().is_some_and(is_other);
            if is_current && state.backoff.token_refused() {
                return None;
            }
        }
        Some(source.token(is_other).await)
    }

    /// SolveXia accepted a token: the current one, or one that replaced a refused one.
    pub fn accepted(&self, is_replacement: bool) {
        if let Self::Renewing(source) = self {
            source.state().backoff.token_accepted(is_replacement);
        }
    }

    /// The scopes of the latest token, where the server named them.
    pub fn granted_scopes(&self) -> Option<Vec<String>> {
        match self {
            Self::Pasted(_) => None,
            Self::Renewing(source) => source.state().scopes.clone(),
        }
    }
}

/// Tokens that are renewed, and the state of that.
pub(crate) struct Renewing {
    transport: Arc<Transport>,
    method: RenewalMethod,
    state: Mutex<TokenState>,
    single_flight: tokio::sync::Mutex<()>,
}

#[derive(Default, Clone)]
struct TokenState {
    /// How many renewals have ended.
    attempts: u64,
    /// How the last one ended.
    last: Option<Result<Arc<Token>, CallError>>,
    token: Option<Arc<Token>>,
    backoff: RenewalBackoff,
    scopes: Option<Vec<String>>,
}

impl Renewing {
    fn new(transport: Arc<Transport>, method: RenewalMethod) -> Self {
        Self {
            transport,
            method,
            state: Mutex::default(),
            single_flight: tokio::sync::Mutex::default(),
        }
    }

    async fn token(
        self: &Arc<Self>,
        is_good: impl Fn(&Token) -> bool,
    ) -> Result<Arc<Token>, CallError> {
        let seen = {
            let state = self.state();
            match state.token.as_ref().filter(|token| is_good(token)) {
                Some(token) => return Ok(Arc::clone(token)),
                None => state.attempts,
            }
        };
        self.renew(seen).await
    }

    fn lasting_token(&self) -> Option<Arc<Token>> {
        self.state().token.clone().filter(|token| token.lasts())
    }

    /// One renewal, shared by all who wait for it. It goes on if its caller is gone: the response
    /// may be the only copy of the refresh token that the server expects next.
    async fn renew(self: &Arc<Self>, seen: u64) -> Result<Arc<Token>, CallError> {
        let this = Arc::clone(self);
        let attempt = tokio::spawn(async move {
            let _alone = this.single_flight.lock().await;
            match this.ended_since(seen) {
                Some(result) => result,
                None => this.request_token().await,
            }
        });
        attempt.await.unwrap_or_else(|_| {
            let message = "Signing in was interrupted. Try again in a moment.";
            Err(CallError::unsent(Trouble::Offline, message))
        })
    }

    fn ended_since(&self, seen: u64) -> Option<Result<Arc<Token>, CallError>> {
        let state = self.state();
        (state.attempts > seen)
            .then(|| state.last.clone())
            .flatten()
    }

    async fn request_token(&self) -> Result<Arc<Token>, CallError> {
        let granted = match &self.method {
            RenewalMethod::Client(secret) => secret.renew(&self.transport).await,
            RenewalMethod::Browser(rotation) => rotation.renew(&self.transport).await,
        };
        self.store_result(granted)
    }

    fn store_result(
        &self,
        granted: Result<TokenResponse, CallError>,
    ) -> Result<Arc<Token>, CallError> {
        let mut state = self.state();
        state.attempts += 1;
        let result = granted.map(|grant| {
            let token = Arc::new(Token {
                secret: grant.token,
                lifetime: Some(grant.lifetime),
                attempt: state.attempts,
            });
            if state.token.replace(Arc::clone(&token)).is_some() {
                state.backoff.token_renewed();
            }
            // A response without scopes means that they have not changed.
            state.scopes = grant.scopes.or_else(|| state.scopes.take());
            token
        });
        state.last = Some(result.clone());
        result
    }

    /// As if that much time had passed.
    #[cfg(test)]
    pub fn age(&self, time: Duration) {
        self.state().backoff.age(time);
    }

    /// A poisoned lock is used on: no write here leaves the state half-changed.
    fn state(&self) -> MutexGuard<'_, TokenState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
