//! Which run belongs to which item of a close. A run belongs to one close at most, and running an earlier
//! close's run again never stands for this one's.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;
use ts_rs::TS;

use crate::close::open::{Close, Window};
use crate::close::plan::Plan;
use crate::ids::{ProcessId, RunId};

/// A run that belongs to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The item's process.
    pub process: ProcessId,
    /// The run.
    pub run: RunId,
    /// What bound it.
    pub by: BoundBy,
    /// Its attempt that had ended when its owner said that it counts: as that ended, it does.
    pub accepted: Option<u32>,
    /// Runs that had been started when its owner chose this one: these were not meant.
    pub passed_over: BTreeSet<RunId>,
}

impl Binding {
    /// A run that was bound like this.
    pub fn new(process: ProcessId, run: RunId, by: BoundBy) -> Self {
        Self {
            process,
            run,
            by,
            accepted: None,
            passed_over: BTreeSet::new(),
        }
    }
}

/// What bound a run to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BoundBy {
    /// It was started or created here, for this close.
    StartHere,
    /// It is the only one that can be meant, as long as no other run can.
    Rule,
    /// Its owner said so.
    Hand,
}

/// A run of one of the plan's processes, by this computer's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The run.
    pub run: RunId,
    /// Its process.
    pub process: ProcessId,
    /// When it was created (UTC).
    pub created: Option<Timestamp>,
    /// When its latest attempt started (UTC).
    pub started: Option<Timestamp>,
    /// It was started: created is not started.
    pub has_run: bool,
    /// Another close that is open can mean it as well.
    pub is_shared: bool,
    /// It ended and did not pass the item's gate.
    pub did_not_pass: bool,
}

/// What is to be bound and asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bound {
    /// What belongs to the close, the kept ones included.
    pub bindings: Vec<Binding>,
    /// What its owner must decide.
    pub asks: Vec<Ask>,
}

/// Runs of which nobody can say alone which one an item means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The item's process.
    pub process: ProcessId,
    /// The runs; one where it is not sure that it belongs to this close.
    pub runs: Vec<RunId>,
}

/// Why a run cannot be bound by hand.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BindError {
    /// It belongs to another close.
    #[error(
        "{0} belongs to another close already. A run counts for one period only; create a new one for this \
         close."
    )]
    OtherClose(RunId),
    /// It is of another process.
    #[error("{0} is a run of another process, so it cannot stand for this item.")]
    OtherProcess(RunId),
}

/// Binds what can be bound. `kept` was bound before, `elsewhere` are the runs of other closes; what is run from
/// `over` on is none of this one.
pub fn bind(
    plan: &Plan,
    close: &Close,
    over: Option<Timestamp>,
    kept: &[Binding],
    elsewhere: &BTreeSet<RunId>,
    candidates: &[Candidate],
) -> Bound {
    let mut bound = Bound::default();
    for item in plan.items() {
        let kept = kept.iter().find(|binding| binding.process == item.process);
        let is_new = |one: &&Candidate| {
            one.process == item.process
                && !elsewhere.contains(&one.run)
                && kept.is_none_or(|kept| kept.run != one.run)
                && can_mean(one, &close.window, over)
        };
        let new: Vec<RunId> = candidates
            .iter()
            .filter(is_new)
            .map(|one| one.run.clone())
            .collect();
        let Some(kept) = kept else {
            bind_new(&mut bound, &item.process, new, close, candidates);
            continue;
        };
        let own = candidates.iter().find(|one| one.run == kept.run);
        let failed = own.is_some_and(|own| own.did_not_pass);
        // A bound run that was never started may have been replaced by one that was started; not by one that its
        // owner had passed over before.
        let was_run = |one: &Candidate| one.has_run && !kept.passed_over.contains(&one.run);
        let is_left =
            own.is_some_and(|own| !own.has_run) && candidates.iter().filter(is_new).any(was_run);
        // It was bound as the only one that could be meant, and is not any more.
        let is_unsure = kept.by == BoundBy::Rule && !failed && !new.is_empty();
        if !is_unsure {
            bound.bindings.push(kept.clone());
        }
        // A person may have repeated in another run what did not pass its gate.
        if is_unsure || is_left || (failed && !new.is_empty()) {
            let runs = [vec![kept.run.clone()], new].concat();
            let process = item.process.clone();
            bound.asks.push(Ask { process, runs });
        }
    }
    bound
}

/// Binds the only run that can be meant, and asks where there are several or it is not sure.
fn bind_new(
    bound: &mut Bound,
    process: &ProcessId,
    runs: Vec<RunId>,
    close: &Close,
    candidates: &[Candidate],
) {
    let is_sure = |run: &RunId| {
        let candidate = candidates.iter().find(|one| one.run == *run);
        candidate.is_some_and(|one| belongs(one, &close.window) == Belongs::Yes && !one.is_shared)
    };
    let process = process.clone();
    match &runs[..] {
        [] => {}
        [only] if is_sure(only) => {
            let rule = Binding::new(process, only.clone(), BoundBy::Rule);
            bound.bindings.push(rule);
        }
        _ => bound.asks.push(Ask { process, runs }),
    }
}

/// Binds a run by its owner's word, or because it was started here.
///
/// # Errors
/// [`BindError`] where it belongs to another close, or is of another process.
pub fn bind_to(
    process: &ProcessId,
    candidate: &Candidate,
    by: BoundBy,
    elsewhere: &BTreeSet<RunId>,
) -> Result<Binding, BindError> {
    if elsewhere.contains(&candidate.run) {
        return Err(BindError::OtherClose(candidate.run.clone()));
    }
    if candidate.process != *process {
        return Err(BindError::OtherProcess(candidate.run.clone()));
    }
    Ok(Binding::new(process.clone(), candidate.run.clone(), by))
}

/// A run of this process that was made in the window, and is another close's.
pub fn belongs_elsewhere(
    process: &ProcessId,
    window: &Window,
    elsewhere: &BTreeSet<RunId>,
    candidates: &[Candidate],
) -> Option<RunId> {
    let is_it = |one: &&Candidate| {
        one.process == *process
            && elsewhere.contains(&one.run)
            && belongs(one, window) == Belongs::Yes
    };
    candidates.iter().find(is_it).map(|one| one.run.clone())
}

#[derive(PartialEq)]
enum Belongs {
    Yes,
    Perhaps,
    No,
}

/// A run that was made in the window belongs to it. One that was made earlier and started in it may have
/// been made ready for it, or be last month's, run again.
fn belongs(candidate: &Candidate, window: &Window) -> Belongs {
    let holds = |moment: Option<Timestamp>| moment.is_some_and(|moment| window.holds(moment));
    if holds(candidate.created) {
        return Belongs::Yes;
    }
    match holds(candidate.started) {
        true => Belongs::Perhaps,
        false => Belongs::No,
    }
}

/// Whether a close with this window, whose runs are none of it from `over` on, can mean a run.
pub fn can_mean(candidate: &Candidate, window: &Window, over: Option<Timestamp>) -> bool {
    belongs(candidate, window) != Belongs::No && !is_after(candidate, window, over)
}

/// Whether a run was made, or one from before the window was started, once the close was over.
pub fn is_after(candidate: &Candidate, window: &Window, over: Option<Timestamp>) -> bool {
    let created = candidate.created.filter(|at| window.holds(*at));
    let moment = created.or(candidate.started);
    moment.zip(over).is_some_and(|(at, over)| at >= over)
}

#[cfg(test)]
#[path = "binding_tests.rs"]
mod tests;
