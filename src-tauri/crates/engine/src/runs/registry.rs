//! All runs in the list, and the one counter of their changes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use tokio::time::Instant;

use crate::error::EngineError;
use crate::event::{Event, Events};
use crate::runs::tracked_run::TrackedRun;
use crate::sync::lock;

/// The page offers to undo a removal for some seconds, and longer while somebody is at it.
const UNDONE_WITHIN: Duration = Duration::from_mins(10);

/// A run as it was when it was taken off.
struct Removed {
    at: Instant,
    run: Run,
    steps: Vec<Step>,
}

/// The runs in the list.
pub struct RunRegistry {
    runs: Mutex<HashMap<RunKey, Arc<TrackedRun>>>,
    /// What was taken off lately: that can be undone.
    removed: Mutex<HashMap<RunKey, Removed>>,
    changes: AtomicI64,
    events: Events,
}

impl RunRegistry {
    pub(crate) fn new(events: Events) -> Self {
        Self {
            runs: Mutex::default(),
            removed: Mutex::default(),
            changes: AtomicI64::new(0),
            events,
        }
    }

    /// The growing number of the latest change.
    pub fn latest_change(&self) -> i64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// All runs in the list.
    pub fn all(&self) -> Vec<Arc<TrackedRun>> {
        lock(&self.runs).values().cloned().collect()
    }

    /// Those of one account.
    pub fn of_account(&self, account: &AccountId) -> Vec<Arc<TrackedRun>> {
        let mut runs = self.all();
        runs.retain(|tracked| tracked.key.account == *account);
        runs
    }

    /// One run of the list.
    ///
    /// # Errors
    /// [`EngineError::NoSuchRun`].
    pub fn get(&self, key: &RunKey) -> Result<Arc<TrackedRun>, EngineError> {
        let found = lock(&self.runs).get(key).cloned();
        found.ok_or(EngineError::NoSuchRun)
    }

    /// Whether this is still the run of the list: it may have been taken off, and added anew.
    pub(crate) fn holds(&self, tracked: &TrackedRun) -> bool {
        lock(&self.runs)
            .get(&tracked.key)
            .is_some_and(|held| std::ptr::eq(&**held, tracked))
    }

    pub(crate) fn insert(&self, tracked: TrackedRun) {
        lock(&self.runs).insert(tracked.key.clone(), Arc::new(tracked));
    }

    /// The run, or a new one where `may_be_added`: two who add the same run at the same time get the
    /// same one. Also says whether it is new.
    pub(crate) fn get_or_insert(
        &self,
        key: &RunKey,
        may_be_added: impl FnOnce() -> bool,
        new: impl FnOnce() -> TrackedRun,
    ) -> Result<(Arc<TrackedRun>, bool), EngineError> {
        let mut runs = lock(&self.runs);
        if let Some(tracked) = runs.get(key) {
            return Ok((Arc::clone(tracked), false));
        }
        if !may_be_added() {
            return Err(EngineError::NoSuchRun);
        }
        let tracked = Arc::new(new());
        runs.insert(key.clone(), Arc::clone(&tracked));
        Ok((tracked, true))
    }

    /// Forgets a run that nobody has been told of.
    pub(crate) fn discard(&self, key: &RunKey) {
        lock(&self.runs).remove(key);
    }

    /// A run as it was when it was taken off lately, and its steps.
    pub(crate) fn removed(&self, key: &RunKey) -> Option<(Run, Vec<Step>)> {
        let removed = lock(&self.removed);
        let one = removed.get(key)?;
        Some((one.run.clone(), one.steps.clone()))
    }

    /// Forgets what was taken off so long ago that nobody undoes it any more.
    pub(crate) fn forget_removed_long_ago(&self) {
        lock(&self.removed).retain(|_, one| one.at.elapsed() < UNDONE_WITHIN);
    }

    /// Forgets what was taken off of an account that is removed itself.
    pub(crate) fn forget_removed(&self, account: &AccountId) {
        lock(&self.removed).retain(|key, _| key.account != *account);
    }

    /// Takes a run off the list, and says so.
    pub(crate) fn remove(&self, key: &RunKey) {
        if let Ok(tracked) = self.get(key) {
            let as_it_was = tracked.read(|state| Removed {
                at: Instant::now(),
                run: state.run.clone(),
                steps: state.steps.clone(),
            });
            lock(&self.removed).insert(key.clone(), as_it_was);
        }
        self.discard(key);
        self.events.emit(Event::RunRemoved(key.clone()));
    }

    /// Gives a run the number of the next change and says that it changed.
    pub fn changed(&self, key: &RunKey) {
        if let Ok(tracked) = self.get(key) {
            tracked.update(|state| {
                state.change = self.changes.fetch_add(1, Ordering::SeqCst) + 1;
            });
            self.events.emit(Event::Run(key.clone()));
        }
    }
}
