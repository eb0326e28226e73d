//! Holding a run while an action on it is under way.

use std::sync::Arc;

use runwatch_core::words;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

/// One action at a time per run, under whichever account; given back however the action ends.
pub(crate) struct ExclusiveRun {
    engine: Engine,
    tracked: Arc<TrackedRun>,
}

impl ExclusiveRun {
    pub(crate) fn take(engine: &Engine, tracked: &Arc<TrackedRun>) -> Result<Self, EngineError> {
        if tracked.update(|state| std::mem::replace(&mut state.busy, true)) {
            return Err(EngineError::NotNow(words::run::BUSY.into()));
        }
        let held = Self {
            engine: engine.clone(),
            tracked: Arc::clone(tracked),
        };
        // Its own mark was set first: of two that come at once, one at most goes on.
        let same_run = engine.same_runs(&tracked.key);
        if same_run.iter().any(|other| other.read(|state| state.busy)) {
            return Err(EngineError::NotNow(words::run::BUSY.into()));
        }
        tracked.announce_action();
        held.changed();
        Ok(held)
    }

    /// What can be done with it has changed, in each of its rows.
    fn changed(&self) {
        let key = &self.tracked.key;
        self.engine.runs.changed(key);
        for other in self.engine.same_runs(key) {
            self.engine.runs.changed(&other.key);
        }
    }
}

impl Drop for ExclusiveRun {
    fn drop(&mut self) {
        self.tracked.update(|state| state.busy = false);
        self.changed();
        self.engine.scheduler.wake();
    }
}
