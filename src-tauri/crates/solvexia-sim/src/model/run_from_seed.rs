//! Creates a run in the state that its seed describes.

use jiff::Timestamp;

use super::patches::{RunPatch, StepPatch};
use super::run::{Run, RunIdentity};
use super::seeds::RunPlan;
use super::status::RunStatus;
use super::step::Step;
use super::work_time::{WorkInterval, seconds_between, shifted};

/// The state in a seed, with ids and steps filled in.
#[derive(Debug, Clone)]
pub struct SeededState {
    pub status: Option<RunStatus>,
    pub started: Option<Timestamp>,
    pub finished: Option<Timestamp>,
    pub frozen: Option<bool>,
    pub steps: Vec<StepPatch>,
}

/// Creates the run.
pub fn run_from_seed(
    identity: RunIdentity,
    plan: RunPlan,
    steps: Vec<Step>,
    seed_state: SeededState,
    now: Timestamp,
) -> Run {
    let has_steps = !steps.is_empty();
    let mut run = Run::waiting(identity, plan, steps);
    match seed_state.status.clone().unwrap_or(RunStatus::NotStarted) {
        RunStatus::NotStarted => {}
        RunStatus::Scheduled => run.schedule(),
        RunStatus::Running => run_since(&mut run, seed_state.started.unwrap_or(now)),
        status @ (RunStatus::Cancelled | RunStatus::TimedOut) => {
            abort(&mut run, status, &seed_state, now);
        }
        status @ (RunStatus::Finished | RunStatus::Other(_)) => {
            run_to_end(&mut run, status, &seed_state, now);
        }
    }
    run.frozen = seed_state.frozen.unwrap_or(run.is_active() && !has_steps);
    run.apply_patch(
        RunPatch {
            steps: seed_state.steps,
            ..Default::default()
        },
        now,
    );
    run
}

fn run_since(run: &mut Run, started: Timestamp) {
    run.begin_at_step(0, started);
    // Without steps the run would have ended at once.
    run.status = RunStatus::Running;
    run.finished = None;
}

fn abort(run: &mut Run, status: RunStatus, seed_state: &SeededState, now: Timestamp) {
    let half = planned_work(run) / 2.0;
    let (from, to) = match (seed_state.started, seed_state.finished) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, shifted(from, half)),
        (None, to) => (shifted(to.unwrap_or(now), -half), to.unwrap_or(now)),
    };
    run_interval(
        run,
        WorkInterval {
            from,
            to,
            work: seconds_between(from, to).max(0.0),
        },
    );
    run.abort(status, to);
}

fn run_to_end(run: &mut Run, status: RunStatus, seed_state: &SeededState, now: Timestamp) {
    let work = planned_work(run);
    let (from, to) = match (seed_state.started, seed_state.finished) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, shifted(from, work)),
        (None, to) => (shifted(to.unwrap_or(now), -work), to.unwrap_or(now)),
    };
    run_interval(run, WorkInterval { from, to, work });
    run.status = status;
    run.finished = Some(to);
}

/// Runs through a past interval, once even for a run that repeats.
fn run_interval(run: &mut Run, interval: WorkInterval) {
    let cycle = run.plan.cycle_seconds.take();
    run.begin_at_step(0, interval.from);
    run.advance(interval);
    run.plan.cycle_seconds = cycle;
}

/// The work until the run ends, perhaps at a failing step.
fn planned_work(run: &Run) -> f64 {
    let mut rehearsal = run.clone();
    let lots: f64 = run.steps.iter().map(|step| step.seconds).sum();
    let from = Timestamp::UNIX_EPOCH;
    run_interval(
        &mut rehearsal,
        WorkInterval {
            from,
            to: shifted(from, lots),
            work: lots,
        },
    );
    rehearsal
        .finished
        .map_or(lots, |finished| seconds_between(from, finished))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::run::Run;
    use crate::model::seeds::{RunSeed, StepSeed};
    use crate::model::status::{RunStatus, StepStatus};
    use crate::model::work_time::{WorkInterval, shifted};
    use jiff::Timestamp;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn run_from_seed(seed: RunSeed) -> Run {
        let mut catalogue = Catalogue::default();
        let id = catalogue.add_run(seed, NOW);
        catalogue.run(&id).expect("the run").clone()
    }

    fn two_steps() -> RunSeed {
        RunSeed::new(
            "pr-1",
            vec![
                StepSeed::new("1.1", "A", 10.0),
                StepSeed::new("1.2", "B", 10.0),
            ],
        )
    }

    fn statuses(run: &Run) -> Vec<&str> {
        run.steps.iter().map(|step| step.status.word()).collect()
    }

    #[test]
    fn a_finished_seed_has_done_its_plan_between_its_two_dates() {
        let run = run_from_seed(RunSeed {
            date_started: Some(shifted(NOW, -1000.0)),
            date_finished: Some(shifted(NOW, -900.0)),
            ..two_steps().status(RunStatus::Finished)
        });
        assert_eq!(statuses(&run), ["Success", "Success"]);
        assert_eq!(run.steps[1].started, Some(shifted(NOW, -950.0)));
        assert_eq!(run.finished, Some(shifted(NOW, -900.0)));
    }

    #[test]
    fn a_finished_seed_without_dates_has_just_ended() {
        let run = run_from_seed(two_steps().status(RunStatus::Finished));
        assert_eq!(
            (run.started, run.finished),
            (Some(shifted(NOW, -20.0)), Some(NOW))
        );
    }

    #[test]
    fn a_cancelled_seed_was_broken_off_in_the_middle() {
        let run = run_from_seed(RunSeed {
            date_started: Some(shifted(NOW, -15.0)),
            date_finished: Some(NOW),
            ..two_steps().status(RunStatus::Cancelled)
        });
        assert_eq!(statuses(&run), ["Success", "Cancelled"]);
    }

    #[test]
    fn a_running_seed_goes_on_and_one_without_steps_keeps_running() {
        let all = WorkInterval {
            from: NOW,
            to: shifted(NOW, 60.0),
            work: 60.0,
        };
        let mut run = run_from_seed(two_steps().status(RunStatus::Running));
        assert_eq!(statuses(&run), ["Running", "NotStarted"]);
        run.advance(all);
        assert_eq!(run.status, RunStatus::Finished);
        let mut run = run_from_seed(RunSeed::new("pr-2", Vec::new()).status(RunStatus::Running));
        run.advance(all);
        assert_eq!(run.status, RunStatus::Running);
    }

    #[test]
    fn the_status_of_a_step_may_be_told_by_itself() {
        let mut seed = two_steps().status(RunStatus::Finished);
        seed.steps[1].status = Some(StepStatus::from("Pondered"));
        assert_eq!(statuses(&run_from_seed(seed)), ["Success", "Pondered"]);
    }
}
