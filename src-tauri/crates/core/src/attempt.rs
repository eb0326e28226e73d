//! The attempts of a run as seen from here, and when an ended answer counts
//! (docs/RULES.md, 3, 7 and 8).

use jiff::Timestamp;

use crate::observation::RunObservation;
use crate::outcome::Outcome;
use crate::server_dates::ServerDates;
use crate::status::RunStatus;
use crate::status_stamp::StatusStamp;
use crate::step_freshness::{Beginning, StepStarts, StepsBefore};
use crate::steps_read::StepsRead;
use crate::time::seconds_between;

/// How long an ended answer may repeat what was there before a start, in seconds (docs/RULES.md, 7).
pub const PROVING_SECONDS: i64 = 120;

/// Whether a start or restart from here, which is waited for since then, should have shown by now. A clock that was set
/// back does not make it wait for ever.
pub fn is_proving_over(since: Timestamp, now: Timestamp) -> bool {
    seconds_between(since, now).abs() >= PROVING_SECONDS
}

/// Where the present attempt stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Not ended, as far as is known.
    Going,
    /// Started or restarted here, and nothing but the old state was seen since.
    Proving {
        /// What was there before.
        baseline: StatusStamp,
        /// Since when it is waited for (UTC).
        since: Timestamp,
    },
    /// Ended; its outcome is not known yet.
    Pending {
        /// Since when its steps are read (UTC).
        since: Timestamp,
        /// It had ended at its first sight: its outcome is shown, not told.
        silent: bool,
    },
    /// Started or restarted here, never seen, and told as unverified: only the old end is there.
    Unseen,
    /// Ended, and its outcome is known.
    Ended {
        /// The outcome.
        outcome: Outcome,
        /// It was not told, as it had ended at its first sight.
        silent: bool,
    },
}

impl Phase {
    /// The outcome, once there is one.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Ended { outcome, .. } => Some(*outcome),
            Self::Unseen => Some(Outcome::Unverified),
            Self::Going | Self::Proving { .. } | Self::Pending { .. } => None,
        }
    }
}

/// A run's latest answer, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The latest answer.
    pub stamp: StatusStamp,
    /// Counted from 1 at first sight.
    pub number: u32,
    /// Where this attempt stands.
    pub phase: Phase,
    /// What its steps showed before it began.
    pub steps_before: StepsBefore,
    /// What its steps showed when it had ended; nothing before.
    pub step_starts: StepStarts,
    /// The steps that were read since it stands as it does now: no other one proves how it ended.
    pub steps_read: StepsRead,
    /// The attempt before it, where that had ended: what shows its end exactly is an old answer.
    pub ended_before: Option<Box<Self>>,
}

impl Attempt {
    /// A run's first attempt that is known here.
    pub fn first(stamp: StatusStamp, phase: Phase) -> Self {
        Self {
            stamp,
            number: 1,
            phase,
            steps_before: StepsBefore::default(),
            step_starts: StepStarts::default(),
            steps_read: StepsRead::default(),
            ended_before: None,
        }
    }

    /// Where this stamp is exactly the end of the attempt before: that one, as the present attempt does not exist
    /// and the answer that seemed to show it was an old one; or this one, if it was begun here, until it shows again.
    fn back_at_old_end(&self, stamp: &StatusStamp, now: Timestamp) -> Option<Self> {
        let has_dates = stamp.started.is_some() && stamp.finished.is_some();
        let before = self.ended_before.as_deref()?;
        if !has_dates || !before.stamp.same_as(stamp) {
            return None;
        }
        if self.steps_before.begun == Beginning::Elsewhere {
            return Some(before.clone());
        }
        if matches!(self.phase, Phase::Ended { .. }) {
            return Some(self.clone());
        }
        Some(Self {
            stamp: before.stamp.clone(),
            phase: Phase::Proving {
                baseline: before.stamp.clone(),
                since: now,
            },
            steps_read: StepsRead::default(),
            ..self.clone()
        })
    }

    fn snapshot_to_restore(&self) -> Option<Box<Self>> {
        let is_told = matches!(self.phase, Phase::Ended { .. });
        is_told.then(|| {
            Box::new(Self {
                ended_before: None,
                // Its steps may show the next attempt by the time that it is restored.
                steps_read: StepsRead::default(),
                ..self.clone()
            })
        })
    }

    fn steps_before_next(&self, begun: Beginning, now: Timestamp) -> StepsBefore {
        if self.stamp.status == RunStatus::NotStarted {
            return StepsBefore::nothing(begun);
        }
        StepsBefore::found(&self.step_starts, &self.steps_before, begun, now)
    }
}

/// What an answer changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptChange {
    /// Nothing.
    None,
    /// Its status or dates; or it was seen for the first time.
    Moved,
    /// A new attempt began.
    NewAttempt {
        /// The one before was going, or its outcome was still being read: how it ended was not seen.
        end_missed: bool,
    },
    /// No sign of the attempt that was asked for here: to be told as unverified.
    StartNeverSeen,
}

