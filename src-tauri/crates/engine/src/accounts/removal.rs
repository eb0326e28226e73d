//! Taking an account away: first nothing is asked any more, then what is remembered goes.

use std::sync::Arc;

use runwatch_core::attempt::is_proving_over;
use runwatch_core::ids::AccountId;
use runwatch_core::words;

use crate::actions::exclusive::ExclusiveRun;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;
use crate::runs::tracked_run::TrackedRun;

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
        // Held until this returns: no action begins meanwhile.
        let _still = self.still(account)?;
        let session = self.accounts.take(account);
        let removed = self.forget(account, with_history).await;
        match (&removed, session) {
            (Err(_), Some(session)) => self.put_session(session),
            _ => self.events.emit(Event::AccountRemoved(account.clone())),
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
    fn still(&self, account: &AccountId) -> Result<Vec<ExclusiveRun>, EngineError> {
        if self.creates.are_under_way(account) {
            return Err(EngineError::NotNow(
                "A run is being created. Remove the account later.".into(),
            ));
        }
        let not_now = |tracked: &TrackedRun, why: &str| {
            let name = tracked.read(|state| words::name(&state.run.info.name, 80));
            EngineError::NotNow(format!("{why} “{name}”. Remove the account later."))
        };
        let take = |tracked: Arc<TrackedRun>| {
            let busy = ExclusiveRun::take(self, &tracked)
                .map_err(|_| not_now(&tracked, "An action is under way on"))?;
            let unclear = tracked.read(|state| state.unclear_since());
            match unclear {
                Some(since) if !is_proving_over(since, self.now()) => Err(not_now(
                    &tracked,
                    "SolveXia does not show yet what was asked of",
                )),
                _ => Ok(busy),
            }
        };
        self.runs
            .of_account(account)
            .into_iter()
            .map(take)
            .collect()
    }

    async fn forget(&self, account: &AccountId, with_history: bool) -> Result<(), EngineError> {
        // A look at a close under way is written down first, and none brings anything back afterwards. As in such a
        // look, this turn is taken before anything of a run is written.
        let _turn = self.closes.turn.lock().await;
        // Without a session none is added any more: these are all.
        let runs = self.runs.of_account(account);
        let mut writing = Vec::new();
        for tracked in &runs {
            writing.push(tracked.writing.lock().await);
            self.save_unsaved_of(tracked).await?;
        }
        let write = self.history.store().remove_account(account, with_history);
        self.history.writes(write).await?;
        self.outbox.forget_unwritten(account);
        self.creates.forget_account(account);
        self.keep_creates(None).await;
        self.durations.forget_account(account);
        if with_history {
            self.closes.forget_account(account);
        }
        for tracked in &runs {
            self.runs.remove(&tracked.key);
        }
        self.runs.forget_removed(account);
        Ok(())
    }
}
