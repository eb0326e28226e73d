//! Writing down: the only place where runs are written, in the order in which they changed.
//!
//! What the store does not take is told from memory at once (docs/RULES.md, 17), and owed: it is
//! written before anything newer of its run, so that a run's row never runs ahead of its history.

use std::time::Duration;

use runwatch_core::error::StoreError;
use runwatch_core::notification::InboxItem;
use runwatch_core::transaction::{Committed, Transaction};
use serde::Serialize;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::cell::{Cell, CellState};
use crate::engine::{Engine, Event};
use crate::lock;

/// Time between two attempts to write down what is owed.
const AGAIN: Duration = Duration::from_secs(10);

impl Engine {
    /// Writes, and says when history stops or starts being kept.
    pub(crate) async fn write(&self, write: Transaction) -> Result<Committed, StoreError> {
        let result = self.inner.ports.store.write(write).await;
        let problem = result.as_ref().err().map(ToString::to_string);
        let before = std::mem::replace(&mut *lock(&self.inner.store_problem), problem.clone());
        if before.is_some() != problem.is_some() {
            self.emit(Event::Store(problem));
        }
        result
    }

    /// Why history is not kept at this moment: for a page that opens after it was said.
    pub fn store_problem(&self) -> Option<String> {
        lock(&self.inner.store_problem).clone()
    }

    /// Keeps a setting.
    pub(crate) async fn keep_setting(
        &self,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<(), StoreError> {
        let with = Transaction {
            setting: serde_json::to_string(value).ok().map(|json| (name, json)),
            ..Transaction::default()
        };
        self.write(with).await.map(drop)
    }

    /// Changes a run and writes it down, with whatever else belongs to the same transaction.
    /// The change stands even where it cannot be written down: it was seen.
    pub(crate) async fn save(
        &self,
        cell: &Cell,
        with: Transaction,
        change: impl FnOnce(&mut CellState),
    ) -> Result<Committed, StoreError> {
        let _writing = cell.writing.lock().await;
        let (_, write, result) = self.put(cell, with, change).await;
        if result.is_err() {
            cell.change(|state| state.owe(write));
        }
        self.changed(&cell.key);
        result
    }

    /// The same for what a person asked for: where it cannot be written down, it is undone.
    pub(crate) async fn save_or_undo<T>(
        &self,
        cell: &Cell,
        with: Transaction,
        change: impl FnOnce(&mut CellState) -> T,
        undo: impl FnOnce(&mut CellState, T),
    ) -> Result<Committed, StoreError> {
        let _writing = cell.writing.lock().await;
        let (before, _, result) = self.put(cell, with, change).await;
        if result.is_err() {
            cell.change(|state| undo(state, before));
        }
        self.changed(&cell.key);
        result
    }

    async fn put<T>(
        &self,
        cell: &Cell,
        with: Transaction,
        change: impl FnOnce(&mut CellState) -> T,
    ) -> (T, Transaction, Result<Committed, StoreError>) {
        let (answer, run) = cell.change(|state| (change(state), state.run.clone()));
        let write = Transaction {
            run: Some(run),
            ..with
        };
        // A run that was taken off the table meanwhile must not come back.
        let result = match self.holds(cell) {
            false => Ok(Committed::default()),
            true => match self.pay(cell).await {
                Ok(()) => self.write(write.clone()).await,
                Err(error) => Err(error),
            },
        };
        (answer, write, result)
    }

    /// Writes down what is owed of a run. For one who holds its `writing`.
    pub(crate) async fn pay(&self, cell: &Cell) -> Result<(), StoreError> {
        while let Some(owed) = cell.peek(|state| state.owed.first().cloned()) {
            let told = self.write(owed).await?.told;
            cell.change(|state| state.owed.remove(0));
            lock(&self.inner.unwritten).retain(|known| {
                !told
                    .iter()
                    .any(|now| known.notification.is(&now.notification))
            });
            self.written_late(&told).await;
        }
        Ok(())
    }

    /// Tries again to write down what is owed, once in a while.
    pub(crate) fn pay_all(&self, latest: &mut Option<(Instant, JoinHandle<()>)>) {
        let resting = latest
            .as_ref()
            .is_some_and(|(at, task)| at.elapsed() < AGAIN || !task.is_finished());
        let mut cells = self.cells();
        cells.retain(|cell| cell.peek(|state| !state.owed.is_empty()));
        if resting || (cells.is_empty() && lock(&self.inner.unmarked).is_empty()) {
            return;
        }
        let engine = self.clone();
        let task = tokio::spawn(async move {
            for cell in cells {
                let _writing = cell.writing.lock().await;
                if engine.holds(&cell) && engine.pay(&cell).await.is_err() {
                    return;
                }
            }
            engine.mark_all().await;
        });
        *latest = Some((Instant::now(), task));
    }

    /// What was told but could not be written down (docs/RULES.md, 17).
    pub fn unwritten(&self) -> Vec<InboxItem> {
        lock(&self.inner.unwritten).clone()
    }
}

impl CellState {
    /// Keeps what was not written. What only says how the run is gives way to what came later.
    fn owe(&mut self, write: Transaction) {
        let is_over = |write: &mut Transaction| {
            write.past.is_none() && write.tell.is_empty() && write.action.is_none()
        };
        let over = self.owed.pop_if(is_over);
        let steps = write.steps.or_else(|| over.and_then(|write| write.steps));
        self.owed.push(Transaction { steps, ..write });
    }
}
