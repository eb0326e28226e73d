//! What is known of the steps of a run’s attempt, beside what they are shown as.

use runwatch_core::observation::Step;
use runwatch_core::outcome::Outcome;
use runwatch_core::steps_read::StepsRead;

use crate::runs::tracked_run::TrackedState;

impl TrackedState {
    /// Its steps, as the latest read of its attempt showed them: what is shown of others proves nothing of it.
    pub(crate) fn steps_read(&self) -> Vec<Step> {
        self.known_steps().only(&self.steps)
    }

    /// Which steps of its attempt are known.
    pub(crate) fn known_steps(&self) -> StepsRead {
        let attempt = self.run.attempt.as_ref();
        attempt.map_or_else(StepsRead::default, |attempt| attempt.steps_read.clone())
    }

    /// The same once a read of all of them has brought these.
    pub(crate) fn known_after(&self, brought: StepsRead) -> StepsRead {
        let is_good = self.run.outcome().is_some_and(Outcome::is_success);
        self.known_steps().after(brought, is_good)
    }

    /// From now on these steps of its attempt are known.
    pub(crate) fn has_read(&mut self, read: StepsRead) {
        if let Some(attempt) = &mut self.run.attempt {
            attempt.steps_read = read;
        }
    }
}
