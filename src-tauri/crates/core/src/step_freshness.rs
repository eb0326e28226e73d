//! Steps that still show what they were in the attempt before: they prove nothing of this one.
//!
//! A restart from the third step leaves the first two as they were, rightly so; but until SolveXia has
//! caught up, the others may show their old success as well. What tells them apart is when they
//! started: a step that shows the same start as before has not run in this attempt, and must have if
//! it comes at or after the step that was restarted from, or after any step that has run.
//!
//! Of an attempt that was not begun here nobody knows what was before it: another one may have come
//! and gone unseen. Its steps must also have started with the run. SolveXia writes the dates of runs
//! without their zone, so that they are compared only where it is known: by `date_zone`, or as the date of
//! the end was about the moment at which it was seen. Where an attempt was overtaken before
//! its steps were read, SolveXia is also given the time that it may take to catch up (docs/RULES.md, 2),
//! and what does not show a later start then stays unverified.

use jiff::{SignedDuration, Timestamp};

use crate::ids::StepId;
use crate::judge::judge;
use crate::observation::{Listing, Step, StepObservation};
use crate::outcome::{Judgement, PROOF_SECONDS, Verdict};
use crate::status::{RunStatus, StepStatus};
use crate::status_stamp::StatusStamp;
use crate::step_order::StepOrder;
use crate::time::seconds_between;
use crate::words::outcomes as because;

/// When the steps of an attempt began, as they showed it once it had ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepStarts(pub Vec<(StepId, Timestamp)>);

impl StepStarts {
    /// Of these steps, read when it was certain that they showed that attempt.
    pub fn of(steps: &[Step]) -> Self {
        let trace = |step: &Step| Some((step.id.clone(), dated(step)?));
        Self(steps.iter().filter_map(trace).collect())
    }
}

/// What the steps showed before this attempt began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepsBefore {
    /// When they had begun.
    pub shown: StepStarts,
    /// What this attempt began with.
    pub begun: Beginning,
    /// The attempt before left nothing to compare with, and this one was first seen then (UTC).
    pub unsure_since: Option<Timestamp>,
    /// By how much the date of this run's start, read as UTC, is ahead of UTC; none while that is not known.
    pub zone: Option<SignedDuration>,
}

/// The date of an end is this near to the moment (seconds) at which it was seen, or its zone is not
/// what it is taken for: two zones are a quarter of an hour apart at least.
const SAME_ZONE_SECONDS: i64 = 7 * 60;
/// A step may show a start that is this much before its run's, as both are written down separately.
const LEEWAY: SignedDuration = SignedDuration::from_secs(5);

/// What an attempt began with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Beginning {
    /// Nobody knows: it was not begun here.
    #[default]
    Elsewhere,
    /// All its steps: it was started here.
    Whole,
    /// This step and all after it: it was restarted here.
    From(StepId),
}

impl StepsBefore {
    /// What the steps show when a new attempt begins: the starts that the attempt before left. Where
    /// the attempt before was overtaken, nobody knows what it left; then what it found itself counts.
    pub fn found(left: &StepStarts, before: &Self, begun: Beginning, now: Timestamp) -> Self {
        let unsure = left.0.is_empty();
        let shown = if unsure { &before.shown } else { left };
        Self {
            shown: shown.clone(),
            begun,
            unsure_since: unsure.then_some(now),
            zone: None,
        }
    }

    /// The attempt shows its start, and its environment's zone is known to be this one. What was known at
    /// the start counts: the clocks may change before the end.
    pub fn learn_zone(&mut self, zone: Option<SignedDuration>) {
        self.zone = self.zone.or(zone);
    }

    /// The end of the attempt is seen, which shows this date; where it is that of now, dates are in UTC.
    pub fn learn_zone_by_end(&mut self, finished: Option<Timestamp>, now: Timestamp) {
        let near = |at| seconds_between(at, now).abs() <= SAME_ZONE_SECONDS;
        let utc = finished.is_some_and(near).then_some(SignedDuration::ZERO);
        self.learn_zone(utc);
    }

    /// What an attempt that begins so finds where none has run before it.
    pub fn nothing(begun: Beginning) -> Self {
        Self {
            begun,
            ..Self::default()
        }
    }

