//! The local history as the engine writes it: every write goes through here, and is watched.

use std::sync::{Arc, Mutex};

use runwatch_core::error::StoreError;
use runwatch_core::ports::Store;
use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::transaction::{Committed, Transaction};

use crate::event::{Event, Events};
use crate::sync::lock;

/// The local history, and whether it can be written at the moment.
pub struct History {
    store: Arc<dyn Store>,
    events: Events,
    problems: Mutex<Problems>,
    /// Held from a write to its report: else an earlier one could be reported last.
    writing: tokio::sync::Mutex<()>,
}

/// Why the latest writes failed, by kind. A full disk may still take a mark in a row that is there: that does not end
/// the problem with transactions. A transaction that succeeds ends both.
#[derive(Default)]
struct Problems {
    transactions: Option<String>,
    rows: Option<String>,
}

impl Problems {
    fn worst(&self) -> Option<String> {
        self.transactions.clone().or_else(|| self.rows.clone())
    }
}

impl History {
    pub(crate) fn new(store: Arc<dyn Store>, events: Events) -> Self {
        Self {
            store,
            events,
            problems: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
        }
    }

    /// For what is only read.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Why history is not kept at this moment: for a page that opens after it was said.
    pub fn problem(&self) -> Option<String> {
        lock(&self.problems).worst()
    }

    /// Writes what belongs together.
    pub(crate) async fn write(&self, transaction: Transaction) -> Result<Committed, StoreError> {
        let write = self.store.write(transaction);
        let learn = |problems: &mut Problems, problem: Option<String>| {
            if problem.is_none() {
                problems.rows = None;
            }
            problems.transactions = problem;
        };
        self.watched(write, learn).await
    }

    /// Awaits a write that changes rows which are there: a mark in the Inbox, an account.
    pub(crate) async fn writes<T>(
        &self,
        write: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let learn = |problems: &mut Problems, problem| problems.rows = problem;
        self.watched(write, learn).await
    }

    /// Says when history stops or starts being kept.
    async fn watched<T>(
        &self,
        write: impl Future<Output = Result<T, StoreError>>,
        learn: impl FnOnce(&mut Problems, Option<String>),
    ) -> Result<T, StoreError> {
        let _turn = self.writing.lock().await;
        let result = write.await;
        let (before, now) = {
            let mut problems = lock(&self.problems);
            let before = problems.worst();
            learn(
                &mut problems,
                result.as_ref().err().map(ToString::to_string),
            );
            (before, problems.worst())
        };
        if before != now {
            self.events.emit(Event::Store(now));
        }
        result
    }

    /// Keeps a setting that goes with no other write.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub async fn save_setting(&self, setting: Setting) -> Result<(), StoreError> {
        let with = Transaction {
            setting: Some(setting),
            ..Transaction::default()
        };
        self.write(with).await.map(drop)
    }
}
