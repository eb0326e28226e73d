//! How each item of a close stands.

use jiff::{SignedDuration, Timestamp};

use crate::attempt::Phase;
use crate::close::plan::{Gate, Item, Plan};
use crate::close::steps_before::{EarlierSteps, unusually_skipped};
use crate::ids::{ProcessId, StepId};
use crate::observation::Step;
use crate::outcome::Outcome;
use crate::run::Run;
use crate::status::RunStatus;

/// The dates of two runs may come from two clocks, and the last step of one may start the next one: what starts within
/// this time of an end has waited for it.
const AT_ITS_END: SignedDuration = SignedDuration::from_mins(1);

/// The run that belongs to an item, by this computer's clock ([`Run::by_this_clock`]).
#[derive(Debug, Clone, Copy)]
pub struct BoundRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its steps, as they were last read.
    pub steps: &'a [Step],
    /// Its owner said that it counts as it ended.
    pub is_accepted: bool,
}

/// How an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// What it waits for is not through, or its time has not come.
    Waiting,
    /// What it waits for is stuck: nothing is wrong with itself.
    WaitsForBlocked,
    /// It can be started.
    Ready,
    /// Asked for here or accepted by SolveXia; it runs soon.
    Starting,
    /// It runs, since then where that is known.
    Running(Option<Timestamp>),
    /// It has ended, and how is being read.
    Ending,
    /// It passed its gate, at that time where it is known.
    Done(Outcome, Option<Timestamp>),
    /// It did not pass its gate.
    Blocked(Block),
    /// Several runs could be its: its owner is asked.
    Asks,
    /// Nobody can say: its process is gone, or SolveXia uses a word that nobody knows.
    Unknown(WhyUnknown),
}

/// Why an item did not pass its gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// It ended like this, which its gate does not let pass.
    Ended(Outcome),
    /// It succeeded, but left out steps that usually run.
    Skipped(Vec<StepId>),
}

/// Why nothing can be said of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnknown {
    /// SolveXia no longer has its process, or its owner may no longer see it.
    ProcessGone,
    /// SolveXia's word for its status.
    Word(String),
}

/// What is known of the items' runs.
#[derive(Debug, Clone, Copy)]
pub struct ItemFacts<'a> {
    /// The run of each item, by its place.
    pub runs: &'a [Option<BoundRun<'a>>],
    /// Processes with several runs of which nobody has said yet which one counts.
    pub asks: &'a [ProcessId],
    /// Processes that SolveXia no longer has, or does not show.
    pub gone: &'a [ProcessId],
    /// The steps of earlier runs.
    pub earlier_steps: &'a [EarlierSteps],
}

impl ItemState {
    /// Whether it is through.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(..))
    }

    /// Whether it is still to be started.
    pub fn is_to_come(&self) -> bool {
        matches!(self, Self::Waiting | Self::WaitsForBlocked | Self::Ready)
    }

    /// Whether nothing that waits for it can go on.
    pub fn is_stuck(&self) -> bool {
        matches!(self, Self::Blocked(_) | Self::WaitsForBlocked)
    }
}

/// How the items stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemStates {
    /// Each, by its place.
    pub states: Vec<ItemState>,
    /// Items that succeeded, and were started before what they wait for was through: by the place of each, that of
    /// the other one. What they worked with may be out of date, so their owner is asked.
    pub early: Vec<(usize, usize)>,
}

/// How the items stand. `due` says when an item with a time is due.
pub fn item_states(
    plan: &Plan,
    facts: ItemFacts,
    due: impl Fn(&ProcessId) -> Option<Timestamp>,
    now: Timestamp,
) -> ItemStates {
    let mut states = vec![ItemState::Waiting; plan.items().len()];
    let mut early = Vec::new();
    for place in plan.order() {
        let item = &plan.items()[*place];
        let before = || plan.before(*place).iter();
        let mut own = own_state(item, facts.runs[*place], facts);
        if own.as_ref().is_some_and(ItemState::is_done)
            && let Some(before) = not_waited_for(plan, facts.runs, &states, *place)
        {
            early.push((*place, before));
            own = Some(ItemState::Asks);
        }
        states[*place] = own.unwrap_or_else(|| {
            if before().any(|place| states[*place].is_stuck()) {
                return ItemState::WaitsForBlocked;
            }
            let through = before().all(|place| states[*place].is_done());
            let is_time = due(&item.process).is_none_or(|at| at <= now);
            match through && is_time {
                true => ItemState::Ready,
                false => ItemState::Waiting,
            }
        });
    }
    early.sort_unstable();
    ItemStates { states, early }
}

