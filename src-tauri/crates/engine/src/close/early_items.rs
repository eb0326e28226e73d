//! Items that are done, and were started before what they wait for was through: their owner is asked, unless they
//! said already that the run counts.

use runwatch_core::close::binding::{Ask, BoundBy};
use runwatch_core::close::board::BoardView;
use runwatch_core::close::item_state::{Block, ItemState, done_too_early};
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::plan::Plan;
use runwatch_core::ids::ProcessId;

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

/// Of a success that left out what usually runs its owner can say that it counts.
pub(crate) fn asks_for_left_out(plan: &Plan, kept: &KeptClose, view: &BoardView) -> Vec<Ask> {
    let items = plan.items().iter().zip(&view.items);
    let left_out =
        items.filter(|(_, view)| matches!(view.state, ItemState::Blocked(Block::Skipped(_))));
    let ask = |process: &ProcessId| {
        let runs = vec![kept.bound(process)?.run.clone()];
        let process = process.clone();
        Some(Ask { process, runs })
    };
    left_out
        .filter_map(|(item, _)| ask(&item.process))
        .collect()
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
