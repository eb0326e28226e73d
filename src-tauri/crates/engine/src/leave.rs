//! Taking an account away: first nothing is asked any more, then what is remembered goes.

use std::sync::Arc;

use runwatch_core::attempt::PROVING_SECONDS;
use runwatch_core::ids::AccountId;
use runwatch_core::time::seconds_between;

use crate::busy::Busy;
use crate::cell::Cell;
use crate::engine::{Engine, EngineError, Event};
use crate::lock;

impl Engine {
    /// Removes an account and its runs; its history, Inbox and activity too, if wished. Reads under
    /// way go on to their end, and what they find is not written down.
    ///
    /// # Errors
    /// [`EngineError`] when an action on one of its runs is under way, or it cannot be written down.
    pub async fn remove_account(
        &self,
        account: &AccountId,
        with_history: bool,
    ) -> Result<(), EngineError> {
        // Held to the end: no action begins meanwhile.
        let _still = self.still(account)?;
        let session = lock(&self.inner.sessions).remove(account);
        let removed = self.forget(account, with_history).await;
        match (&removed, session) {
            (Err(_), Some(session)) => self.put_session(session),
            _ => self.emit(Event::AccountRemoved(account.clone())),
        }
        removed
    }

    /// Whether an account can be removed now.
    ///
    /// # Errors
    /// [`EngineError::NotNow`] as [`Engine::remove_account`] would say it.
    pub fn may_remove_account(&self, account: &AccountId) -> Result<(), EngineError> {
        self.still(account).map(drop)
    }

    /// Takes the turn of each of its runs, as an action would.
    fn still(&self, account: &AccountId) -> Result<Vec<Busy>, EngineError> {
        let not_now = |cell: &Cell, why: &str| {
            let name = cell.peek(|state| state.run.info.name.clone());
            EngineError::NotNow(format!("{why} “{name}”. Remove the account later."))
        };
        let take = |cell: Arc<Cell>| {
            let busy =
                Busy::take(self, &cell).map_err(|_| not_now(&cell, "An action is under way on"))?;
            let unclear = cell.peek(|state| state.unclear_since());
            match unclear {
                Some(since) if seconds_between(since, self.now()).abs() < PROVING_SECONDS => Err(
                    not_now(&cell, "SolveXia does not show yet what was asked of"),
                ),
                _ => Ok(busy),
            }
        };
        self.cells_of(account).into_iter().map(take).collect()
    }

    async fn forget(&self, account: &AccountId, with_history: bool) -> Result<(), EngineError> {
        // Without a session none is added any more: these are all.
        let cells = self.cells_of(account);
        let mut writing = Vec::new();
        for cell in &cells {
            writing.push(cell.writing.lock().await);
            self.pay(cell).await?;
        }
        self.inner
            .ports
            .store
            .remove_account(account, with_history)
            .await?;
        lock(&self.inner.unwritten).retain(|told| told.notification.account != *account);
        lock(&self.inner.known).retain(|(of, _), _| of != account);
        for cell in &cells {
            lock(&self.inner.cells).remove(&cell.key);
            self.emit(Event::RunRemoved(cell.key.clone()));
        }
        Ok(())
    }

    pub(crate) fn cells_of(&self, account: &AccountId) -> Vec<Arc<Cell>> {
        let mut cells = self.cells();
        cells.retain(|cell| cell.key.account == *account);
        cells
    }
}
