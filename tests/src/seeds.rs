//! Runs for scenes.

use solvexia_sim::{RunSeed, StepSeed, StepStatus};

/// A run of three steps of ten seconds' work each, which waits to be started; step `n` of run
/// `pr-7` is `ds-7n`.
pub fn three_steps(run: &str, name: &str) -> RunSeed {
    let steps = ["Import statements", "Match transactions", "Write report"];
    let steps = steps
        .iter()
        .zip(1..)
        .map(|(step, n)| StepSeed::new(&format!("1.{n}"), step, 10.0).id(&step_id(run, n)));
    RunSeed {
        name: Some(name.to_owned()),
        ..RunSeed::new(run, steps.collect())
    }
}

/// The same, with its second step failing at its first attempt and succeeding from then on.
pub fn failing(run: &str, name: &str, message: &str) -> RunSeed {
    let mut seed = three_steps(run, name);
    let second = seed.steps.remove(1).ends(StepStatus::Failed, message);
    seed.steps
        .insert(1, second.then(StepStatus::Success, "All matched"));
    seed
}

/// The id of step `n` of a run.
pub fn step_id(run: &str, n: u32) -> String {
    format!("ds-{}{n}", run.trim_start_matches("pr-"))
}

/// More work than a run of three steps has, and its time in the queue.
pub const TO_THE_END: f64 = 40.0;
