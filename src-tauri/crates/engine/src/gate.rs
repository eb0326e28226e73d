//! The one way of all accounts on a host to it: no read gets past it while the host wants to be left
//! alone, nor more of them at a time than it should be asked.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use runwatch_core::error::{CallError, Trouble};
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::network::Route;
use runwatch_core::observation::{
    ListedStep, NamedRun, ProcessInfo, RunInfo, RunObservation, StepObservation,
};
use runwatch_core::ports::SolveXia;
use runwatch_core::words;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::host::Host;
use crate::lock;

/// Reads at the same time, for all accounts on a host.
const AT_ONCE: u32 = 8;

/// A host, and the way to it.
pub(crate) struct Gate {
    host: Mutex<Host>,
    room: Semaphore,
    /// It can be reached again, and nobody has taken that in yet.
    back: AtomicBool,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            host: Mutex::default(),
            room: Semaphore::new(AT_ONCE as usize),
            back: AtomicBool::new(false),
        }
    }
}

impl Gate {
    /// What is known of the host.
    pub fn host(&self) -> MutexGuard<'_, Host> {
        lock(&self.host)
    }

    /// Whether it can be reached again since this was asked last.
    pub fn is_back(&self) -> bool {
        self.back.swap(false, Ordering::SeqCst)
    }

    /// Sends a read once there is room, unless the host wants to be left alone.
    async fn read<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        self.let_through()?;
        let _room = self.room().await;
        // It may have asked for patience while this one waited.
        self.let_through()?;
        self.learn(call.await)
    }

    /// Fails where the host asked for patience (docs/RULES.md, 18). One that cannot be reached may be
    /// tried at any time.
    fn let_through(&self) -> Result<(), CallError> {
        let Some(rest) = self.host().patience_left(Instant::now()) else {
            return Ok(());
        };
        let seconds = rest.as_secs_f64().ceil();
        let again = words::duration(seconds);
        let message = format!("SolveXia asked Runwatch to wait. It is asked again in {again}.");
        Err(CallError {
            retry_after: Some(Duration::from_secs_f64(seconds)),
            ..CallError::unsent(Trouble::Busy, message)
        })
    }

    /// After a host asked for patience, one read takes all the room: one at a time finds out how it
    /// is. None only if the room were closed, which it never is.
    async fn room(&self) -> Option<SemaphorePermit<'_>> {
        let part = if self.host().is_pressed() { AT_ONCE } else { 1 };
        self.room.acquire_many(part).await.ok()
    }

    /// Takes an answer in while its call still holds its room, so that the next one knows of it.
    fn learn<T>(&self, answer: Result<T, CallError>) -> Result<T, CallError> {
        let jitter = rand::random_range(0.9..1.1);
        let result = answer.as_ref().map(|_| ());
        if self.host().learn(result, Instant::now(), jitter) {
            self.back.store(true, Ordering::SeqCst);
        }
        answer
    }
}

/// An account's SolveXia behind the gate of its host. A person waits for an action, and its status
/// was read just before: it never queues behind reads.
pub(crate) struct Gated {
    pub api: Arc<dyn SolveXia>,
    pub gate: Arc<Gate>,
}

#[async_trait]
impl SolveXia for Gated {
    async fn run(&self, run: &RunId) -> Result<RunInfo, CallError> {
        self.gate.read(self.api.run(run)).await
    }
    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        self.gate.read(self.api.run_status(run)).await
    }
    async fn run_steps(&self, run: &RunId) -> Result<Vec<ListedStep>, CallError> {
        self.gate.read(self.api.run_steps(run)).await
    }
    async fn step_status(&self, run: &RunId, step: &StepId) -> Result<StepObservation, CallError> {
        self.gate.read(self.api.step_status(run, step)).await
    }
    async fn start(&self, run: &RunId) -> Result<(), CallError> {
        self.gate.learn(self.api.start(run).await)
    }
    async fn start_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.gate.learn(self.api.start_deprecated(run).await)
    }
    async fn cancel(&self, run: &RunId) -> Result<(), CallError> {
        self.gate.learn(self.api.cancel(run).await)
    }
    async fn cancel_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.gate.learn(self.api.cancel_deprecated(run).await)
    }
    async fn restart_from(&self, run: &RunId, step: &StepId) -> Result<(), CallError> {
        self.gate.learn(self.api.restart_from(run, step).await)
    }
    async fn processes(&self, name: &str) -> Result<Vec<ProcessInfo>, CallError> {
        self.gate.read(self.api.processes(name)).await
    }
    async fn process(&self, process: &ProcessId) -> Result<ProcessInfo, CallError> {
        self.gate.read(self.api.process(process)).await
    }
    async fn process_runs(&self, process: &ProcessId) -> Result<Vec<NamedRun>, CallError> {
        self.gate.read(self.api.process_runs(process)).await
    }
    async fn process_steps(&self, process: &ProcessId) -> Result<Vec<ListedStep>, CallError> {
        self.gate.read(self.api.process_steps(process)).await
    }
    async fn create_run(&self, process: &ProcessId, prefix: &str) -> Result<NamedRun, CallError> {
        // No status is read before it, and the new run could not be read after it.
        self.gate.let_through().map_err(|error| CallError {
            message: format!("Nothing was created. {}", error.message),
            ..error
        })?;
        self.gate.learn(self.api.create_run(process, prefix).await)
    }
    async fn sign_in(&self) -> Result<(), CallError> {
        self.api.sign_in().await
    }
    fn scopes(&self) -> Option<Vec<String>> {
        self.api.scopes()
    }
    /// Not behind the gate yet: its session puts it there.
    fn by_way(&self, way: &Route) -> Result<Arc<dyn SolveXia>, CallError> {
        self.api.by_way(way)
    }
    fn clock_ahead(&self) -> Option<SignedDuration> {
        self.api.clock_ahead()
    }
}
