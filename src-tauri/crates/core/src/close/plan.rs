//! A plan: the processes of a month-end, what each waits for, and by when all must be through.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::close::periods::{Periods, PeriodsError};
use crate::close::working_days::{Calendar, WorkingDay};
use crate::ids::{AccountId, ProcessId};
use crate::outcome::Outcome;

/// Items of one plan: more than any month-end has, and few enough to be forecast each minute.
pub const MOST_ITEMS: usize = 100;

/// Our own id of a plan, made when it is first kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlanId(pub String);

/// A plan as it is typed and kept; [`Plan::new`] checks it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDraft {
    /// The plan.
    pub id: PlanId,
    /// The account whose processes these are.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// The zone of all its local times.
    pub zone: TimeZone,
    /// Which days are worked on.
    pub calendar: Calendar,
    /// What it closes.
    pub periods: Periods,
    /// By when all must be through.
    pub cut_off: DayTime,
    /// Its items, in the order in which they are shown.
    pub items: Vec<Item>,
}

/// A local time on a working day around the period's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayTime {
    /// The day.
    pub day: WorkingDay,
    /// The time on the wall.
    pub time: Time,
}

/// One process of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The process; each is in a plan once.
    pub process: ProcessId,
    /// Its name, as it was last read.
    pub name: String,
    /// What starts it.
    pub start: StartRule,
    /// Items whose gate is passed before it starts.
    pub waits_for: Vec<ProcessId>,
    /// How it must end.
    pub gate: Gate,
    /// Nothing waits for it, and the close is done without it.
    pub optional: bool,
    /// How long its owner thinks that it takes, in seconds: used while too little is learned.
    pub estimate: Option<f64>,
}

/// What starts an item. Nothing is ever started by itself from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartRule {
    /// A person, once all that it waits for is through.
    ByHand,
    /// SolveXia, after what it waits for.
    AfterOthers,
    /// SolveXia, at a time.
    At {
        /// When.
        at: DayTime,
        /// How much later is still no news.
        grace: SignedDuration,
    },
}

/// How an item must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Succeeded, without a warning.
    Succeeded,
    /// Succeeded, warnings allowed.
    WarningsAllowed,
}

impl Gate {
    /// Whether this outcome passes.
    pub fn lets_pass(self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Succeeded => true,
            Outcome::Warnings => self == Self::WarningsAllowed,
            Outcome::Failed | Outcome::Cancelled | Outcome::TimedOut | Outcome::Unverified => false,
        }
    }
}

/// Why a plan cannot be kept. Each says what to change.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    /// It has no name.
    #[error("Give the plan a name.")]
    NoName,
    /// It has no items.
    #[error("Add at least one process that is not optional: there is nothing to wait for yet.")]
    NoItems,
    /// It has too many.
    #[error("A plan has {MOST_ITEMS} processes at most, and this one has {0}. Split it in two.")]
    TooManyItems(usize),
    /// A process is in it twice.
    #[error("“{0}” is in the plan twice. Take one of them out.")]
    Twice(String),
    /// An item waits for something that is not in the plan.
    #[error("“{item}” waits for {missing}, which is not in the plan. Add it, or wait for another.")]
    Missing {
        /// The item's name.
        item: String,
        /// The process that is not there.
        missing: ProcessId,
    },
    /// Items wait for each other.
    #[error(
        "These wait for each other, so none of them could ever start: {}. Take one of the waits out.",
        .0.join(" → ")
    )]
    Circle(Vec<String>),
    /// It starts after others and waits for none.
    #[error("“{0}” starts after others, but waits for none. Say for which, or start it by hand.")]
    AfterNothing(String),
    /// The grace or the estimate is no length of time.
    #[error("“{0}” has a length of time that is negative or none. Type minutes above zero.")]
    NoLength(String),
    /// Its periods are none.
    #[error(transparent)]
    Periods(#[from] PeriodsError),
}

/// A zone of this computer's list that cannot be found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is no time zone that this computer knows. Choose one such as Australia/Sydney.")]
pub struct UnknownZone(pub String);

/// The zone of this IANA name.
///
/// # Errors
/// [`UnknownZone`] where the list of zones has no such name.
pub fn zone(name: &str) -> Result<TimeZone, UnknownZone> {
    TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))
}

/// The name by which [`zone`] finds it again.
pub fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// A plan that makes sense: each item once, all that is waited for is there, and there is no circle.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    draft: PlanDraft,
    order: Vec<usize>,
    before: Vec<Vec<usize>>,
}

