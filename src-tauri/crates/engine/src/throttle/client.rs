//! An account's client that keeps to the limits of its host.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use runwatch_core::error::CallError;
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::network::Route;
use runwatch_core::observation::{
    ListedStep, Listing, NamedRun, ProcessInfo, RunInfo, RunObservation, StepObservation,
};
use runwatch_core::ports::SolveXia;

use crate::throttle::permits::HostThrottle;

/// An account's client whose reads wait for a permit of their host. What is sent waits for none, as a
/// person waits for it.
pub(crate) struct ThrottledClient {
    pub api: Arc<dyn SolveXia>,
    pub throttle: Arc<HostThrottle>,
    pub reads: Reads,
}

/// How a client's reads come to their turn. All of them leave a host alone that asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// They wait for a permit.
    Wait,
    /// They are part of an action, which must not wait behind other runs.
    AtOnce,
}

impl ThrottledClient {
    async fn read<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        match self.reads {
            Reads::Wait => self.throttle.read(call).await,
            Reads::AtOnce => self.throttle.read_at_once(call).await,
        }
    }
}

// A call that the port answers by default would pass by the permits.
#[deny(clippy::missing_trait_methods)]
#[async_trait]
impl SolveXia for ThrottledClient {
    async fn run(&self, run: &RunId) -> Result<RunInfo, CallError> {
        self.read(self.api.run(run)).await
    }
    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        self.read(self.api.run_status(run)).await
    }
    async fn run_steps(&self, run: &RunId) -> Result<Listing<ListedStep>, CallError> {
        self.read(self.api.run_steps(run)).await
    }
    async fn step_status(&self, run: &RunId, step: &StepId) -> Result<StepObservation, CallError> {
        self.read(self.api.step_status(run, step)).await
    }
    async fn start(&self, run: &RunId) -> Result<(), CallError> {
        self.throttle.learn(self.api.start(run).await)
    }
    async fn start_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.throttle.learn(self.api.start_deprecated(run).await)
    }
    async fn cancel(&self, run: &RunId) -> Result<(), CallError> {
        self.throttle.learn(self.api.cancel(run).await)
    }
    async fn cancel_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.throttle.learn(self.api.cancel_deprecated(run).await)
    }
    async fn restart_from(&self, run: &RunId, step: &StepId) -> Result<(), CallError> {
        self.throttle.learn(self.api.restart_from(run, step).await)
    }
    async fn processes(&self, name: &str) -> Result<Listing<ProcessInfo>, CallError> {
        self.read(self.api.processes(name)).await
    }
    async fn process(&self, process: &ProcessId) -> Result<ProcessInfo, CallError> {
        self.read(self.api.process(process)).await
    }
    async fn process_runs(&self, process: &ProcessId) -> Result<Listing<NamedRun>, CallError> {
        self.read(self.api.process_runs(process)).await
    }
    async fn process_steps(&self, process: &ProcessId) -> Result<Listing<ListedStep>, CallError> {
        self.read(self.api.process_steps(process)).await
    }
    async fn create_run(&self, process: &ProcessId, prefix: &str) -> Result<NamedRun, CallError> {
        // No status is read before it, and the new run could not be read after it.
        self.throttle.check_patience().map_err(|error| CallError {
            message: format!("Nothing was created. {}", error.message),
            ..error
        })?;
        self.throttle
            .learn(self.api.create_run(process, prefix).await)
    }
    async fn sign_in(&self) -> Result<(), CallError> {
        self.api.sign_in().await
    }
    fn scopes(&self) -> Option<Vec<String>> {
        self.api.scopes()
    }
    /// Not throttled yet: its session sees to that.
    fn by_route(&self, way: &Route) -> Result<Arc<dyn SolveXia>, CallError> {
        self.api.by_route(way)
    }
    fn clock_ahead(&self) -> Option<SignedDuration> {
        self.api.clock_ahead()
    }
}
