//! The tokens of one account: kept while they are good, renewed once for all who need one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runwatch_core::credentials::Credentials;
use runwatch_core::error::{CallError, Trouble};
use secrecy::SecretString;

use super::client_secret::ClientSecret;
use super::grant::{Application, Grant};
use super::in_vain::InVain;
use super::lease::Lease;
use super::pasted;
use super::rotation::Rotation;
use crate::transport::Transport;

/// An action is not sent with a token that may end while it is on its way.
const NEEDED_FOR_AN_ACTION: Duration = Duration::from_secs(10);

/// An access token. Holds a secret, and so cannot be printed.
pub(crate) struct Token {
    pub secret: SecretString,
    /// None for a pasted token: nobody says how long it is good.
    lease: Option<Lease>,
    /// The attempt that brought it.
    attempt: u64,
}

impl Token {
    fn is_fresh(&self) -> bool {
        self.lease.is_none_or(|lease| lease.is_fresh())
    }

    fn lasts(&self) -> bool {
        self.lease
            .is_none_or(|lease| lease.left() >= NEEDED_FOR_AN_ACTION)
    }
}

/// Where an account's tokens come from.
pub(crate) enum TokenSource {
    /// The user pasted it; there is no other.
    Pasted(Arc<Token>),
    /// They renew themselves.
    Renewing(Arc<Renewing>),
}

/// What a new token is got with.
#[derive(Clone)]
enum Means {
    /// A client id and its secret.
    Client(Arc<ClientSecret>),
    /// The refresh tokens of a browser sign-in.
    Browser(Arc<Rotation>),
}

impl TokenSource {
    pub fn new(credentials: Credentials, transport: Arc<Transport>) -> Result<Self, CallError> {
        Ok(match credentials {
            Credentials::Token { token } => Self::Pasted(Arc::new(Token {
                secret: pasted::read(&token)?,
                lease: None,
                attempt: 0,
            })),
            Credentials::Client { id, secret } => {
                let secret = ClientSecret::new(Application { id, secret });
                Self::renewing(transport, Means::Client(Arc::new(secret)))
            }
            Credentials::Browser {
                id,
                secret,
                refresh,
            } => {
                let rotation = Rotation::new(Application { id, secret }, refresh);
                Self::renewing(transport, Means::Browser(rotation))
            }
        })
    }

    /// The source of an account that has just signed in, which holds its first token.
    pub fn signed_in(transport: Arc<Transport>, rotation: Arc<Rotation>, first: Grant) -> Self {
        let source = Renewing::new(transport, Means::Browser(rotation));
        // It is good, and so it is no error.
        let _first = source.take_in(Ok(first));
        Self::Renewing(Arc::new(source))
    }

    fn renewing(transport: Arc<Transport>, means: Means) -> Self {
        Self::Renewing(Arc::new(Renewing::new(transport, means)))
    }

    /// The same account's tokens, with those that are known now, renewed over another transport.
    pub fn over(&self, transport: &Arc<Transport>) -> Self {
        match self {
            Self::Pasted(token) => Self::Pasted(Arc::clone(token)),
            Self::Renewing(source) => Self::Renewing(Arc::new(Renewing {
                transport: Arc::clone(transport),
                means: source.means.clone(),
                known: Mutex::new(source.known().clone()),
                flight: tokio::sync::Mutex::default(),
            })),
        }
    }

    /// A token with time to spare, for reads.
    pub async fn for_read(&self) -> Result<Arc<Token>, CallError> {
        match self {
            Self::Pasted(token) => Ok(Arc::clone(token)),
            Self::Renewing(source) => match source.token(Token::is_fresh).await {
                // Renewing begins early so that it may fail for a while.
                Err(error) if error.passes() => source.lasting_token().ok_or(error),
                result => result,
            },
        }
    }

    /// A person asks: what the server refused is tried again at the next need.
    pub async fn try_again(&self) {
        if let Self::Renewing(source) = self {
            source.known().in_vain = InVain::default();
            match &source.means {
                Means::Client(secret) => secret.try_again().await,
                Means::Browser(rotation) => rotation.try_again().await,
            }
        }
    }

    /// A token that lasts for one action; it may be got before the action, and never after it.
    pub async fn for_action(&self) -> Result<Arc<Token>, CallError> {
        match self {
            Self::Pasted(token) => Ok(Arc::clone(token)),
            Self::Renewing(source) => source.token(Token::lasts).await,
        }
    }

