//! The local history as the engine writes it: every write goes through here, and is watched.

use std::sync::{Arc, Mutex};

use runwatch_core::error::StoreError;
use runwatch_core::ports::Store;
use runwatch_core::setting::Setting;
use runwatch_core::transaction::{Committed, Transaction};

use crate::event::{Event, Events};
use crate::sync::lock;

/// The local history, and whether it can be written at the moment.
pub struct History {
    store: Arc<dyn Store>,
    events: Events,
    problem: Mutex<Option<String>>,
    /// Held from a write to its report: else an earlier one could be reported last.
    writing: tokio::sync::Mutex<()>,
}

impl History {
    pub(crate) fn new(store: Arc<dyn Store>, events: Events) -> Self {
        Self {
            store,
            events,
            problem: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
        }
    }

    /// For what is only read, and for the rows of accounts.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Why history is not kept at this moment: for a page that opens after it was said.
    pub fn problem(&self) -> Option<String> {
        lock(&self.problem).clone()
    }

    /// Writes, and says when history stops or starts being kept.
    pub(crate) async fn write(&self, transaction: Transaction) -> Result<Committed, StoreError> {
        let _turn = self.writing.lock().await;
        let result = self.store.write(transaction).await;
        let problem = result.as_ref().err().map(ToString::to_string);
        let before = std::mem::replace(&mut *lock(&self.problem), problem.clone());
        if before != problem {
            self.events.emit(Event::Store(problem));
        }
        result
    }

    /// Keeps a setting: the one way to do so.
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
