//! What a person does with the table: runs added, watched and taken off, steps taken off.

use std::sync::Arc;

use runwatch_core::attempt::PROVING_SECONDS;
use runwatch_core::ids::{AccountId, RunId, RunKey, StepId};
use runwatch_core::run::Run;
use runwatch_core::time::seconds_between;
use runwatch_core::transaction::Transaction;

use crate::cell::{Cell, CellState};
use crate::engine::{Engine, EngineError, Event};
use crate::lock;
use crate::look::Found;

impl Engine {
    /// Turns watching of a run on or off.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or it cannot be written down.
    pub async fn set_watched(&self, key: &RunKey, watched: bool) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        self.save_or_undo(
            &cell,
            Transaction::default(),
            |state| std::mem::replace(&mut state.run.watched, watched),
            |state, before| state.run.watched = before,
        )
        .await?;
        if watched {
            self.study(key);
        }
        self.reschedule_all();
        Ok(())
    }

    /// Takes a run off the table. Its history, Inbox and activity stay.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run, or an action on it is under way.
    pub async fn remove_run(&self, key: &RunKey) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        if cell.peek(|state| state.busy) {
            return Err(EngineError::NotNow(
                "An action on this run is under way.".into(),
            ));
        }
        let _turn = cell.turn.lock().await;
        // Added again, it would have forgotten that a start may be on its way (docs/RULES.md, 11).
        if cell
            .peek(|state| state.unclear_since())
            .is_some_and(|since| seconds_between(since, self.now()).abs() < PROVING_SECONDS)
        {
            return Err(EngineError::NotNow(
                "SolveXia does not show yet what was asked of this run. Remove it in two minutes."
                    .into(),
            ));
        }
        let _writing = cell.writing.lock().await;
        if !self.holds(&cell) {
            return Err(EngineError::NoSuchRun);
        }
        self.pay(&cell).await?;
        self.write(Transaction {
            remove: Some(key.clone()),
            ..Transaction::default()
        })
        .await?;
        lock(&self.inner.cells).remove(key);
        self.emit(Event::RunRemoved(key.clone()));
        Ok(())
    }

    /// Puts a run into the table, once SolveXia has said that it is there. It is not watched.
    ///
    /// # Errors
    /// [`EngineError::Call`] when SolveXia does not know it or cannot be asked.
    pub async fn add_run(&self, account: &AccountId, run: RunId) -> Result<RunKey, EngineError> {
        let key = RunKey {
            account: account.clone(),
            run,
        };
        if self.cell(&key).is_ok() {
            self.refresh_info(&key).await?;
            return Ok(key);
        }
        let info = self.asked(account, self.api(account)?.run(&key.run).await)?;
        let (cell, is_new) = self.cell_or_new(&key)?;
        let named = |state: &mut CellState| state.run.info = info;
        if let Err(error) = self
            .save_or_undo(&cell, Transaction::default(), named, |_, ()| ())
            .await
        {
            if is_new {
                lock(&self.inner.cells).remove(&key);
            }
            return Err(error.into());
        }
        let run = cell.peek(|state| state.run.clone());
        if let Err(error) = self.recall(&run).await {
            tracing::warn!(%error, "what earlier runs taught could not be read");
        }
        // Its row says why, if its status cannot be read.
        let _ = self.look(&key, false).await;
        Ok(key)
    }

    /// Two who add the same run at the same time get the same cell.
    fn cell_or_new(&self, key: &RunKey) -> Result<(Arc<Cell>, bool), EngineError> {
        let mut cells = lock(&self.inner.cells);
        if let Some(cell) = cells.get(key) {
            return Ok((Arc::clone(cell), false));
        }
        // Its account may have been removed while SolveXia was asked.
        if self.session(&key.account).is_none() {
            return Err(EngineError::NoSuchRun);
        }
        let cell = Arc::new(Cell::new(Run::new(key.clone()), Vec::new()));
        cells.insert(key.clone(), Arc::clone(&cell));
        Ok((cell, true))
    }

    /// Reads the name of a run again, beside everything else: what is told of its end, and what
    /// somebody looks at, must name it as SolveXia does now.
    pub(crate) fn ask_name(&self, cell: &Cell) {
        let (engine, key) = (self.clone(), cell.key.clone());
        tokio::spawn(async move {
            if let Err(error) = engine.refresh_info(&key).await {
                tracing::debug!(%error, "a name could not be read again");
            }
        });
    }

    /// Reads name and description of a run again.
    ///
    /// # Errors
    /// [`EngineError::Call`] when SolveXia does not know it or cannot be asked.
    pub async fn refresh_info(&self, key: &RunKey) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        let info = self.asked(&key.account, self.api(&key.account)?.run(&key.run).await)?;
        if cell.peek(|state| state.run.info != info) {
            self.save(&cell, Transaction::default(), |state| state.run.info = info)
                .await?;
        }
        Ok(())
    }

    /// Takes a step that was added by hand off a run again.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or it cannot be written down.
    pub async fn remove_step(&self, key: &RunKey, step: &StepId) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        let _turn = cell.turn.lock().await;
        let mut steps = cell.peek(|state| state.steps.clone());
        steps.retain(|known| !(known.by_hand && known.id == *step));
        self.save_steps(&cell, steps.clone()).await?;
        // It is gone, whether SolveXia can be asked once more or not.
        let _ = self.correct(&cell, &steps, Found::ByHand).await;
        Ok(())
    }
}