/// Takes an answer in. `before` is none at first sight; `now` is UTC by this computer's clock.
pub fn observe(
    before: Option<&Attempt>,
    seen: &RunObservation,
    now: Timestamp,
    dates: &ServerDates,
) -> (Attempt, AttemptChange) {
    let (mut attempt, change) = observe_here(before, seen, now);
    let ends_now = change != AttemptChange::None && matches!(attempt.phase, Phase::Pending { .. });
    if let Some(started) = attempt.stamp.started {
        attempt.steps_before.learn_zone(dates.zone_of(started));
    }
    if ends_now {
        let now_there = now.checked_add(dates.ahead).unwrap_or(now);
        let finished = attempt.stamp.finished;
        attempt.steps_before.learn_zone_by_end(finished, now_there);
    }
    (attempt, change)
}

fn observe_here(
    before: Option<&Attempt>,
    seen: &RunObservation,
    now: Timestamp,
) -> (Attempt, AttemptChange) {
    let stamp = StatusStamp::of(seen);
    let Some(before) = before else {
        let phase = if stamp.ended() {
            Phase::Pending {
                since: now,
                silent: true,
            }
        } else {
            Phase::Going
        };
        return (Attempt::first(stamp, phase), AttemptChange::Moved);
    };
    if let Phase::Proving { baseline, since } = &before.phase {
        return prove(before, baseline, *since, stamp, now);
    }
    if before.phase != Phase::Unseen
        && let Some(old) = before.back_at_old_end(&stamp, now)
    {
        return (old, AttemptChange::Moved);
    }
    let same = stamp.same_as(&before.stamp);
    let was_over = before.stamp.ended();
    let changed_dates = stamp.status == before.stamp.status && !same;
    // The word of its end was not understood before: it is judged anew.
    let is_renamed = matches!(before.stamp.status, RunStatus::Unknown(_))
        && was_over
        && stamp.ended()
        && stamp.has_dates_of(&before.stamp)
        && !changed_dates;
    let new_attempt =
        !is_renamed && (changed_dates || (was_over && !same) || stamp.started_after(&before.stamp));
    let number = before.number + u32::from(new_attempt);
    let phase = match (&before.phase, stamp.ended()) {
        (phase, _) if same => phase.clone(),
        // It was told: what is found now corrects that.
        (Phase::Ended { .. }, true) if is_renamed => before.phase.clone(),
        (Phase::Pending { silent, .. }, true) if is_renamed => Phase::Pending {
            since: now,
            silent: *silent,
        },
        (_, false) => Phase::Going,
        (_, true) => Phase::Pending {
            since: now,
            silent: false,
        },
    };
    let end_missed = match &before.phase {
        Phase::Pending { silent, .. } => !silent,
        phase => *phase == Phase::Going,
    };
    let change = match new_attempt {
        true => AttemptChange::NewAttempt { end_missed },
        false if same => AttemptChange::None,
        false => AttemptChange::Moved,
    };
    let (steps_before, step_starts, ended_before) = match new_attempt {
        true => (
            before.steps_before_next(Beginning::Elsewhere, now),
            StepStarts::default(),
            before.snapshot_to_restore(),
        ),
        false => (
            before.steps_before.clone(),
            before.step_starts.clone(),
            before.ended_before.clone(),
        ),
    };
    let steps_read = match same {
        true => before.steps_read.clone(),
        false => StepsRead::default(),
    };
    // SolveXia drops the start date of a run that waits again; keep the old one to recognise a new
    // start.
    let stamp = match new_attempt {
        true => stamp,
        false => stamp.filled_from(&before.stamp),
    };
    (
        Attempt {
            stamp,
            number,
            phase,
            steps_before,
            step_starts,
            steps_read,
            ended_before,
        },
        change,
    )
}

fn prove(
    before: &Attempt,
    baseline: &StatusStamp,
    since: Timestamp,
    stamp: StatusStamp,
    now: Timestamp,
) -> (Attempt, AttemptChange) {
    let number = before.number;
    if !stamp.same_as(baseline) {
        let phase = if stamp.ended() {
            Phase::Pending {
                since: now,
                silent: false,
            }
        } else {
            Phase::Going
        };
        return (
            Attempt {
                stamp,
                number,
                phase,
                steps_before: before.steps_before.clone(),
                step_starts: before.step_starts.clone(),
                steps_read: StepsRead::default(),
                ended_before: before.ended_before.clone(),
            },
            AttemptChange::Moved,
        );
    }
    let overdue = stamp.ended() && is_proving_over(since, now);
    let change = if overdue {
        AttemptChange::StartNeverSeen
    } else {
        AttemptChange::None
    };
    (
        Attempt {
            stamp: stamp.filled_from(baseline),
            ..before.clone()
        },
        change,
    )
}

/// The attempt while a start or restart from here is on its way (docs/RULES.md, 7). What had not started
/// yet is still the same attempt.
pub fn begin_here(before: &Attempt, begun: Beginning, now: Timestamp) -> Attempt {
    let is_new = before.stamp.status != RunStatus::NotStarted;
    Attempt {
        stamp: before.stamp.clone(),
        number: before.number + u32::from(is_new),
        phase: Phase::Proving {
            baseline: before.stamp.clone(),
            since: now,
        },
        steps_before: before.steps_before_next(begun, now),
        step_starts: StepStarts::default(),
        steps_read: StepsRead::default(),
        ended_before: before.snapshot_to_restore(),
    }
}

#[cfg(test)]
#[path = "attempt_tests.rs"]
mod tests;
