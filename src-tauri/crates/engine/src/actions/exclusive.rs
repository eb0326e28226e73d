//! Holding a run while an action on it is under way.

use std::sync::Arc;

use runwatch_core::words;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

/// One action at a time per run; given back however the action ends.
pub(crate) struct ExclusiveRun {
    engine: Engine,
    tracked: Arc<TrackedRun>,
}

impl ExclusiveRun {
    pub(crate) fn take(engine: &Engine, tracked: &Arc<TrackedRun>) -> Result<Self, EngineError> {
        if tracked.update(|state| std::mem::replace(&mut state.busy, true)) {
            return Err(EngineError::NotNow(words::run::BUSY.into()));
        }
        tracked.announce_action();
        engine.runs.changed(&tracked.key);
        Ok(Self {
            engine: engine.clone(),
            tracked: Arc::clone(tracked),
        })
    }
}

impl Drop for ExclusiveRun {
    fn drop(&mut self) {
        self.tracked.update(|state| state.busy = false);
        self.engine.runs.changed(&self.tracked.key);
        self.engine.scheduler.wake();
    }
}
