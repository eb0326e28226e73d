//! A run that was asked for, and of which nobody knows yet whether SolveXia made it (docs/RULES.md, 26).

use jiff::Timestamp;

use crate::ids::{AccountId, ProcessId, RunId, RunKey};
use crate::observation::NamedRun;

/// A "create" without an answer. It is written down before it is sent, so that a kill does not hide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCreate {
    /// Where it was sent.
    pub account: AccountId,
    /// The process that was to get a run.
    pub process: ProcessId,
    /// The runs that the process had before; none where they could not all be listed.
    pub before: Option<Vec<RunId>>,
    /// When it was asked for (UTC).
    pub asked: Timestamp,
}

impl OpenCreate {
    /// Whether it was asked of this process.
    pub fn is_of(&self, account: &AccountId, process: &ProcessId) -> bool {
        self.account == *account && self.process == *process
    }

    /// Whether this run of its process may be the one: it was not there before.
    pub fn may_be(&self, key: &RunKey) -> bool {
        let before = self.before.as_ref();
        self.account == key.account && before.is_some_and(|before| !before.contains(&key.run))
    }

    /// Those of these runs of its process that were not there before; none where that cannot be told.
    pub fn new_runs(&self, now: Vec<NamedRun>) -> Option<Vec<NamedRun>> {
        let before = self.before.as_ref()?;
        let is_new = |run: &NamedRun| !before.contains(&run.id);
        Some(now.into_iter().filter(is_new).collect())
    }
}
