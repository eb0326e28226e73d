//! Which steps the latest read of an attempt brought: what others are shown as may be of the attempt before.

use std::collections::BTreeSet;

use crate::ids::StepId;
use crate::observation::Step;
use crate::step_freshness::StepStarts;

/// The steps that the latest read brought, since the attempt stands as it does now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepsRead(pub BTreeSet<StepId>);

impl StepsRead {
    /// Those of a list that were read.
    pub fn of(listed: &[Step]) -> Self {
        let read = listed.iter().filter(|step| step.seen.is_some());
        Self(read.map(|step| step.id.clone()).collect())
    }

    /// One step was read by itself.
    pub fn add(&mut self, step: StepId) {
        self.0.insert(step);
    }

    /// The same after a later read that brought these. Of a good end (`is_good`) all steps were read, and stay known.
    pub fn after(&self, brought: Self, is_good: bool) -> Self {
        if !is_good {
            return brought;
        }
        Self(self.0.union(&brought.0).cloned().collect())
    }

    /// The steps as that read showed them: what it did not bring is unread.
    pub fn only(&self, shown: &[Step]) -> Vec<Step> {
        let mut steps = shown.to_vec();
        for step in steps.iter_mut().filter(|step| !self.0.contains(&step.id)) {
            step.seen = None;
        }
        steps
    }
}

/// When the steps began of an attempt that has ended, as its latest read showed them; nothing where that left out one
/// that counts: nobody knows then what the next attempt finds.
pub fn starts_at_end(read: &[Step]) -> StepStarts {
    match all_known(read) {
        true => StepStarts::of(read),
        false => StepStarts::default(),
    }
}

/// Whether each step that counts was read.
pub fn all_known(read: &[Step]) -> bool {
    let mut counted = read.iter().filter(|step| step.counts());
    counted.all(|step| step.seen.is_some())
}
