//! Items that are done, and were started before what they wait for was through: their owner is asked, unless they
//! said already that the run counts.

use runwatch_core::close::binding::{Ask, BoundBy};
use runwatch_core::close::item_state::done_too_early;
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::plan::Plan;

use crate::close::facts::Gathered;

/// By the place of each, that of what it waits for.
pub(crate) fn early_items(
    plan: &Plan,
    kept: &KeptClose,
    gathered: &Gathered,
) -> Vec<(usize, usize)> {
    let mut early = done_too_early(plan, &gathered.bound_runs());
    early.retain(|(place, _)| {
        let bound = kept.bound(&plan.items()[*place].process);
        bound.is_some_and(|bound| bound.by != BoundBy::Hand)
    });
    early
}

/// Whether their runs count is asked.
pub(crate) fn asks_for_early(plan: &Plan, kept: &KeptClose, early: &[(usize, usize)]) -> Vec<Ask> {
    let ask = |(place, _): &(usize, usize)| {
        let process = plan.items()[*place].process.clone();
        let bound = kept.bound(&process)?;
        let runs = vec![bound.run.clone()];
        Some(Ask { process, runs })
    };
    early.iter().filter_map(ask).collect()
}
