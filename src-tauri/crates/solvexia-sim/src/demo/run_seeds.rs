//! Changes to the seeds of runs, shared by ended and waiting runs.

use jiff::{Span, Timestamp};

use super::processes::Process;
use crate::model::seeds::{RunSeed, StepKind, StepSeed};
use crate::model::status::{RunStatus, StepStatus};

/// Gives step `n` of run `pr-20001` the id `ds-200010n`, so that scripts can rely on it.
pub fn with_ids(run: &str, steps: Vec<StepSeed>) -> Vec<StepSeed> {
    let run = run.trim_start_matches("pr-");
    let numbered = steps.into_iter().zip(1..);
    numbered
        .map(|(step, number)| {
            let prefix = step.kind.unwrap_or(StepKind::Data).prefix();
            step.id(&format!("{prefix}-{run}{number:02}"))
        })
        .collect()
}

/// Changes how the step with this order ends.
pub fn ending(mut run: RunSeed, order: &str, status: StepStatus, message: &str) -> RunSeed {
    for step in run.steps.iter_mut().filter(|step| step.order == order) {
        step.ends = status.clone();
        step.completion_message = message.to_owned();
    }
    run
}

/// A run of this process that finished: it took so many minutes, and some seconds.
pub fn between(
    id: &str,
    process: &Process,
    period: &str,
    started: Timestamp,
    minutes: i32,
) -> RunSeed {
    RunSeed {
        name: Some(format!("{} : {period}", process.name)),
        process: Some(process.id.to_owned()),
        description: process.description.to_owned(),
        status: Some(RunStatus::Finished),
        date_started: Some(started),
        date_finished: Some(started + Span::new().minutes(minutes).seconds(minutes * 7 % 60)),
        ..RunSeed::new(id, with_ids(id, (process.steps)(started)))
    }
}
