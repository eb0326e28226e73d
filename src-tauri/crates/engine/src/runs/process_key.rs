//! What the runs of one process have in common is kept by this.

use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::run::Run;

/// A process of an account.
pub(crate) type ProcessKey = (AccountId, ProcessId);

/// A run of a process.
pub(crate) fn run_key(of: &ProcessKey, run: &RunId) -> RunKey {
    RunKey {
        account: of.0.clone(),
        run: run.clone(),
    }
}

/// The process of a run, where it is known.
pub(crate) fn process_of(run: &Run) -> Option<ProcessKey> {
    let process = run.info.process.clone()?;
    Some((run.key.account.clone(), process))
}
