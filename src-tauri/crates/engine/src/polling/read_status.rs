//! Reads a run's status from SolveXia, and takes in that it could not be read.

use runwatch_core::error::{CallError, Trouble};
use runwatch_core::observation::RunObservation;
use runwatch_core::outage::Visibility;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// The status as SolveXia shows it now. Nothing of the run changes by a good answer.
    pub(super) async fn read_status(
        &self,
        tracked: &TrackedRun,
    ) -> Result<RunObservation, EngineError> {
        let account = &tracked.key.account;
        let answer = self
            .accounts
            .api(account)?
            .run_status(&tracked.key.run)
            .await;
        // What ended while the computer slept may be seen before the scheduler has woken up.
        self.notice_sleep();
        let answer = answer.and_then(|seen| of_this_run(seen, tracked));
        match self.learn_from(account, answer) {
            Ok(seen) => Ok(seen),
            Err(error) => {
                self.status_unread(tracked, &error).await;
                Err(error.into())
            }
        }
    }

    async fn status_unread(&self, tracked: &TrackedRun, error: &CallError) {
        let missing = |error: &CallError| error.trouble == Trouble::NotFound;
        let gone = tracked.update(|state| {
            // Once may be a slip.
            let again = state.problem.as_ref().is_some_and(missing) && missing(error);
            state.problem = Some(error.clone());
            state.failures += 1;
            state.visibility = Visibility::Unreadable;
            let tell = again && !state.gone && state.awaited();
            state.gone |= again;
            tell
        });
        self.runs.changed(&tracked.key);
        if gone {
            self.tell_gone(tracked).await;
        }
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
