//! What the steps of earlier runs say of a run: which of them usually run, and how long it goes on after
//! each.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::ids::{ProcessId, StepId};
use crate::observation::{Step, StepObservation};
use crate::status::StepStatus;

/// With fewer earlier runs, nothing is usual.
const ENOUGH: usize = 3;

/// The steps of one earlier complete run.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierSteps {
    /// The process.
    pub process: ProcessId,
    /// The steps that ran, and for how many seconds the run went on after each, where its dates say so.
    pub ran: BTreeMap<StepId, Option<f64>>,
    /// The steps that were skipped.
    pub skipped: BTreeSet<StepId>,
}

impl EarlierSteps {
    /// What a complete run shows. Only dates of steps are compared: those of runs may be in another zone.
    pub fn of(process: &ProcessId, steps: &[Step]) -> Self {
        let seen = || {
            let counted = steps.iter().filter(|step| step.counts());
            counted.filter_map(|step| Some((&step.id, step.seen.as_ref()?)))
        };
        let end = seen().filter_map(|(_, seen)| seen.finished).max();
        let rest = |seen: &StepObservation| Some(end?.duration_since(seen.finished?).as_secs_f64());
        let ran = seen().filter(|(_, seen)| did_run(&seen.status));
        let skipped = seen().filter(|(_, seen)| seen.status == StepStatus::Skipped);
        Self {
            process: process.clone(),
            ran: ran.map(|(id, seen)| (id.clone(), rest(seen))).collect(),
            skipped: skipped.map(|(id, _)| id.clone()).collect(),
        }
    }
}

fn did_run(status: &StepStatus) -> bool {
    matches!(status, StepStatus::Success | StepStatus::Warning)
}

/// The steps that were skipped in this run but ran in three earlier ones at least, and in four of five of those that
/// ran or skipped them. A success that skipped one does not pass its gate.
pub fn unusually_skipped(
    process: &ProcessId,
    steps: &[Step],
    earlier: &[EarlierSteps],
) -> Vec<StepId> {
    let of_process = || earlier.iter().filter(|run| run.process == *process);
    let usually_runs = |id: &StepId| {
        let ran = of_process().filter(|run| run.ran.contains_key(id)).count();
        let skipped = of_process().filter(|run| run.skipped.contains(id)).count();
        ran >= ENOUGH && ran * 5 >= (ran + skipped) * 4
    };
    EarlierSteps::of(process, steps)
        .skipped
        .into_iter()
        .filter(usually_runs)
        .collect()
}

/// What is left of a run after its latest finished step.
#[derive(Debug, Clone, PartialEq)]
pub struct RestAfterStep {
    /// When that step ended.
    pub since: Timestamp,
    /// For how many seconds earlier runs went on after it.
    pub earlier: Vec<f64>,
}

/// What earlier runs say of the rest of a run that started then; none where too few show its latest step.
pub fn rest_after_step(
    process: &ProcessId,
    steps: &[Step],
    started: Timestamp,
    earlier: &[EarlierSteps],
) -> Option<RestAfterStep> {
    let finished = |step: &&Step| {
        let seen = step.seen.as_ref()?;
        let at = seen.finished.filter(|_| did_run(&seen.status))?;
        (step.counts() && at >= started).then_some((at, step.id.clone()))
    };
    let (since, latest) = steps.iter().filter_map(|step| finished(&step)).max()?;
    let rests: Vec<f64> = earlier
        .iter()
        .filter(|run| run.process == *process)
        .filter_map(|run| *run.ran.get(&latest)?)
        .filter(|rest| *rest > 0.0)
        .collect();
    (rests.len() >= ENOUGH).then_some(RestAfterStep {
        since,
        earlier: rests,
    })
}

#[cfg(test)]
#[path = "steps_before_tests.rs"]
mod tests;