impl Plan {
    /// Checks a plan.
    ///
    /// # Errors
    /// [`PlanError`], with what to change.
    pub fn new(draft: PlanDraft) -> Result<Self, PlanError> {
        if draft.name.trim().is_empty() {
            return Err(PlanError::NoName);
        }
        if draft.items.iter().all(|item| item.optional) {
            return Err(PlanError::NoItems);
        }
        if draft.items.len() > MOST_ITEMS {
            return Err(PlanError::TooManyItems(draft.items.len()));
        }
        draft.periods.check()?;
        draft.items.iter().try_for_each(check_item)?;
        let mut before = places_before(&draft.items)?;
        let order = order_of(&draft.items, &before)?;
        for places in &mut before {
            places.retain(|place| !draft.items[*place].optional);
        }
        Ok(Self {
            draft,
            order,
            before,
        })
    }

    /// The plan as it is kept.
    pub fn draft(&self) -> &PlanDraft {
        &self.draft
    }

    /// Its items, as they are shown.
    pub fn items(&self) -> &[Item] {
        &self.draft.items
    }

    /// The places of its items in an order in which each comes after what it waits for.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The places of those that the item at this place really waits for: nothing waits for optional ones.
    pub fn before(&self, place: usize) -> &[usize] {
        &self.before[place]
    }

    /// Whether others wait for the item of this process.
    pub fn holds_up(&self, process: &ProcessId) -> bool {
        let place = self.place(process);
        place.is_some_and(|place| self.before.iter().any(|before| before.contains(&place)))
    }

    /// The item of a process; none where it is not in the plan.
    pub fn item(&self, process: &ProcessId) -> Option<&Item> {
        self.items().iter().find(|item| item.process == *process)
    }

    /// The place of a process; none where it is not in the plan.
    pub fn place(&self, process: &ProcessId) -> Option<usize> {
        self.items()
            .iter()
            .position(|item| item.process == *process)
    }
}

fn check_item(item: &Item) -> Result<(), PlanError> {
    let is_length = |seconds: f64| seconds.is_finite() && seconds > 0.0;
    let grace = match &item.start {
        StartRule::At { grace, .. } => grace.as_secs_f64(),
        StartRule::ByHand | StartRule::AfterOthers => 1.0,
    };
    if !is_length(grace) || item.estimate.is_some_and(|seconds| !is_length(seconds)) {
        return Err(PlanError::NoLength(item.name.clone()));
    }
    if item.start == StartRule::AfterOthers && item.waits_for.is_empty() {
        return Err(PlanError::AfterNothing(item.name.clone()));
    }
    Ok(())
}

fn places_before(items: &[Item]) -> Result<Vec<Vec<usize>>, PlanError> {
    let mut places = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        if places.insert(&item.process, place).is_some() {
            return Err(PlanError::Twice(item.name.clone()));
        }
    }
    let before = |item: &Item| {
        let found = |process: &ProcessId| {
            let missing = || PlanError::Missing {
                item: item.name.clone(),
                missing: process.clone(),
            };
            places.get(process).copied().ok_or_else(missing)
        };
        let places: Result<BTreeSet<usize>, _> = item.waits_for.iter().map(found).collect();
        Ok(places?.into_iter().collect())
    };
    items.iter().map(before).collect()
}

/// Takes what waits for nothing that is left, again and again; what remains in the end is a circle.
fn order_of(items: &[Item], before: &[Vec<usize>]) -> Result<Vec<usize>, PlanError> {
    let mut order = Vec::new();
    let mut left: Vec<usize> = (0..items.len()).collect();
    while !left.is_empty() {
        let is_free = |place: &&usize| before[**place].iter().all(|one| order.contains(one));
        let free: Vec<usize> = left.iter().filter(is_free).copied().collect();
        if free.is_empty() {
            return Err(PlanError::Circle(circle(items, before, &left)));
        }
        left.retain(|place| !free.contains(place));
        order.extend(free);
    }
    Ok(order)
}

/// The names along one circle among the items that are left, in the order in which they would run.
fn circle(items: &[Item], before: &[Vec<usize>], left: &[usize]) -> Vec<String> {
    let mut path = vec![left[0]];
    let start = loop {
        let last = path[path.len() - 1];
        let next = before[last].iter().find(|place| left.contains(place));
        let Some(next) = next else { break 0 };
        if let Some(at) = path.iter().position(|place| place == next) {
            break at;
        }
        path.push(*next);
    };
    let ring = path[start..].iter().rev();
    let first = path.last();
    ring.chain(first)
        .map(|place| items[*place].name.clone())
        .collect()
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
