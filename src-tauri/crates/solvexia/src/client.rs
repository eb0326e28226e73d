//! Implements the port `SolveXia` of `runwatch_core`.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::error::{CallError, Trouble};
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::network::Route;
use runwatch_core::observation::{
    ListedStep, Listing, NamedRun, ProcessInfo, RunInfo, RunObservation, StepObservation,
};
use runwatch_core::ports::SolveXia;

use crate::auth::TokenSource;
use crate::authorized_calls::AuthorizedCalls;
use crate::endpoints::{actions, processes, runs};
use crate::transport::{Limits, Transport};

/// A name that no process has, to keep the response short.
const NAME_OF_NO_PROCESS: &str = "Runwatch sign-in check";

/// SolveXia for one account. Its secret is sent to its own environment only. Does not implement
/// `Debug`.
pub struct Client {
    calls: AuthorizedCalls,
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

// A call that the port answers by default would never be sent.
#[deny(clippy::missing_trait_methods)]
#[async_trait]
impl SolveXia for Client {
    async fn run(&self, run: &RunId) -> Result<RunInfo, CallError> {
        runs::get(&self.calls, run).await
    }

    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        runs::status(&self.calls, run).await
    }

    async fn run_steps(&self, run: &RunId) -> Result<Listing<ListedStep>, CallError> {
        runs::steps(&self.calls, run).await
    }

    async fn step_status(&self, run: &RunId, step: &StepId) -> Result<StepObservation, CallError> {
        runs::step_status(&self.calls, run, step).await
    }

    async fn start(&self, run: &RunId) -> Result<(), CallError> {
        actions::start(&self.calls, run).await
    }

    async fn start_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        actions::start_deprecated(&self.calls, run).await
    }

    async fn cancel(&self, run: &RunId) -> Result<(), CallError> {
        actions::cancel(&self.calls, run).await
    }

    async fn cancel_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        actions::cancel_deprecated(&self.calls, run).await
    }

    async fn restart_from(&self, run: &RunId, step: &StepId) -> Result<(), CallError> {
        actions::restart_from(&self.calls, run, step).await
    }

    async fn processes(&self, name: &str) -> Result<Listing<ProcessInfo>, CallError> {
        processes::list(&self.calls, name).await
    }

    async fn process(&self, process: &ProcessId) -> Result<ProcessInfo, CallError> {
        processes::get(&self.calls, process).await
    }

    async fn process_runs(&self, process: &ProcessId) -> Result<Listing<NamedRun>, CallError> {
        processes::runs(&self.calls, process).await
    }

    async fn process_steps(&self, process: &ProcessId) -> Result<Listing<ListedStep>, CallError> {
        processes::steps(&self.calls, process).await
    }

    async fn create_run(&self, process: &ProcessId, prefix: &str) -> Result<NamedRun, CallError> {
        processes::create_run(&self.calls, process, prefix).await
    }

    async fn sign_in(&self) -> Result<(), CallError> {
        match self.calls.tokens() {
            TokenSource::Renewing(_) => {
                self.calls.tokens().try_again().await;
                self.calls.tokens().for_read().await.map(drop)
            }
            TokenSource::Pasted(_) => self.try_pasted_token().await,
        }
    }

    fn scopes(&self) -> Option<Vec<String>> {
        self.calls.tokens().granted_scopes()
    }

    fn by_route(&self, route: &Route) -> Result<Arc<dyn SolveXia>, CallError> {
        let transport = Arc::new(self.calls.transport().by_route(route)?);
        let tokens = self.calls.tokens().over(&transport);
        Ok(Arc::new(Self::over(transport, tokens)))
    }

    fn clock_ahead(&self) -> Option<SignedDuration> {
        self.calls.clock_ahead()
    }
}

impl Client {
    /// Only a call shows whether a pasted token is valid. One without the scope to list processes
    /// is valid too.
    async fn try_pasted_token(&self) -> Result<(), CallError> {
        match processes::list(&self.calls, NAME_OF_NO_PROCESS).await {
            Ok(_) => Ok(()),
            Err(error) if error.trouble == Trouble::Forbidden => Ok(()),
            Err(error) => Err(error),
        }
    }
}