    /// Whether they renew themselves.
    pub fn renews(&self) -> bool {
        matches!(self, Self::Renewing(_))
    }

    /// Another token than the one that SolveXia refused; none where there can be no other, or where
    /// the last one did not help and it is too soon for a further one.
    pub async fn in_place_of(&self, refused: &Token) -> Option<Result<Arc<Token>, CallError>> {
        let Self::Renewing(source) = self else {
            return None;
        };
        let is_other = |token: &Token| token.attempt != refused.attempt;
        {
            let known = &mut *source.known();
            let is_in_hand = !known.token.as_deref().is_some_and(is_other);
            if is_in_hand && known.in_vain.refuse() {
                return None;
            }
        }
        Some(source.token(is_other).await)
    }

    /// SolveXia took a token: one in place of another that it had refused, or the one in hand.
    pub fn was_taken(&self, in_place_of_another: bool) {
        if let Self::Renewing(source) = self {
            source.known().in_vain.take(in_place_of_another);
        }
    }

    /// What the latest token allows, where the server said it.
    pub fn granted_scopes(&self) -> Option<Vec<String>> {
        match self {
            Self::Pasted(_) => None,
            Self::Renewing(source) => source.known().scopes.clone(),
        }
    }
}

/// Tokens that renew themselves.
pub(crate) struct Renewing {
    transport: Arc<Transport>,
    means: Means,
    known: Mutex<Known>,
    flight: tokio::sync::Mutex<()>,
}

#[derive(Default, Clone)]
struct Known {
    /// How many attempts have ended, and how the last one did.
    attempts: u64,
    last: Option<Result<Arc<Token>, CallError>>,
    token: Option<Arc<Token>>,
    in_vain: InVain,
    scopes: Option<Vec<String>>,
}

impl Renewing {
    fn new(transport: Arc<Transport>, means: Means) -> Self {
        Self {
            transport,
            means,
            known: Mutex::default(),
            flight: tokio::sync::Mutex::default(),
        }
    }

    async fn token(
        self: &Arc<Self>,
        is_good: impl Fn(&Token) -> bool,
    ) -> Result<Arc<Token>, CallError> {
        let seen = {
            let known = self.known();
            match known.token.as_ref().filter(|token| is_good(token)) {
                Some(token) => return Ok(Arc::clone(token)),
                None => known.attempts,
            }
        };
        self.renew(seen).await
    }

    fn lasting_token(&self) -> Option<Arc<Token>> {
        self.known().token.clone().filter(|token| token.lasts())
    }

    /// One attempt, shared by all who ask while it is under way. It goes on when its caller is
    /// gone: the answer may be the only copy of what the server now expects.
    async fn renew(self: &Arc<Self>, seen: u64) -> Result<Arc<Token>, CallError> {
        let this = Arc::clone(self);
        let attempt = tokio::spawn(async move {
            let _alone = this.flight.lock().await;
            match this.ended_since(seen) {
                Some(result) => result,
                None => this.attempt_number().await,
            }
        });
        attempt.await.unwrap_or_else(|_| {
            let message = "Signing in was interrupted. Try again in a moment.";
            Err(CallError::unsent(Trouble::Offline, message))
        })
    }

    fn ended_since(&self, seen: u64) -> Option<Result<Arc<Token>, CallError>> {
        let known = self.known();
        (known.attempts > seen)
            .then(|| known.last.clone())
            .flatten()
    }

    async fn attempt_number(&self) -> Result<Arc<Token>, CallError> {
        let granted = match &self.means {
            Means::Client(secret) => secret.renew(&self.transport).await,
            Means::Browser(rotation) => rotation.renew(&self.transport).await,
        };
        self.take_in(granted)
    }

    fn take_in(&self, granted: Result<Grant, CallError>) -> Result<Arc<Token>, CallError> {
        let mut known = self.known();
        known.attempts += 1;
        let result = granted.map(|grant| {
            let token = Arc::new(Token {
                secret: grant.token,
                lease: Some(grant.lease),
                attempt: known.attempts,
            });
            if known.token.replace(Arc::clone(&token)).is_some() {
                known.in_vain.renew();
            }
            // What is not said again has not changed.
            known.scopes = grant.scopes.or_else(|| known.scopes.take());
            token
        });
        known.last = Some(result.clone());
        result
    }

    /// As if so much time had passed.
    #[cfg(test)]
    pub fn age(&self, time: Duration) {
        self.known().in_vain.age(time);
    }

    /// A panic elsewhere leaves nothing half-written here.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
