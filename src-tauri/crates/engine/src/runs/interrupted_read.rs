//! A read of an ended run's steps that came to no end, as where a host answers so many requests a minute: the next one
//! goes on with what is left.

use jiff::Timestamp;
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::observation::{Listing, Step};
use runwatch_core::outcome::Verdict;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::step_freshness::judge_attempt;

/// What a read that was interrupted brought of an end.
#[derive(Debug, Clone)]
pub(crate) struct InterruptedRead {
    attempt: u32,
    stamp: StatusStamp,
    /// None where their list could not be read.
    steps: Option<Listing<Step>>,
}

impl InterruptedRead {
    /// Of this attempt.
    pub fn new(attempt: &Attempt, steps: Option<Listing<Step>>) -> Self {
        Self {
            attempt: attempt.number,
            stamp: attempt.stamp.clone(),
            steps,
        }
    }

    /// Whether the end that is awaited is still the same.
    pub fn is_of(&self, attempt: &Attempt) -> bool {
        let is_awaited = matches!(attempt.phase, Phase::Pending { .. });
        is_awaited && self.attempt == attempt.number && self.stamp.same_as(&attempt.stamp)
    }

    /// How it ended, by what was read.
    pub fn verdict(&self, attempt: &Attempt, now: Timestamp) -> Verdict {
        let steps = self.steps.as_ref();
        judge_attempt(&attempt.stamp, steps, &attempt.steps_before, now)
    }

    /// The steps that need not be read again: they are over, and showed this attempt.
    pub fn steps_done(&self, attempt: &Attempt, now: Timestamp) -> Vec<Step> {
        let before = &attempt.steps_before;
        let read = self.steps.as_ref().filter(|_| !before.may_lag(now));
        let steps = read.map_or(&[][..], |read| &read.entries);
        let stale = before.stale(steps, attempt.stamp.started);
        let is_over = |step: &&Step| step.seen.as_ref().is_some_and(|seen| seen.status.is_over());
        let done = steps.iter().filter(is_over);
        done.filter(|step| !stale.contains(step)).cloned().collect()
    }
}
