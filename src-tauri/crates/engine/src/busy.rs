//! Holding a run while an action on it is under way.

use std::sync::Arc;

use crate::cell::Cell;
use crate::engine::{Engine, EngineError};

/// One action at a time per run; given back however the action ends.
pub(crate) struct Busy {
    engine: Engine,
    cell: Arc<Cell>,
}

impl Busy {
    pub(crate) fn take(engine: &Engine, cell: &Arc<Cell>) -> Result<Self, EngineError> {
        if cell.change(|state| std::mem::replace(&mut state.busy, true)) {
            return Err(EngineError::NotNow(
                "Another action on this run is under way.".into(),
            ));
        }
        engine.changed(&cell.key);
        Ok(Self {
            engine: engine.clone(),
            cell: Arc::clone(cell),
        })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.cell.change(|state| state.busy = false);
        self.engine.changed(&self.cell.key);
        self.engine.inner.wake.notify_one();
    }
}
