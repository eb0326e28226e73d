//! The course of a run as seen from here: attempts, and when an ended answer counts
//! (`rules.md`, 3, 7 and 8).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::earlier::{Begun, Earlier, Traces};
use crate::observation::RunObservation;
use crate::outcome::Outcome;
use crate::status::RunStatus;

/// How long an ended answer may repeat what was there before a start, in seconds (`rules.md`, 7).
pub const PROVING_SECONDS: i64 = 120;
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// What tells one attempt's answer from another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The status.
    pub status: RunStatus,
    /// When it started.
    pub started: Option<Timestamp>,
    /// When it finished.
    pub finished: Option<Timestamp>,
}

impl Stamp {
    /// The stamp of an answer.
    pub fn of(seen: &RunObservation) -> Self {
        Self {
            status: seen.status.clone(),
            started: seen.started,
            finished: seen.finished,
        }
    }

    /// Whether this is a status of an ended run.
    pub fn ended(&self) -> bool {
        match self.status {
            RunStatus::Finished | RunStatus::Cancelled | RunStatus::TimedOut => true,
            RunStatus::NotStarted | RunStatus::Scheduled | RunStatus::Running => false,
            RunStatus::Unknown(_) => self.finished.is_some(),
        }
    }

    /// Whether two stamps speak of the same attempt. A date that one of them leaves out proves no
    /// change: SolveXia's answer to Cancel has none, its later answers do.
    pub fn same_as(&self, other: &Self) -> bool {
        let agree =
            |a: Option<Timestamp>, b: Option<Timestamp>| a.is_none() || b.is_none() || a == b;
        self.status == other.status
            && agree(self.started, other.started)
            && agree(self.finished, other.finished)
    }

    /// Whether this stamp shows another start than one before. It is looked at to the second: a date
    /// may be written with more digits once it is known better.
    fn started_after(&self, before: &Self) -> bool {
        let starts = self.started.zip(before.started);
        starts.is_some_and(|(now, then)| now.duration_since(then).abs() >= SECOND)
    }

    /// This stamp with the dates of the other one where it has none itself.
    fn filled_from(self, other: &Self) -> Self {
        Self {
            started: self.started.or(other.started),
            finished: self.finished.or(other.finished),
            ..self
        }
    }
}

/// Where the present attempt stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Not ended, as far as is known.
    Going,
    /// Started or restarted here, and nothing but the old state was seen since.
    Proving {
        /// What was there before.
        baseline: Stamp,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// The latest answer.
    pub stamp: Stamp,
    /// Counted from 1 at first sight.
    pub attempt: u32,
    /// Where this attempt stands.
    pub phase: Phase,
    /// What its steps showed before it began.
    #[serde(default)]
    pub earlier: Earlier,
    /// What its steps showed when it had ended; nothing before.
    #[serde(default)]
    pub left: Traces,
    /// The attempt before it, where that had ended and this one was begun elsewhere.
    #[serde(default)]
    pub ended_before: Option<Box<Self>>,
}

impl Course {
    /// The attempt before, if this stamp is its end, to the moment: the present one never was, and an
    /// answer in between was old.
    fn back_at_old_end(&self, stamp: &Stamp) -> Option<Self> {
        let has_dates = stamp.started.is_some() && stamp.finished.is_some();
        let before = self.ended_before.as_deref()?;
        (has_dates && before.stamp == *stamp).then(|| before.clone())
    }

    fn to_go_back_to(&self) -> Option<Box<Self>> {
        let is_told = matches!(self.phase, Phase::Ended { .. });
        is_told.then(|| {
            Box::new(Self {
                ended_before: None,
                ..self.clone()
            })
        })
    }

    fn found_by_next(&self, begun: Begun, now: Timestamp) -> Earlier {
        if self.stamp.status == RunStatus::NotStarted {
            return Earlier::nothing(begun);
        }
        Earlier::found(&self.left, &self.earlier, begun, now)
    }
}

/// What an answer changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// Its status or dates; or it was seen for the first time.
    Moved,
    /// A new attempt began.
    NewAttempt {
        /// The one before was going, or its outcome was still being read: how it ended was not seen.
        lost: bool,
    },
    /// No sign of the attempt that was asked for here: to be told as unverified.
    Unproven,
}

