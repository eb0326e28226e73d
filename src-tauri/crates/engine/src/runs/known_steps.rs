//! What is known of the steps of a run’s attempt, beside what they are shown as.

use jiff::Timestamp;
use runwatch_core::attempt::Attempt;
use runwatch_core::observation::Step;
use runwatch_core::outcome::{Outcome, Verdict};
use runwatch_core::steps_read::StepsRead;

use crate::runs::interrupted_read::InterruptedRead;
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

    /// The end that is awaited, as what an interrupted read brought of it proves it.
    pub(crate) fn interrupted_verdict(&self, now: Timestamp) -> Option<Verdict> {
        let (attempt, read) = self.interrupted_read()?;
        Some(read.verdict(attempt, now))
    }

    /// The steps of the end that is awaited that an interrupted read has brought for good.
    pub(crate) fn steps_done(&self, now: Timestamp) -> Vec<Step> {
        let read = self.interrupted_read();
        read.map_or_else(Vec::new, |(attempt, read)| read.steps_done(attempt, now))
    }

    fn interrupted_read(&self) -> Option<(&Attempt, &InterruptedRead)> {
        let attempt = self.run.attempt.as_ref()?;
        let read = self.interrupted.as_ref()?;
        read.is_of(attempt).then_some((attempt, read))
    }

    /// From now on these steps of its attempt are known.
    pub(crate) fn has_read(&mut self, read: StepsRead) {
        if let Some(attempt) = &mut self.run.attempt {
            attempt.steps_read = read;
        }
    }
}
