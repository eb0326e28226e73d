//! The tokens of one account: kept while they are good, renewed once for all who need one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runwatch_core::account::Credentials;
use runwatch_core::error::{CallError, Trouble};
use secrecy::SecretString;

use super::client_secret::ClientSecret;
use super::grant::{Application, Grant};
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

    /// Another token than the one that SolveXia refused; none where there can be no other.
    pub async fn in_place_of(&self, refused: &Token) -> Option<Result<Arc<Token>, CallError>> {
        match self {
            Self::Pasted(_) => None,
            Self::Renewing(source) => {
                let is_other = |token: &Token| token.attempt != refused.attempt;
                Some(source.token(is_other).await)
            }
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
                None => this.attempt().await,
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

    async fn attempt(&self) -> Result<Arc<Token>, CallError> {
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
            known.token = Some(Arc::clone(&token));
            // What is not said again has not changed.
            known.scopes = grant.scopes.or_else(|| known.scopes.take());
            token
        });
        known.last = Some(result.clone());
        result
    }

    /// A panic elsewhere leaves nothing half-written here.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::lease::Moment;
    use super::*;
    use runwatch_core::environment::Environment;
    use secrecy::ExposeSecret;

    /// A source whose server nobody runs, with a token of ten minutes that is so old.
    fn with_token_of_age(seconds: u64) -> TokenSource {
        let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", unused.local_addr().unwrap());
        let nowhere = Environment::parse(&origin).unwrap();
        let transport =
            Arc::new(Transport::new(nowhere, &Default::default(), Default::default()).unwrap());
        let credentials = Credentials::Client {
            id: "id".into(),
            secret: "secret".into(),
        };
        let source = TokenSource::new(credentials, transport).unwrap();
        if let TokenSource::Renewing(renewing) = &source {
            let since = Moment::ago(Duration::from_secs(seconds));
            renewing.known().token = Some(Arc::new(Token {
                secret: "old".into(),
                lease: Some(Lease::new(since, Some(600.0))),
                attempt: 1,
            }));
        }
        source
    }

    #[tokio::test]
    async fn a_token_is_used_to_its_end_while_it_cannot_be_renewed() {
        for age in [0, 539, 560] {
            let token = with_token_of_age(age).for_read().await.ok();
            let secret = token.map(|token| token.secret.expose_secret().to_owned());
            assert_eq!(secret.as_deref(), Some("old"), "{age} s");
        }
        let ended = with_token_of_age(595).for_read().await.err().unwrap();
        assert_eq!(ended.trouble, Trouble::Offline);
    }

    #[tokio::test]
    async fn a_token_that_was_refused_is_not_used_again() {
        let source = with_token_of_age(0);
        let refused = source.for_read().await.ok().unwrap();
        let other = source.in_place_of(&refused).await.unwrap();
        assert_eq!(other.err().unwrap().trouble, Trouble::Offline);
    }
}
