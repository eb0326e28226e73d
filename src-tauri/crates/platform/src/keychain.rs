//! The keychain on a thread of its own, with a deadline: a locked one blocks without a limit.
//!
//! One thread owns it, as keychains do not keep calls of several threads in order. While that
//! thread waits for longer than any caller does, new callers are told so at once; it is used again
//! as soon as it comes back.

mod entries;
mod manifest;
mod memory;
mod parts;
mod system;

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
use entries::Entries;
use memory::MemoryEntries;
use system::SystemEntries;

/// Long enough for a person to type the keychain's password, short enough to go on without it.
const DEADLINE: Duration = Duration::from_secs(20);

type Job = Box<dyn FnOnce(&mut dyn Entries, &Desk) + Send>;

/// The keychain of this computer, for one data folder.
///
/// What nobody waits for any more is not begun; what was begun is done all the same. After a `keep`
/// that was told as failed, for want of an answer, it may so hold the new secret: whole, and never
/// one that is older than what it held.
#[derive(Debug, Clone)]
pub struct Keychain {
    jobs: mpsc::Sender<Job>,
    desk: Desk,
    deadline: Duration,
}

impl Keychain {
    /// Entries live under `service`, a name that belongs to one data folder alone.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when no thread can be had.
    pub fn new(service: String) -> Result<Self, VaultError> {
        Self::with(DEADLINE, move || SystemEntries::of(service.clone()))
    }

    /// One that forgets all when the app ends, and leaves the computer's own alone.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when no thread can be had.
    pub fn in_memory() -> Result<Self, VaultError> {
        Self::with(DEADLINE, MemoryEntries::default)
    }

    fn with<E: Entries>(
        deadline: Duration,
        open: impl Fn() -> E + Send + 'static,
    ) -> Result<Self, VaultError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let desk = Desk::default();
        let mine = desk.clone();
        std::thread::Builder::new()
            .name("keychain".into())
            .spawn(move || work(&inbox, &mine, open))
            .map_err(|error| VaultError::Unavailable(error.to_string()))?;
        Ok(Self {
            jobs,
            desk,
            deadline,
        })
    }

    /// Deletes every entry of this data folder, as the keychain itself finds them, and tells how
    /// many there were. The entries of other data folders and programs stay.
    ///
    /// # Errors
    /// When one of them could not be deleted, or not be looked for.
    pub async fn forget_all(&self) -> Result<usize, VaultError> {
        self.call(parts::forget_all).await
    }

    /// The names of all secrets of this data folder ([`SecretName::entry`]).
    ///
    /// # Errors
    /// When they cannot be looked for.
    pub async fn names(&self) -> Result<Vec<String>, VaultError> {
        self.call(parts::names).await
    }

    /// Has the owner do something, and waits for it until the deadline.
    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Entries) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        if let Some(trouble) = self.desk.stuck() {
            return Err(trouble);
        }
        let (answer, wait) = oneshot::channel();
        let job: Job = Box::new(move |entries, desk| {
            if answer.is_closed() {
                return;
            }
            desk.begin();
            let result = entries.unlock().and_then(|()| {
                desk.unlocked();
                work(entries)
            });
            // Before the answer: who has it may ask again at once.
            desk.end();
            // The caller may have stopped waiting.
            let _ = answer.send(result);
        });
        self.jobs
            .send(job)
            .map_err(|_| VaultError::Unavailable("its thread has ended".into()))?;
        match tokio::time::timeout(self.deadline, wait).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(VaultError::Unavailable("it failed in an odd way".into())),
            Err(_) => Err(self.desk.give_up()),
        }
    }
}

#[async_trait]
impl Vault for Keychain {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        let (label, name) = (name.label(), name.entry());
        self.call(move |entries| {
            entries.label(label);
            parts::keep(entries, &name, &secret, now())
        })
        .await
    }

    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        let name = name.entry();
        self.call(move |entries| parts::read(entries, &name)).await
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        let name = name.entry();
        self.call(move |entries| parts::forget(entries, &name))
            .await
    }
}

/// What the owner does, until the last [`Keychain`] is gone.
fn work<E: Entries>(inbox: &mpsc::Receiver<Job>, desk: &Desk, open: impl Fn() -> E) {
    let mut entries = open();
    for job in inbox {
        // The libraries below may panic; their locks are of no use afterwards.
        if catch_unwind(AssertUnwindSafe(|| job(&mut entries, desk))).is_err() {
            desk.end();
            entries = open();
        }
    }
}

/// What the owner is at, for callers to see.
#[derive(Debug, Clone, Default)]
struct Desk(Arc<Mutex<Option<AtHand>>>);

#[derive(Debug, Clone, Copy)]
struct AtHand {
    unlocking: bool,
    /// Somebody has waited in vain while it was at this.
    overdue: bool,
}

impl Desk {
    fn begin(&self) {
        *self.lock() = Some(AtHand {
            unlocking: true,
            overdue: false,
        });
    }

    fn unlocked(&self) {
        if let Some(at_hand) = &mut *self.lock() {
            at_hand.unlocking = false;
        }
    }

    fn end(&self) {
        *self.lock() = None;
    }

    /// Why there is no use in waiting, while the owner is at what somebody has waited for in vain.
    fn stuck(&self) -> Option<VaultError> {
        self.lock().filter(|at_hand| at_hand.overdue).map(trouble)
    }

    /// What a caller is told who has waited in vain; others need not wait any more.
    fn give_up(&self) -> VaultError {
        match &mut *self.lock() {
            Some(at_hand) => {
                at_hand.overdue = true;
                trouble(*at_hand)
            }
            None => os::silent_keychain(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<AtHand>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn trouble(at_hand: AtHand) -> VaultError {
    if at_hand.unlocking {
        VaultError::Locked
    } else {
        os::silent_keychain()
    }
}

/// Nanoseconds since 1970.
fn now() -> u64 {
    u64::try_from(Timestamp::now().as_nanosecond()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
