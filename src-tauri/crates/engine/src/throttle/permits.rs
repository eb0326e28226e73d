//! Permits for the reads of one host: no read is sent while the host wants to be left alone, nor more
//! of them at a time than it should be asked.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use runwatch_core::error::{CallError, Trouble};
use runwatch_core::words;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::sync::lock;
use crate::throttle::backoff::{HostBackoff, MAX_READS};

/// All hosts, by origin: the accounts on a host share it.
#[derive(Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Arc<HostThrottle>>>);

impl Hosts {
    pub fn get(&self, origin: &str) -> Arc<HostThrottle> {
        let mut hosts = lock(&self.0);
        Arc::clone(hosts.entry(origin.to_owned()).or_default())
    }

    /// Forgets of all of them that they could not be reached.
    pub fn try_again(&self) {
        for throttle in lock(&self.0).values() {
            throttle.backoff().try_again();
        }
    }
}

/// One host: its back-off, and the permits for its reads.
pub(crate) struct HostThrottle {
    backoff: Mutex<HostBackoff>,
    permits: Semaphore,
    /// Runs that are being polled.
    polls: AtomicUsize,
    /// It can be reached again, and its runs were not polled for that yet.
    reached_again: AtomicBool,
}

impl Default for HostThrottle {
    fn default() -> Self {
        Self {
            backoff: Mutex::default(),
            permits: Semaphore::new(MAX_READS),
            polls: AtomicUsize::new(0),
            reached_again: AtomicBool::new(false),
        }
    }
}

/// A place among the runs of a host that are polled; given back when it is dropped.
pub(crate) struct PollSlot(Arc<HostThrottle>);

impl Drop for PollSlot {
    fn drop(&mut self) {
        self.0.polls.fetch_sub(1, Ordering::SeqCst);
    }
}

impl HostThrottle {
    /// The back-off of the host.
    pub fn backoff(&self) -> MutexGuard<'_, HostBackoff> {
        lock(&self.backoff)
    }

    /// Whether another run may be polled now. The one scheduler asks, so that nobody comes in between.
    pub fn may_poll(&self, now: Instant) -> bool {
        let backoff = self.backoff();
        let polls = self.polls.load(Ordering::SeqCst);
        backoff.silent_until(now).is_none() && polls < backoff.polls_at_once()
    }

    /// Takes a place among the polled runs.
    pub fn poll_slot(self: &Arc<Self>) -> PollSlot {
        self.polls.fetch_add(1, Ordering::SeqCst);
        PollSlot(Arc::clone(self))
    }

    /// Whether it can be reached again since this was asked last.
    pub fn is_back(&self) -> bool {
        self.reached_again.swap(false, Ordering::SeqCst)
    }

    /// Sends a read once there is a permit, unless the host wants to be left alone.
    pub async fn read<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        self.check_patience()?;
        let _permit = self.permit().await;
        // It may have asked for patience while this one waited.
        self.check_patience()?;
        self.learn(call.await)
    }

    /// Sends a read without a permit, unless the host wants to be left alone.
    pub async fn read_at_once<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        self.check_patience()?;
        self.learn(call.await)
    }

    /// Fails where the host asked for patience (docs/RULES.md, 18). One that cannot be reached may be
    /// tried at any time.
    pub fn check_patience(&self) -> Result<(), CallError> {
        let Some(rest) = self.backoff().patience_left(Instant::now()) else {
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

    /// After a host asked for patience, one read takes all permits: one at a time finds out how it is.
    /// None only if the semaphore were closed, which it never is.
    async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        let part = if self.backoff().is_pressed() {
            MAX_READS as u32
        } else {
            1
        };
        self.permits.acquire_many(part).await.ok()
    }

    /// Takes an answer in while its call still holds its permit, so that the next one knows of it.
    pub fn learn<T>(&self, answer: Result<T, CallError>) -> Result<T, CallError> {
        let jitter = rand::random_range(0.9..1.1);
        let result = answer.as_ref().map(|_| ());
        if self.backoff().learn(result, Instant::now(), jitter) {
            self.reached_again.store(true, Ordering::SeqCst);
        }
        answer
    }
}