/// Takes an answer in. `before` is none at first sight; `now` is UTC by this computer's clock, which is
/// behind SolveXia's by `ahead`.
pub fn observe(
    before: Option<&Course>,
    seen: &RunObservation,
    now: Timestamp,
    ahead: SignedDuration,
) -> (Course, Change) {
    let (mut course, change) = observe_here(before, seen, now);
    let ends_now = change != Change::None && matches!(course.phase, Phase::Pending { .. });
    if ends_now {
        let now_there = now.checked_add(ahead).unwrap_or(now);
        course.earlier = course.earlier.at_end(course.stamp.finished, now_there);
    }
    (course, change)
}

fn observe_here(
    before: Option<&Course>,
    seen: &RunObservation,
    now: Timestamp,
) -> (Course, Change) {
    let stamp = Stamp::of(seen);
    let Some(before) = before else {
        let phase = if stamp.ended() {
            Phase::Pending {
                since: now,
                silent: true,
            }
        } else {
            Phase::Going
        };
        return (
            Course {
                stamp,
                attempt: 1,
                phase,
                earlier: Earlier::default(),
                left: Traces::default(),
                ended_before: None,
            },
            Change::Moved,
        );
    };
    if let Some(old) = before.back_at_old_end(&stamp) {
        return (old, Change::Moved);
    }
    if let Phase::Proving { baseline, since } = &before.phase {
        return prove(before, baseline, *since, stamp, now);
    }
    let same = stamp.same_as(&before.stamp);
    let was_over = before.stamp.ended();
    let changed_dates = stamp.status == before.stamp.status && !same;
    let new_attempt = changed_dates || (was_over && !same) || stamp.started_after(&before.stamp);
    let attempt = before.attempt + u32::from(new_attempt);
    let phase = match (&before.phase, stamp.ended()) {
        (phase, _) if same => phase.clone(),
        (_, false) => Phase::Going,
        (_, true) => Phase::Pending {
            since: now,
            silent: false,
        },
    };
    let lost = match &before.phase {
        Phase::Pending { silent, .. } => !silent,
        phase => *phase == Phase::Going,
    };
    let change = match new_attempt {
        true => Change::NewAttempt { lost },
        false if same => Change::None,
        false => Change::Moved,
    };
    let (earlier, left, ended_before) = match new_attempt {
        true => (
            before.found_by_next(Begun::Elsewhere, now),
            Traces::default(),
            before.to_go_back_to(),
        ),
        false => (
            before.earlier.clone(),
            before.left.clone(),
            before.ended_before.clone(),
        ),
    };
    // A run that waits again after it went shows no start: the one that it had tells a later one.
    let stamp = match new_attempt {
        true => stamp,
        false => stamp.filled_from(&before.stamp),
    };
    (
        Course {
            stamp,
            attempt,
            phase,
            earlier,
            left,
            ended_before,
        },
        change,
    )
}

fn prove(
    before: &Course,
    baseline: &Stamp,
    since: Timestamp,
    stamp: Stamp,
    now: Timestamp,
) -> (Course, Change) {
    let attempt = before.attempt;
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
            Course {
                stamp,
                attempt,
                phase,
                earlier: before.earlier.clone(),
                left: before.left.clone(),
                ended_before: None,
            },
            Change::Moved,
        );
    }
    // A clock that was set back does not make it wait for ever.
    let overdue = stamp.ended() && seconds_between(since, now).abs() >= PROVING_SECONDS;
    let change = if overdue {
        Change::Unproven
    } else {
        Change::None
    };
    (
        Course {
            stamp: stamp.filled_from(baseline),
            ..before.clone()
        },
        change,
    )
}

/// The course while a start or restart from here is on its way (`rules.md`, 7). What had not started
/// yet is still the same attempt.
pub fn begin_here(before: &Course, begun: Begun, now: Timestamp) -> Course {
    let is_new = before.stamp.status != RunStatus::NotStarted;
    Course {
        stamp: before.stamp.clone(),
        attempt: before.attempt + u32::from(is_new),
        phase: Phase::Proving {
            baseline: before.stamp.clone(),
            since: now,
        },
        earlier: before.found_by_next(begun, now),
        left: Traces::default(),
        ended_before: None,
    }
}

/// Whole seconds from one moment to another; negative when the clock went back.
pub fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

#[cfg(test)]
#[path = "attempt_tests.rs"]
mod tests;
