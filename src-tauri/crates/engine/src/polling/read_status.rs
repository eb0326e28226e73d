//! Reads a run's status from SolveXia. Nothing of the run changes here.

use runwatch_core::error::{CallError, Trouble};
use runwatch_core::observation::RunObservation;
use runwatch_core::ports::SolveXia;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// The status as SolveXia shows it now.
    pub(super) async fn read_status(
        &self,
        api: &dyn SolveXia,
        tracked: &TrackedRun,
    ) -> Result<RunObservation, CallError> {
        let answer = api.run_status(&tracked.key.run).await;
        // An end from during a sleep may be read before the scheduler notices the sleep.
        self.notice_sleep();
        let answer = answer.and_then(|seen| of_this_run(seen, tracked));
        self.learn_from(&tracked.key.account, answer)
    }
}

/// An answer that names another run is never this run's state (docs/RULES.md, 12).
fn of_this_run(seen: RunObservation, tracked: &TrackedRun) -> Result<RunObservation, CallError> {
    if seen.run == tracked.key.run {
        return Ok(seen);
    }
    let message = format!("SolveXia answered for another run ({}).", seen.run);
    Err(CallError::unsent(Trouble::BadAnswer, message))
}