/// What an item that is done did not wait for; none where its owner said that it counts all the same.
fn not_waited_for(
    plan: &Plan,
    runs: &[Option<BoundRun>],
    states: &[ItemState],
    place: usize,
) -> Option<usize> {
    let stamp = |place: usize| Some(&runs[place]?.run.attempt.as_ref()?.stamp);
    let started = stamp(place)?.started;
    let ended_later = |before: usize| {
        let ended = stamp(before).filter(|stamp| stamp.ended());
        let end = ended.and_then(|stamp| stamp.finished);
        end.zip(started)
            .is_some_and(|(end, started)| end.duration_since(started) > AT_ITS_END)
    };
    let is_open = |before: usize| match &states[before] {
        ItemState::Starting | ItemState::Running(_) => true,
        // What is not needed can be left out.
        ItemState::Waiting
        | ItemState::WaitsForBlocked
        | ItemState::Ready
        | ItemState::Blocked(_) => !plan.items()[before].optional,
        ItemState::Done(..) | ItemState::Ending | ItemState::Asks | ItemState::Unknown(_) => false,
    };
    let mut before = plan.before(place).iter().copied();
    before
        .find(|before| is_open(*before) || ended_later(*before))
        .filter(|_| runs[place].is_some_and(|bound| !bound.is_accepted))
}

/// What an item's own run says; none where it is still to be started.
fn own_state(item: &Item, bound: Option<BoundRun>, facts: ItemFacts) -> Option<ItemState> {
    let is_one_of = |processes: &[ProcessId]| processes.contains(&item.process);
    let seen = bound.and_then(|bound| Some((bound, bound.run.attempt.as_ref()?)));
    let Some((bound, attempt)) = seen else {
        if is_one_of(facts.asks) {
            return Some(ItemState::Asks);
        }
        return is_one_of(facts.gone).then_some(ItemState::Unknown(WhyUnknown::ProcessGone));
    };
    match (&attempt.phase, &attempt.stamp.status) {
        (Phase::Ended { outcome, .. }, _) => {
            let left_out = match bound.is_accepted {
                true => Vec::new(),
                false => unusually_skipped(&item.process, bound.steps, facts.earlier_steps),
            };
            let state = ended(item.gate, *outcome, attempt.stamp.finished, left_out);
            let is_asked = state.is_done() && is_one_of(facts.asks);
            Some(if is_asked { ItemState::Asks } else { state })
        }
        (Phase::Unseen, _) => Some(ItemState::Blocked(Block::Ended(Outcome::Unverified))),
        (Phase::Pending { .. }, _) => Some(ItemState::Ending),
        (Phase::Proving { .. }, _) | (Phase::Going, RunStatus::Scheduled) => {
            Some(ItemState::Starting)
        }
        (Phase::Going, RunStatus::NotStarted) => is_one_of(facts.asks).then_some(ItemState::Asks),
        (Phase::Going, RunStatus::Running) => Some(ItemState::Running(attempt.stamp.started)),
        (Phase::Going, other) => Some(ItemState::Unknown(WhyUnknown::Word(other.word().into()))),
    }
}

fn ended(gate: Gate, outcome: Outcome, at: Option<Timestamp>, left_out: Vec<StepId>) -> ItemState {
    match (gate.lets_pass(outcome), left_out.is_empty()) {
        (true, true) => ItemState::Done(outcome, at),
        (true, false) => ItemState::Blocked(Block::Skipped(left_out)),
        (false, _) => ItemState::Blocked(Block::Ended(outcome)),
    }
}

#[cfg(test)]
#[path = "item_state_tests.rs"]
mod tests;
