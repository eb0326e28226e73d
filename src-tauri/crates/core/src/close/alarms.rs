//! When a close is told to be in danger: once a cause, and not at the first look.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::close::board::{
    AT_RISK, BoardState, BoardView, CannotTell, EXPECTED_LATE, Expected, Foresight,
};
use crate::ids::ProcessId;

/// A close is expected late when it looked so for this long.
const SETTLED: SignedDuration = SignedDuration::from_mins(5);
/// Earlier runs of what decides: with fewer, a chance is too much of a guess to alarm anybody.
const ENOUGH: usize = 3;

/// Why a close is told to be in danger. That it is merely at risk is shown and not told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It will hardly make its cut-off.
    ExpectedLate,
    /// The cut-off has passed.
    Late,
    /// The cut-off has passed, and nobody knows how these stand: their owner must say which run counts.
    Unclear,
    /// This item did not pass its gate. What only waits for it is no cause.
    Blocked(ProcessId),
}

/// What the alarms of one close remember; kept with the close.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlarmMemory {
    /// Since when every look expected it late (UTC).
    pub under_since: Option<Timestamp>,
    /// It was told to be expected late and has not recovered.
    pub expected_late: bool,
    /// What was told.
    pub told: BTreeSet<Cause>,
}

/// Takes a look at the board in: what is remembered, and what is to be told now.
pub fn alarms(
    before: &AlarmMemory,
    view: &BoardView,
    cut_off: Timestamp,
    now: Timestamp,
) -> (AlarmMemory, Vec<Cause>) {
    let mut memory = before.clone();
    let of_cut_off = match &view.foresight {
        // It was through too late, and nobody looked in time.
        Foresight::Done(at) if *at > cut_off => Some(Cause::Late),
        Foresight::CannotTell(CannotTell::Unclear(_)) if now >= cut_off => Some(Cause::Unclear),
        _ => (view.state == BoardState::Late).then_some(Cause::Late),
    };
    let mut causes: BTreeSet<Cause> = of_cut_off.into_iter().collect();
    if let Foresight::Blocked(items) = &view.foresight {
        causes.extend(items.iter().cloned().map(Cause::Blocked));
    }
    // What was restarted and is blocked again is told again.
    memory
        .told
        .retain(|cause| !matches!(cause, Cause::Blocked(_)) || causes.contains(cause));
    if let Foresight::Expected(expected) = &view.foresight
        && let Some(percent) = expected.percent
    {
        memory.take_in(percent, now);
        let settled = memory
            .under_since
            .is_some_and(|since| now.duration_since(since) >= SETTLED);
        if settled && rests_on_enough(view, expected) {
            causes.insert(Cause::ExpectedLate);
            memory.expected_late = true;
        }
    } else {
        memory.under_since = None;
    }
    if view.state == BoardState::Done {
        memory.expected_late = false;
    }
    let new: Vec<Cause> = causes.difference(&memory.told).cloned().collect();
    memory.told.extend(causes);
    (memory, new)
}

impl AlarmMemory {
    fn take_in(&mut self, percent: u8, now: Timestamp) {
        self.under_since = match percent < EXPECTED_LATE {
            // A clock that was set back begins anew.
            true => Some(
                self.under_since
                    .filter(|since| *since <= now)
                    .unwrap_or(now),
            ),
            false => None,
        };
        self.expected_late &= percent <= AT_RISK;
    }
}

fn rests_on_enough(view: &BoardView, expected: &Expected) -> bool {
    let runs_of = |process: &ProcessId| {
        let item = view.items.iter().find(|item| item.process == *process);
        item.map_or(0, |item| item.runs)
    };
    let decisive = &expected.decided_by;
    !decisive.is_empty() && decisive.iter().all(|process| runs_of(process) >= ENOUGH)
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
