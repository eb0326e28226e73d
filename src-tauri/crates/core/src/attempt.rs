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
}

impl Course {
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

/// Takes an answer in. `before` is none at first sight; `now` is UTC.
pub fn observe(before: Option<&Course>, seen: &RunObservation, now: Timestamp) -> (Course, Change) {
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
            },
            Change::Moved,
        );
    };
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
    let (earlier, left) = match new_attempt {
        true => (
            before.found_by_next(Begun::Elsewhere, now),
            Traces::default(),
        ),
        false => (before.earlier.clone(), before.left.clone()),
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
    }
}

/// Whole seconds from one moment to another; negative when the clock went back.
pub fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RunId;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn seen(word: &str, started: Option<i64>, finished: Option<i64>) -> RunObservation {
        RunObservation {
            run: RunId::parse("pr-1").unwrap(),
            status: RunStatus::from_word(word),
            started: started.map(at),
            finished: finished.map(at),
            duration_seconds: None,
        }
    }

    /// The course after a row of answers, and what the last one changed.
    fn after(answers: &[RunObservation]) -> (Course, Change) {
        let mut course: Option<Course> = None;
        let mut change = Change::None;
        for answer in answers {
            let (next, what) = observe(course.as_ref(), answer, at(50));
            (course, change) = (Some(next), what);
        }
        (course.unwrap(), change)
    }

    fn told(course: Course, outcome: Outcome) -> Course {
        Course {
            phase: Phase::Ended {
                outcome,
                silent: false,
            },
            ..course
        }
    }

    fn begin(before: &Course, now: Timestamp) -> Course {
        begin_here(before, Begun::Whole, now)
    }

    #[test]
    fn rule_8_a_run_that_had_ended_at_its_first_sight_is_silent() {
        let (course, _) = after(&[seen("Finished", Some(1), Some(9))]);
        assert!(matches!(course.phase, Phase::Pending { silent: true, .. }));
    }

    #[test]
    fn a_watched_end_is_pending_until_its_steps_are_read() {
        let (course, change) = after(&[
            seen("Running", Some(1), None),
            seen("Finished", Some(1), Some(9)),
        ]);
        assert!(matches!(course.phase, Phase::Pending { silent: false, .. }));
        assert_eq!((course.attempt, change), (1, Change::Moved));
    }

    #[test]
    fn rule_3_an_unheard_of_status_ends_only_with_an_end_date() {
        let (going, _) = after(&[
            seen("Running", Some(1), None),
            seen("Paused", Some(1), None),
        ]);
        assert_eq!(going.phase, Phase::Going);
        let (over, _) = after(&[
            seen("Running", Some(1), None),
            seen("Archived", Some(1), Some(9)),
        ]);
        assert!(matches!(over.phase, Phase::Pending { .. }));
    }

    #[test]
    fn rule_7_a_date_that_is_filled_in_later_is_no_new_attempt() {
        let (course, change) = after(&[
            seen("Running", Some(1), None),
            seen("Cancelled", None, None),
            seen("Cancelled", Some(1), Some(9)),
        ]);
        assert_eq!((course.attempt, change), (1, Change::None));
        assert_eq!(course.stamp.finished, Some(at(9)));
    }

    #[test]
    fn rule_7_a_move_from_ended_to_not_ended_and_changed_dates_begin_a_new_attempt() {
        let (ended, _) = after(&[
            seen("Running", Some(1), None),
            seen("Finished", Some(1), Some(9)),
        ]);
        let ended = told(ended, Outcome::Succeeded);
        let (again, change) = observe(Some(&ended), &seen("Running", Some(20), None), at(50));
        assert_eq!(
            (again.attempt, again.phase, change),
            (2, Phase::Going, Change::NewAttempt { lost: false })
        );
        let (missed, change) = observe(Some(&ended), &seen("Finished", Some(20), Some(30)), at(50));
        assert!(matches!(missed.phase, Phase::Pending { silent: false, .. }));
        assert_eq!(
            (missed.attempt, change),
            (2, Change::NewAttempt { lost: false })
        );
    }

    #[test]
    fn an_end_that_was_overtaken_before_its_steps_were_read_is_not_forgotten() {
        let (_, change) = after(&[
            seen("Running", Some(1), None),
            seen("Finished", Some(1), Some(9)),
            seen("Running", Some(20), None),
        ]);
        assert_eq!(change, Change::NewAttempt { lost: true });
    }

    #[test]
    fn an_end_that_nobody_saw_before_the_next_start_is_not_forgotten() {
        let lost = Change::NewAttempt { lost: true };
        let went = seen("Running", Some(1), None);
        let waits = seen("Scheduled", None, None);
        for next in [
            seen("Running", Some(20), None),
            seen("Finished", Some(20), Some(30)),
        ] {
            let (course, change) = after(&[went.clone(), next.clone()]);
            assert_eq!((course.attempt, change), (2, lost));
            let (course, change) = after(&[went.clone(), waits.clone(), next]);
            assert_eq!((course.attempt, change), (2, lost));
        }
        let (course, change) = after(&[went.clone(), waits, went]);
        assert_eq!((course.attempt, change), (1, Change::Moved));
    }

    #[test]
    fn a_start_that_is_written_with_more_digits_is_no_other_start() {
        let rough = seen("Running", Some(1), None);
        let mut fine = seen("Finished", Some(1), Some(9));
        fine.started = fine.started.map(|at| at + SignedDuration::from_millis(923));
        let (course, change) = after(&[rough, fine]);
        assert_eq!((course.attempt, change), (1, Change::Moved));
    }

    #[test]
    fn rule_7_after_a_start_here_the_old_end_proves_nothing_and_after_2_minutes_is_unproven() {
        let old = seen("Finished", Some(1), Some(9));
        let (course, _) = after(std::slice::from_ref(&old));
        let proving = begin(&told(course, Outcome::Succeeded), at(100));
        let (still, change) = observe(Some(&proving), &old, at(219));
        assert!(matches!(still.phase, Phase::Proving { .. }));
        assert_eq!(change, Change::None);
        let (_, change) = observe(Some(&proving), &old, at(220));
        assert_eq!(change, Change::Unproven);
        let (moved, _) = observe(
            Some(&proving),
            &seen("Finished", Some(101), Some(103)),
            at(105),
        );
        assert!(matches!(moved.phase, Phase::Pending { silent: false, .. }));
        let (moved, _) = observe(Some(&proving), &seen("Scheduled", None, None), at(105));
        assert_eq!((moved.phase, moved.attempt), (Phase::Going, 2));
    }

    #[test]
    fn a_first_start_that_does_not_show_stays_in_proof() {
        let idle = seen("NotStarted", None, None);
        let (course, _) = after(std::slice::from_ref(&idle));
        let (still, change) = observe(Some(&begin(&course, at(0))), &idle, at(900));
        assert!(matches!(still.phase, Phase::Proving { .. }));
        assert_eq!(change, Change::None);
    }
}