    /// Whether steps may still show an attempt that nobody read. A clock that was set back makes
    /// nobody wait longer.
    pub fn may_lag(&self, now: Timestamp) -> bool {
        self.unsure_since
            .is_some_and(|since| seconds_between(since, now).abs() < PROOF_SECONDS)
    }

    /// The steps that must have run in this attempt, which began then, and do not show it yet, in
    /// order.
    pub fn stale<'a>(&self, steps: &'a [Step], began: Option<Timestamp>) -> Vec<&'a Step> {
        let counted = || steps.iter().filter(|step| step.counts());
        let is_fresh = |step: &Step| self.is_fresh(step, began);
        let is_old = |step: &&Step| dated(step).is_some() && !is_fresh(step);
        let old: Vec<&Step> = counted().filter(is_old).collect();
        let fresh = counted().filter(|step| is_fresh(step));
        let first_fresh = fresh.filter_map(|step| step.order.as_ref()).min();
        let must_have_run = |step: &Step| match &self.begun {
            Beginning::Whole => true,
            Beginning::From(from) if step.id == *from => true,
            Beginning::From(from) => after(step, first_fresh) || after(step, order_of(steps, from)),
            Beginning::Elsewhere => after(step, first_fresh),
        };
        let nothing_ran = !counted().any(is_fresh);
        let stale = old.into_iter();
        stale
            .filter(|step| nothing_ran || must_have_run(step))
            .collect()
    }

    fn is_fresh(&self, step: &Step, began: Option<Timestamp>) -> bool {
        // None where it has no start, or one of a zone that is not known.
        let began = began.zip(self.zone).map(|(at, zone)| at - zone);
        let is_later = |seen: Timestamp| match began {
            began if self.unsure_since.is_some() => began.is_some_and(|at| seen >= at),
            Some(at) if self.begun == Beginning::Elsewhere => seen + LEEWAY >= at,
            _ => true,
        };
        dated(step).is_some_and(|seen| Some(seen) != self.date_of(step) && is_later(seen))
    }

    fn date_of(&self, step: &Step) -> Option<Timestamp> {
        let shown = self.shown.0.iter().find(|(id, _)| *id == step.id);
        shown.map(|(_, date)| *date)
    }
}

fn dated(step: &Step) -> Option<Timestamp> {
    step.seen.as_ref().and_then(date)
}

fn date(seen: &StepObservation) -> Option<Timestamp> {
    seen.started.or(seen.finished)
}

fn order_of<'a>(steps: &'a [Step], id: &StepId) -> Option<&'a StepOrder> {
    steps.iter().find(|step| step.id == *id)?.order.as_ref()
}

fn after(step: &Step, order: Option<&StepOrder>) -> bool {
    step.order
        .as_ref()
        .zip(order)
        .is_some_and(|(step, order)| step > order)
}

/// Judges an ended run by the steps of this attempt alone.
pub fn judge_attempt(
    stamp: &StatusStamp,
    steps: Option<&Listing<Step>>,
    earlier: &StepsBefore,
    now: Timestamp,
) -> Verdict {
    let verdict = judge(&stamp.status, steps);
    let (RunStatus::Finished, Some(Listing { entries: steps, .. })) = (&stamp.status, steps) else {
        return verdict;
    };
    if earlier.may_lag(now) {
        return read_again(because::steps_may_lag());
    }
    let stale = earlier.stale(steps, stamp.started);
    let Some(first) = stale.first() else {
        return verdict;
    };
    let broke_now = steps
        .iter()
        .any(|step| step.counts() && is_broken(step) && !stale.contains(&step));
    if broke_now {
        return verdict;
    }
    let word = first.seen.as_ref().map_or("", |seen| seen.status.word());
    read_again(because::step_is_shown_as_before(&first.name, word))
}

fn read_again(because: String) -> Verdict {
    Verdict::ReadAgain(Judgement::unverified(because))
}

fn is_broken(step: &Step) -> bool {
    let status = step.seen.as_ref().map(|seen| &seen.status);
    matches!(status, Some(StepStatus::Failed | StepStatus::Cancelled))
}

#[cfg(test)]
#[path = "step_freshness_tests.rs"]
mod tests;
