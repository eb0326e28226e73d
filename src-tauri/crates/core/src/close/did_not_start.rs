//! Whether an item with a time was not started: said of what was seen, never of what could not be.

use jiff::{SignedDuration, Timestamp};

use crate::close::open::{Due, Window};
use crate::status::RunStatus;

/// A read that is older tells nothing of now.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// What is found out later after the grace than this is told with the rest of what happened meanwhile.
const IN_TIME: SignedDuration = SignedDuration::from_mins(5);

/// The runs of a process, as one successful read showed all of them that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartSight {
    /// When the read was begun (UTC).
    pub read_at: Timestamp,
    /// Whether one of them was started in the window, or may have been.
    pub may_have_started: bool,
}

/// A run of the process, as it was read, by this computer's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRun {
    /// Its status.
    pub status: RunStatus,
    /// When it was created (UTC).
    pub created: Option<Timestamp>,
    /// When it started (UTC).
    pub started: Option<Timestamp>,
}

impl StartSight {
    /// What a read shows. `is_whole` says that no run was left out and each one's status was read: without that
    /// a start is seen, and that there was none is not.
    pub fn of(
        window: &Window,
        runs: &[SeenRun],
        read_at: Timestamp,
        is_whole: bool,
    ) -> Option<Self> {
        let may_have_started = runs.iter().any(|run| may_have_started(window, run));
        (is_whole || may_have_started).then_some(Self {
            read_at,
            may_have_started,
        })
    }
}

/// Whether a run was started in the window; where its dates do not say when, it may have been. Created is
/// not started.
fn may_have_started(window: &Window, run: &SeenRun) -> bool {
    let has_moved = run.status != RunStatus::NotStarted;
    match (run.started, run.created) {
        (Some(started), _) => window.holds(started),
        (None, Some(created)) => has_moved && created >= window.from,
        (None, None) => has_moved,
    }
}

/// What is known of an item's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartCheck {
    /// Its time and grace are not over.
    NotDue,
    /// It was started, or may have been.
    Started,
    /// Nobody can see: a read is needed.
    Unseen,
    /// It was not started: to be told now.
    DidNotStart,
    /// It was not started, and that was found out late: to be told with what else happened while nobody
    /// could see.
    DidNotStartWhileAway,
}

/// Checks an item's start; `sight` is the latest whole read of its process.
pub fn check_start(due: Due, sight: Option<&StartSight>, now: Timestamp) -> StartCheck {
    let Some(last) = due
        .at
        .checked_add(due.grace)
        .ok()
        .filter(|last| now > *last)
    else {
        return StartCheck::NotDue;
    };
    // A read from before the grace ended can prove a start, but not that there was none.
    if sight.is_some_and(|sight| sight.may_have_started) {
        return StartCheck::Started;
    }
    let is_fresh = |sight: &&StartSight| {
        let age = now.duration_since(sight.read_at);
        sight.read_at > last && !age.is_negative() && age <= FRESH
    };
    let Some(sight) = sight.filter(is_fresh) else {
        return StartCheck::Unseen;
    };
    match sight.read_at.duration_since(last) <= IN_TIME {
        true => StartCheck::DidNotStart,
        false => StartCheck::DidNotStartWhileAway,
    }
}

#[cfg(test)]
#[path = "did_not_start_tests.rs"]
mod tests;
