//! Items that succeeded in a way that their owner is asked about: whether their runs count.

use runwatch_core::close::binding::Ask;
use runwatch_core::close::board::BoardView;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::plan::Plan;

/// Items that were started before what they wait for was through, or that left out what usually runs.
pub(crate) fn asks_for_doubtful(plan: &Plan, kept: &KeptClose, view: &BoardView) -> Vec<Ask> {
    let is_early = |place: usize| view.early.iter().any(|(early, _)| *early == place);
    let left_out = |place: usize| {
        let state = &view.items[place].state;
        matches!(state, ItemState::Blocked(Block::Skipped(_)))
    };
    let ask = |place: usize| {
        let process = plan.items()[place].process.clone();
        let runs = vec![kept.bound(&process)?.run.clone()];
        Some(Ask { process, runs })
    };
    (0..plan.items().len())
        .filter(|place| is_early(*place) || left_out(*place))
        .filter_map(ask)
        .collect()
}
