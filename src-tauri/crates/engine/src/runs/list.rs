//! What a person does with the list: runs added, watched and taken off, steps taken off.

use runwatch_core::attempt::is_proving_over;
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::process_of;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

impl Engine {
    /// Turns watching of a run on or off.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or it cannot be written down.
    pub async fn set_watched(&self, key: &RunKey, watched: bool) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        let pressed = tracked.read(|state| state.change);
        let with = |state: &TrackedState| {
            let missed = self.missed(state, pressed).filter(|_| watched);
            Transaction {
                notify: missed.into_iter().collect(),
                ..Transaction::default()
            }
        };
        self.save_as_it_is_or_undo(
            &tracked,
            with,
            |state| {
                let stops = state.run.watched && !watched && !state.is_over();
                state.unwatched_at = stops.then(Instant::now);
                state.watched_for_action = false;
                state.shown_for_action &= !watched;
                let before = (state.run.watched, state.run.archived);
                // A watched run is never archived.
                state.run.archived &= !watched;
                state.run.watched = watched;
                before
            },
            |state, before| (state.run.watched, state.run.archived) = before,
        )
        .await?;
        if watched {
            self.backfill_durations(key);
        }
        self.reschedule(&tracked);
        Ok(())
    }

    /// Takes a run off the list. Its history, Inbox and activity stay.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run, or an action on it is under way.
    pub async fn remove_run(&self, key: &RunKey) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        if tracked.read(|state| state.busy) {
            return Err(EngineError::NotNow(words::run::BUSY.into()));
        }
        // Before it is gone, or a look at that moment would find it, and before its turn, which such a look waits for.
        if let Some(of) = tracked.read(|state| process_of(&state.run)) {
            self.taken_off_list(&of, &key.run).await;
        }
        let _turn = tracked.turn.lock().await;
        // Added again, it would have forgotten that a start may be on its way (docs/RULES.md, 11).
        if tracked
            .read(|state| state.unclear_since())
            .is_some_and(|since| !is_proving_over(since, self.now()))
        {
            return Err(EngineError::NotNow(
                "SolveXia does not show yet what was asked of this run. Remove it in two minutes."
                    .into(),
            ));
        }
        let _writing = tracked.writing.lock().await;
        if !self.runs.holds(&tracked) {
            return Err(EngineError::NoSuchRun);
        }
        self.save_unsaved_of(&tracked).await?;
        self.history
            .write(Transaction {
                remove: Some(key.clone()),
                ..Transaction::default()
            })
            .await?;
        self.runs.remove(key);
        Ok(())
    }

    /// Puts a run back that was taken off in the last minutes: its watch and its steps as they were.
    ///
    /// # Errors
    /// [`EngineError`] when it is not known any more, its account is gone, or it cannot be written down.
    pub async fn undo_remove(&self, key: &RunKey) -> Result<(), EngineError> {
        let (run, steps) = self.runs.removed(key).ok_or(EngineError::NoSuchRun)?;
        let still_here = || self.accounts.get(&key.account).is_some();
        let back = || TrackedRun::new(run.clone(), steps.clone());
        loop {
            let (tracked, is_new) = self.runs.get_or_insert(key, still_here, back)?;
            if is_new {
                self.write_back(&tracked, steps.clone()).await?;
            } else if run.watched {
                // It was added again meanwhile: only its watch is left to restore.
                self.set_watched(key, true).await?;
            }
            if self.runs.holds(&tracked) {
                break;
            }
        }
        self.scheduler.wake();
        Ok(())
    }

    /// Writes down a run that was put back.
    async fn write_back(&self, tracked: &TrackedRun, steps: Vec<Step>) -> Result<(), EngineError> {
        // An end from meanwhile was not seen as it came: it belongs into a digest.
        tracked.update(|state| state.away = state.is_read_by_itself());
        let with = Transaction {
            steps: Some((tracked.key.clone(), steps)),
            ..Transaction::default()
        };
        // Before anybody else who adds it writes it down.
        let take_off = |_: &mut TrackedState, ()| self.runs.discard(&tracked.key);
        self.save_or_undo(tracked, with, |_| (), take_off).await?;
        Ok(())
    }

    /// Takes ended runs out of sight, or brings runs back into it. What goes on stays in sight: its end is
    /// waited for.
    ///
    /// # Errors
    /// [`EngineError`] at the first that cannot be written down.
    pub async fn archive_runs(&self, keys: &[RunKey], archived: bool) -> Result<(), EngineError> {
        for key in keys {
            let Ok(tracked) = self.runs.get(key) else {
                continue;
            };
            // Whatever an action under way changes: this is what a person wants.
            tracked.update(|state| state.shown_for_action &= archived);
            let goes_on = archived && tracked.read(|state| !state.is_over());
            if goes_on || tracked.read(|state| state.run.archived == archived) {
                continue;
            }
            let change =
                |state: &mut TrackedState| std::mem::replace(&mut state.run.archived, archived);
            let undo = |state: &mut TrackedState, before| state.run.archived = before;
            self.save_or_undo(&tracked, Transaction::default(), change, undo)
                .await?;
        }
        self.reschedule_all();
        Ok(())
    }

    /// Puts a run into the list, once SolveXia has said that it is there. It is not watched.
    ///
    /// # Errors
    /// [`EngineError::Call`] when SolveXia does not know it or cannot be asked.
    pub async fn add_run(&self, account: &AccountId, run: RunId) -> Result<RunKey, EngineError> {
        let key = RunKey {
            account: account.clone(),
            run,
        };
        if let Ok(tracked) = self.runs.get(&key) {
            let read = self.refresh_info(&key).await;
            // Whoever is adding it may not be able to write it down.
            drop(tracked.writing.lock().await);
            if self.runs.holds(&tracked) {
                return read.map(|()| key);
            }
        }
        let info = self.learn_from(account, self.accounts.api(account)?.run(&key.run).await)?;
        let tracked = loop {
            let (tracked, is_new) = self.runs.get_or_insert(
                &key,
                // Its account may have been removed while SolveXia was asked.
                || self.accounts.get(account).is_some(),
                || TrackedRun::new(Run::new(key.clone()), Vec::new()),
            )?;
            let named = |state: &mut TrackedState| state.run.info = info.clone();
            self.save_or_undo(&tracked, Transaction::default(), named, |_, ()| {
                // Before anybody else who adds it writes it down.
                if is_new {
                    self.runs.discard(&key);
                }
            })
            .await?;
            // As above: another one may have been the first.
            if self.runs.holds(&tracked) {
                break tracked;
            }
        };
        self.log_if_it_was_lost(&tracked).await;
        let run = tracked.read(|state| state.run.clone());
        if let Err(error) = self.durations.load(&run).await {
            tracing::warn!(%error, "what earlier runs taught could not be read");
        }
        // Its row says why, if its status cannot be read.
        let _ = self.poll(&key, false).await;
        Ok(key)
    }
}
