//! The keychain, on a thread of its own and with a deadline: a locked keychain blocks without
//! limit.
//!
//! One thread owns it, as keychains do not keep calls of several threads in order. While a call
//! takes longer than the deadline, new calls fail at once; they work again as soon as it returns.

mod entry_store;
mod memory_store;
mod split_manifest;
mod split_secret;
mod system_store;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use runwatch_core::error::VaultError;
use runwatch_core::ports::Vault;
use runwatch_core::secret::SecretName;
use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::os;
use entry_store::EntryStore;
use memory_store::MemoryStore;
use system_store::SystemStore;

/// Long enough for the user to type the keychain's password, short enough to go on without it.
const DEADLINE: Duration = Duration::from_secs(20);

type Job = Box<dyn FnOnce(&mut dyn EntryStore, &WorkerStatus) + Send>;

/// The keychain of this computer, for one data folder.
///
/// A call whose caller has gone is not begun; one that has begun is finished. So a `keep` that
/// failed by its deadline may still have stored the new secret: whole, and never an older one.
#[derive(Debug, Clone)]
pub struct Keychain {
    jobs: mpsc::Sender<Job>,
    status: WorkerStatus,
    deadline: Duration,
}

impl Keychain {
    /// Entries live under `service`, a name that belongs to one data folder alone.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when no thread can be had.
    pub fn new(service: String) -> Result<Self, VaultError> {
        Self::with(DEADLINE, move || SystemStore::of(service.clone()))
    }

    /// A keychain in memory, for sample data and tests.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when no thread can be had.
    pub fn in_memory() -> Result<Self, VaultError> {
        Self::with(DEADLINE, MemoryStore::default)
    }

    fn with<E: EntryStore>(
        deadline: Duration,
        open: impl Fn() -> E + Send + 'static,
    ) -> Result<Self, VaultError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let status = WorkerStatus::default();
        let mine = status.clone();
        std::thread::Builder::new()
            .name("keychain".into())
            .spawn(move || work(&queue, &mine, open))
            .map_err(|error| VaultError::Unavailable(error.to_string()))?;
        Ok(Self {
            jobs,
            status,
            deadline,
        })
    }

    /// Deletes every entry of this data folder and returns how many there were. The entries of
    /// other data folders and programs stay.
    ///
    /// # Errors
    /// When one of them could not be deleted, or not be looked for.
    pub async fn forget_all(&self) -> Result<usize, VaultError> {
        self.call(split_secret::forget_all).await
    }

    /// The names of all secrets of this data folder ([`SecretName::entry`]).
    ///
    /// # Errors
    /// When they cannot be looked for.
    pub async fn names(&self) -> Result<Vec<String>, VaultError> {
        self.call(split_secret::names).await
    }

    /// Runs a job on the keychain thread, and waits for it until the deadline.
    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn EntryStore) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        if let Some(timeout_error) = self.status.stuck_error() {
            return Err(timeout_error);
        }
        let (answer, wait) = oneshot::channel();
        let job: Job = Box::new(move |entries, status| {
            if answer.is_closed() {
                return;
            }
            status.begin();
            let result = entries.unlock().and_then(|()| {
                status.unlocked();
                work(entries)
            });
            // Before the result is sent, as its receiver may call again at once.
            status.end();
            // The caller may have stopped waiting.
            let _ = answer.send(result);
        });
        self.jobs
            .send(job)
            .map_err(|_| VaultError::Unavailable("its thread has ended".into()))?;
        match tokio::time::timeout(self.deadline, wait).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(VaultError::Unavailable("it failed in an odd way".into())),
            Err(_) => Err(self.status.give_up()),
        }
    }
}

#[async_trait]
impl Vault for Keychain {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        let (label, name) = (name.label(), name.entry());
        self.call(move |entries| {
            entries.label(label);
            split_secret::keep(entries, &name, &secret, now())
        })
        .await
    }

    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        let name = name.entry();
        self.call(move |entries| split_secret::read(entries, &name))
            .await
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        let name = name.entry();
        self.call(move |entries| split_secret::forget(entries, &name))
            .await
    }
}

/// The keychain thread, until the last [`Keychain`] is gone.
fn work<E: EntryStore>(queue: &mpsc::Receiver<Job>, status: &WorkerStatus, open: impl Fn() -> E) {
    let mut entries = open();
    for job in queue {
        // The libraries below may panic, and their locks are unusable afterwards.
        if catch_unwind(AssertUnwindSafe(|| job(&mut entries, status))).is_err() {
            status.end();
            entries = open();
        }
    }
}

/// What the keychain thread is doing, for callers to see.
#[derive(Debug, Clone, Default)]
struct WorkerStatus(Arc<Mutex<Option<CurrentJob>>>);

#[derive(Debug, Clone, Copy)]
struct CurrentJob {
    unlocking: bool,
    /// A caller has given up waiting for it.
    overdue: bool,
}

impl WorkerStatus {
    fn begin(&self) {
        *self.lock() = Some(CurrentJob {
            unlocking: true,
            overdue: false,
        });
    }

    fn unlocked(&self) {
        if let Some(current) = &mut *self.lock() {
            current.unlocking = false;
        }
    }

    fn end(&self) {
        *self.lock() = None;
    }

    /// The error for a new call while the current job is overdue.
    fn stuck_error(&self) -> Option<VaultError> {
        self.lock()
            .filter(|current| current.overdue)
            .map(timeout_error)
    }

    /// Marks the current job as overdue; returns the error for the caller.
    fn give_up(&self) -> VaultError {
        match &mut *self.lock() {
            Some(current) => {
                current.overdue = true;
                timeout_error(*current)
            }
            None => os::keychain_timeout_error(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<CurrentJob>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn timeout_error(current: CurrentJob) -> VaultError {
    if current.unlocking {
        VaultError::Locked
    } else {
        os::keychain_timeout_error()
    }
}

/// Nanoseconds since 1970.
fn now() -> u64 {
    u64::try_from(Timestamp::now().as_nanosecond()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
