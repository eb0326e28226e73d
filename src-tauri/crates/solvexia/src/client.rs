//! SolveXia for one account; `endpoints.rs` has its calls.

use std::sync::Arc;

use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::error::{CallError, Trouble};
use runwatch_core::network::Route;
use runwatch_core::ports::SolveXia;

use crate::auth::TokenSource;
use crate::authorized_calls::AuthorizedCalls;
use crate::transport::{Limits, Transport};

/// A name that no process has, to keep the response short.
const NAME_OF_NO_PROCESS: &str = "Runwatch sign-in check";

/// SolveXia for one account. Its secret is sent to its own environment only. Does not implement
/// `Debug`.
pub struct Client {
    pub(crate) calls: AuthorizedCalls,
}

impl Client {
    /// A client that has sent nothing yet, and connects by this route.
    ///
    /// # Errors
    /// When a pasted token is malformed, or this computer cannot make secure connections.
    pub fn new(
        environment: Environment,
        credentials: Credentials,
        route: &Route,
    ) -> Result<Self, CallError> {
        let transport = Arc::new(Transport::new(environment, route, Limits::default())?);
        let tokens = TokenSource::new(credentials, Arc::clone(&transport))?;
        Ok(Self::over(transport, tokens))
    }

    /// A client with these tokens.
    pub(crate) fn over(transport: Arc<Transport>, tokens: TokenSource) -> Self {
        Self {
            calls: AuthorizedCalls::new(transport, tokens),
        }
    }
}

impl Client {
    /// Gets a token; of a pasted one only a call shows whether it is valid.
    pub(crate) async fn try_secret(&self) -> Result<(), CallError> {
        match self.calls.tokens() {
            TokenSource::Renewing(_) => {
                self.calls.tokens().try_again().await;
                self.calls.tokens().for_read().await.map(drop)
            }
            TokenSource::Pasted(_) => match self.processes(NAME_OF_NO_PROCESS).await {
                // One without the scope to list processes is valid too.
                Err(error) if error.trouble != Trouble::Forbidden => Err(error),
                _ => Ok(()),
            },
        }
    }

    /// The same account by another route, signed in as this one is.
    pub(crate) fn over_route(&self, route: &Route) -> Result<Self, CallError> {
        let transport = Arc::new(self.calls.transport().by_route(route)?);
        let tokens = self.calls.tokens().over(&transport);
        Ok(Self::over(transport, tokens))
    }
}
