//! What was learned of a run's process, as a forecast for the run.

use runwatch_core::forecast::{Forecast, forecast};
use runwatch_core::ids::RunKey;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::process_of;
use crate::runs::tracked_run::TrackedState;

impl Engine {
    /// What earlier runs say about a run of the list, by this computer's clock.
    ///
    /// # Errors
    /// [`EngineError::NoSuchRun`].
    pub fn forecast(&self, key: &RunKey) -> Result<Forecast, EngineError> {
        let dates = self.server_dates(&key.account);
        let state = self.runs.get(key)?.state().by_this_clock(&dates);
        Ok(self.forecast_of(&state))
    }

    /// The same for a run whose state is at hand, by this computer's clock.
    pub fn forecast_of(&self, state: &TrackedState) -> Forecast {
        let dates = self.server_dates(&state.run.key.account);
        // No end is expected of a run that SolveXia does not have any more.
        let model = self.durations.model(&state.run).filter(|_| !state.gone);
        let samples = process_of(&state.run)
            .map_or_else(Vec::new, |process| self.durations.samples(&process))
            .into_iter()
            .map(|sample| sample.by_this_clock(&dates))
            .collect::<Vec<_>>();
        let (run, steps) = (&state.run, &state.steps);
        forecast(run, steps, model.as_deref(), &samples, self.now())
    }
}
