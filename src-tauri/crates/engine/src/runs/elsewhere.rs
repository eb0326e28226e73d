//! The same run under other accounts of its environment: two rows here, one run in SolveXia.

use std::sync::Arc;

use runwatch_core::action_availability::Elsewhere;
use runwatch_core::ids::RunKey;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// How a run stands under the other accounts of its environment.
    pub fn elsewhere(&self, key: &RunKey) -> Elsewhere {
        let others = self.same_runs(key);
        let attempt = |other: &Arc<TrackedRun>| other.read(|state| state.run.attempt.clone());
        Elsewhere {
            busy: others.iter().any(|other| other.read(|state| state.busy)),
            attempts: others.iter().filter_map(attempt).collect(),
        }
    }

    /// The other rows of the same run.
    pub(crate) fn same_runs(&self, key: &RunKey) -> Vec<Arc<TrackedRun>> {
        let mut accounts = self.accounts.of_same_environment(&key.account);
        accounts.remove(&key.account);
        let row = |account| {
            let run = key.run.clone();
            self.runs.get(&RunKey { account, run }).ok()
        };
        accounts.into_iter().filter_map(row).collect()
    }
}
