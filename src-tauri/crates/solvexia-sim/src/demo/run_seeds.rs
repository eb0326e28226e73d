//! Changes to the seeds of runs, shared by ended and waiting runs.

use crate::model::seeds::{RunSeed, StepKind, StepSeed};
use crate::model::status::StepStatus;

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
