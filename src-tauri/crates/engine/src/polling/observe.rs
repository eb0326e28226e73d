//! The pipeline of one status: read it, apply what came of that, react to what it changed.

use std::sync::Arc;

use jiff::Timestamp;
use runwatch_core::error::CallError;
use runwatch_core::observation::RunObservation;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Reads a run's status and takes it in; that it could not be read, too. Gives way to an action, which
    /// reads it itself.
    ///
    /// # Errors
    /// [`EngineError`] when it could not be read, or not be compared with the history.
    pub(crate) async fn observe(
        &self,
        tracked: &Arc<TrackedRun>,
    ) -> Result<RunObservation, EngineError> {
        let api = self.accounts.api(&tracked.key.account)?;
        let asked = self.now();
        let answer = tokio::select! {
            biased;
            answer = self.read_status(&*api, tracked) => answer,
            () = tracked.action_waits() => return Err(EngineError::ActionFirst),
        };
        self.take_status(tracked, asked, answer).await
    }

    /// The same as a part of an action: it waits behind no other run.
    ///
    /// # Errors
    /// As [`Self::observe`].
    pub(crate) async fn observe_for_action(
        &self,
        tracked: &Arc<TrackedRun>,
    ) -> Result<RunObservation, EngineError> {
        let api = self.accounts.action_api(&tracked.key.account)?;
        let asked = self.now();
        let answer = self.read_status(&*api, tracked).await;
        self.take_status(tracked, asked, answer).await
    }

    async fn take_status(
        &self,
        tracked: &Arc<TrackedRun>,
        asked: Timestamp,
        answer: Result<RunObservation, CallError>,
    ) -> Result<RunObservation, EngineError> {
        match answer {
            Ok(seen) => {
                let applied = self.apply_status(tracked, &seen, asked).await?;
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
