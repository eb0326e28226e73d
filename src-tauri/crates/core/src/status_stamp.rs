//! The part of a status answer by which one attempt is told from another.

use jiff::{SignedDuration, Timestamp};

use crate::observation::RunObservation;
use crate::status::RunStatus;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

/// What tells one attempt's answer from another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusStamp {
    /// The status.
    pub status: RunStatus,
    /// When it started.
    pub started: Option<Timestamp>,
    /// When it finished.
    pub finished: Option<Timestamp>,
}

impl StatusStamp {
    /// Of a run of which nothing else is known.
    pub fn not_started() -> Self {
        Self {
            status: RunStatus::NotStarted,
            started: None,
            finished: None,
        }
    }

    /// The stamp of an answer. What waits has not started: a date that it shows is that of its place in a queue.
    pub fn of(seen: &RunObservation) -> Self {
        let waits = matches!(seen.status, RunStatus::NotStarted | RunStatus::Scheduled);
        Self {
            status: seen.status.clone(),
            started: seen.started.filter(|_| !waits),
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
        self.status == other.status && self.has_dates_of(other)
    }

    /// The same, whatever the two statuses.
    pub(crate) fn has_dates_of(&self, other: &Self) -> bool {
        !differ(self.started, other.started) && !differ(self.finished, other.finished)
    }

    /// Whether this stamp shows another start than one before.
    pub(crate) fn started_after(&self, before: &Self) -> bool {
        differ(self.started, before.started)
    }

    /// This stamp with the dates of the other one where it has none itself.
    pub(crate) fn filled_from(self, other: &Self) -> Self {
        Self {
            started: self.started.or(other.started),
            finished: self.finished.or(other.finished),
            ..self
        }
    }
}

/// Whether two dates are of two moments. One may be written with more digits once it is known better.
fn differ(a: Option<Timestamp>, b: Option<Timestamp>) -> bool {
    let Some((a, b)) = a.zip(b) else {
        return false;
    };
    let is_rough = a.subsec_nanosecond() == 0 || b.subsec_nanosecond() == 0;
    a.duration_since(b).abs() >= if is_rough { SECOND } else { MILLISECOND }
}
