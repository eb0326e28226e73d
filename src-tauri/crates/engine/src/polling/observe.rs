//! The pipeline of one status: read it, apply what came of that, react to what it changed.

use std::sync::Arc;

use runwatch_core::observation::RunObservation;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Reads a run's status and takes it in; that it could not be read, too.
    ///
    /// # Errors
    /// [`EngineError`] when it could not be read, or not be compared with the history.
    pub(crate) async fn observe(
        &self,
        tracked: &Arc<TrackedRun>,
    ) -> Result<RunObservation, EngineError> {
        let api = self.accounts.api(&tracked.key.account)?;
        match self.read_status(&*api, tracked).await {
            Ok(seen) => {
                let applied = self.apply_status(tracked, &seen).await?;
                self.react(tracked, applied).await;
                Ok(seen)
            }
            Err(error) => {
                let applied = self.apply_failure(tracked, &error);
                self.react_to_failure(tracked, applied).await;
                Err(error.into())
            }
        }
    }
}
