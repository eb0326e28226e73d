//! What is at hand: an item that a person starts, once all that it waits for is through. Nothing starts by
//! itself: what is told leads to the usual confirmation.

use std::collections::BTreeSet;

use crate::close::board::BoardView;
use crate::close::item_state::ItemState;
use crate::close::plan::{Plan, StartRule};
use crate::ids::ProcessId;

/// An item that can be started now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// Its process.
    pub process: ProcessId,
    /// What it waited for.
    pub after: Vec<ProcessId>,
}

/// The items that became ready to be started by hand. `told` are those that were told before.
pub fn next_steps(plan: &Plan, view: &BoardView, told: &BTreeSet<ProcessId>) -> Vec<NextStep> {
    let is_new = |place: &usize| {
        let item = &plan.items()[*place];
        item.start == StartRule::ByHand
            && !plan.before(*place).is_empty()
            && view.items[*place].state == ItemState::Ready
            && !told.contains(&item.process)
    };
    let process = |place: usize| plan.items()[place].process.clone();
    let step = |place: usize| NextStep {
        process: process(place),
        after: plan
            .before(place)
            .iter()
            .map(|before| process(*before))
            .collect(),
    };
    (0..view.items.len()).filter(is_new).map(step).collect()
}

#[cfg(test)]
#[path = "next_step_tests.rs"]
mod tests;
