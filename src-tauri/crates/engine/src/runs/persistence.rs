//! The one place where runs are written, in the order in which they changed, and from which what is to
//! be told goes to the outbox.
//!
//! What the store does not take is told from memory at once (docs/RULES.md, 17), and kept as unsaved: it
//! is written before anything newer of its run, so that a run's row never runs ahead of its history.

use std::time::Duration;

use runwatch_core::error::StoreError;
use runwatch_core::notification::Notification;
use runwatch_core::transaction::{Committed, Transaction};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::runs::tracked_run::{TrackedRun, TrackedState};
use crate::runs::untold_end::UntoldEnd;

/// Time between two attempts to write what is unsaved.
const AGAIN: Duration = Duration::from_secs(10);

/// The latest attempt to write what is unsaved, and when it began.
#[derive(Default)]
pub(crate) struct SaveAgain(Option<(Instant, JoinHandle<()>)>);

impl SaveAgain {
    fn rests(&self) -> bool {
        let rests =
            |(at, task): &(Instant, JoinHandle<()>)| at.elapsed() < AGAIN || !task.is_finished();
        self.0.as_ref().is_some_and(rests)
    }
}

impl Engine {
    /// Changes a run and writes it down in one transaction with whatever else belongs to it; then hands
    /// on what is to be told. The change stands even where it cannot be written down: it was seen.
    pub(crate) async fn save(
        &self,
        tracked: &TrackedRun,
        with: Transaction,
        change: impl FnOnce(&mut TrackedState),
    ) -> Result<Committed, StoreError> {
        let _writing = tracked.writing.lock().await;
        self.put_and_tell(tracked, with, change).await
    }

    /// For one who holds its `writing`.
    async fn put_and_tell(
        &self,
        tracked: &TrackedRun,
        with: Transaction,
        change: impl FnOnce(&mut TrackedState),
    ) -> Result<Committed, StoreError> {
        let notifications = with.notify.clone();
        let (_, transaction, result) = self.put(tracked, with, change).await;
        if result.is_err() {
            tracked.update(|state| state.keep_unsaved(transaction));
        }
        self.runs.changed(&tracked.key);
        self.outbox.deliver(&result, notifications);
        result
    }

    /// The same for an end, with how it is told where the run is watched: by the watch as it is once it is its turn
    /// to be written. A watch that is pressed in the meantime waits for that, and tells it afterwards.
    pub(crate) async fn save_end(
        &self,
        tracked: &TrackedRun,
        with: Transaction,
        end: Option<Notification>,
        change: impl FnOnce(&mut TrackedState),
    ) -> Result<Committed, StoreError> {
        let _writing = tracked.writing.lock().await;
        let is_watched = tracked.read(|state| state.run.watched);
        let told: Vec<Notification> = end.iter().filter(|_| is_watched).cloned().collect();
        let with = Transaction {
            notify: told,
            ..with
        };
        let result = self.put_and_tell(tracked, with, change).await;
        if let Some(end) = end {
            tracked.update(|state| {
                state.untold = (!is_watched).then(|| UntoldEnd::shown_now(end, state.change));
            });
        }
        result
    }

    /// The same for what a person asked for: where it cannot be written down, it is undone,
    /// and nothing is told.
    pub(crate) async fn save_or_undo<T>(
        &self,
        tracked: &TrackedRun,
        with: Transaction,
        change: impl FnOnce(&mut TrackedState) -> T,
        undo: impl FnOnce(&mut TrackedState, T),
    ) -> Result<Committed, StoreError> {
        let with = |_: &TrackedState| with;
        self.save_as_it_is_or_undo(tracked, with, change, undo)
            .await
    }

    /// The same with what belongs to it as the run is once it is its turn to be written.
    pub(crate) async fn save_as_it_is_or_undo<T>(
        &self,
        tracked: &TrackedRun,
        with: impl FnOnce(&TrackedState) -> Transaction,
        change: impl FnOnce(&mut TrackedState) -> T,
        undo: impl FnOnce(&mut TrackedState, T),
    ) -> Result<Committed, StoreError> {
        let _writing = tracked.writing.lock().await;
        let with = tracked.read(with);
        let (before, _, result) = self.put(tracked, with, change).await;
        if result.is_err() {
            tracked.update(|state| undo(state, before));
        }
        self.runs.changed(&tracked.key);
        if result.is_ok() {
            self.outbox.deliver(&result, Vec::new());
        }
        result
    }

    async fn put<T>(
        &self,
        tracked: &TrackedRun,
        with: Transaction,
        change: impl FnOnce(&mut TrackedState) -> T,
    ) -> (T, Transaction, Result<Committed, StoreError>) {
        let (answer, run) = tracked.update(|state| (change(state), state.run.clone()));
        let transaction = Transaction {
            run: Some(run),
            ..with
        };
        // A run that was taken off the list meanwhile must not come back.
        let result = match self.runs.holds(tracked) {
            false => Ok(Committed::default()),
            true => match self.save_unsaved_of(tracked).await {
                Ok(()) => self.history.write(transaction.clone()).await,
                Err(error) => Err(error),
            },
        };
        (answer, transaction, result)
    }

    /// Writes what is unsaved of a run. For one who holds its `writing`.
    pub(crate) async fn save_unsaved_of(&self, tracked: &TrackedRun) -> Result<(), StoreError> {
        while let Some(unsaved) = tracked.read(|state| state.unsaved.first().cloned()) {
            let items = self.history.write(unsaved).await?.inbox;
            tracked.update(|state| state.unsaved.remove(0));
            self.outbox.now_persisted(&items).await;
        }
        Ok(())
    }

    /// Tries again to write what is unsaved, once in a while.
    pub(crate) fn save_unsaved(&self, latest: &mut SaveAgain) {
        let mut runs = self.runs.all();
        runs.retain(|tracked| tracked.read(|state| !state.unsaved.is_empty()));
        if latest.rests() || (runs.is_empty() && !self.outbox.has_unmarked()) {
            return;
        }
        let engine = self.clone();
        let task = tokio::spawn(async move {
            for tracked in runs {
                let _writing = tracked.writing.lock().await;
                let is_held = engine.runs.holds(&tracked);
                if is_held && engine.save_unsaved_of(&tracked).await.is_err() {
                    return;
                }
            }
            engine.outbox.mark_all().await;
        });
        latest.0 = Some((Instant::now(), task));
    }
}

impl TrackedState {
    /// Keeps a transaction that the store did not take, to be written later. It replaces the one before where that
    /// holds nothing but the state of the run.
    fn keep_unsaved(&mut self, transaction: Transaction) {
        let replaced = self.unsaved.pop_if(|one| one.is_state_alone());
        let steps = transaction
            .steps
            .or_else(|| replaced.and_then(|one| one.steps));
        self.unsaved.push(Transaction {
            steps,
            ..transaction
        });
    }
}
