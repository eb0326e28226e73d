//! What the runs of one process have in common is kept by this.

use runwatch_core::ids::{AccountId, ProcessId};
use runwatch_core::run::Run;

/// A process of an account.
pub(crate) type ProcessKey = (AccountId, ProcessId);

/// The process of a run, where it is known.
pub(crate) fn process_of(run: &Run) -> Option<ProcessKey> {
    let process = run.info.process.clone()?;
    Some((run.key.account.clone(), process))
}
