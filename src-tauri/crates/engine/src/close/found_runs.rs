//! What was found of the runs of a process in this session.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::ids::RunId;

/// Time between two looks for the runs of a process.
const EVERY: SignedDuration = SignedDuration::from_mins(5);
/// What was found of a process's runs in this session.
#[derive(Debug, Default)]
pub(crate) struct FoundRuns {
    /// When its runs were last listed (UTC).
    pub listed: Option<Timestamp>,
    /// When that was last tried (UTC).
    pub tried: Option<Timestamp>,
    /// SolveXia no longer has the process, or does not show it.
    pub is_gone: bool,
    /// Runs that need not be looked at again.
    pub known: BTreeSet<RunId>,
}

impl FoundRuns {
    /// Looks at all of them again: another close was opened, with another window.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether it is time to look again.
    pub fn is_due(&self, now: Timestamp) -> bool {
        // A clock that was set back looks again.
        let is_recent = |at: Timestamp| now >= at && now.duration_since(at) < EVERY;
        !self.tried.is_some_and(is_recent)
    }

    /// Whether its runs were listed lately: what was made elsewhere since is a few minutes old at most.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let is_recent = |at: Timestamp| now >= at && now.duration_since(at) <= EVERY * 2;
        self.listed.is_some_and(is_recent)
    }
}
