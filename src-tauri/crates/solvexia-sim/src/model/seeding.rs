//! How a seeded run gets into the state that its seed tells.

use jiff::Timestamp;

use super::patch::{RunPatch, StepPatch};
use super::run::{About, Run};
use super::seed::RunPlan;
use super::status::RunStatus;
use super::step::Step;
use super::time::{Stretch, seconds_between, shifted};

/// What a seed says of a run's state, once ids and steps are settled.
#[derive(Debug, Clone)]
pub struct Told {
    pub status: Option<RunStatus>,
    pub started: Option<Timestamp>,
    pub finished: Option<Timestamp>,
    pub frozen: Option<bool>,
    pub steps: Vec<StepPatch>,
}

/// The run in the state that it was told to be in.
pub fn seeded(about: About, plan: RunPlan, steps: Vec<Step>, told: Told, now: Timestamp) -> Run {
    let has_steps = !steps.is_empty();
    let mut run = Run::waiting(about, plan, steps);
    match told.status.clone().unwrap_or(RunStatus::NotStarted) {
        RunStatus::NotStarted => {}
        RunStatus::Scheduled => run.schedule(),
        RunStatus::Running => run_since(&mut run, told.started.unwrap_or(now)),
        status @ (RunStatus::Cancelled | RunStatus::TimedOut) => {
            break_off(&mut run, status, &told, now);
        }
        status @ (RunStatus::Finished | RunStatus::Other(_)) => {
            play_out(&mut run, status, &told, now);
        }
    }
    run.frozen = told.frozen.unwrap_or(run.is_going() && !has_steps);
    run.force(
        RunPatch {
            steps: told.steps,
            ..Default::default()
        },
        now,
    );
    run
}

fn run_since(run: &mut Run, started: Timestamp) {
    run.run_from(0, started);
    // Without a step the machine would have ended at once.
    run.status = RunStatus::Running;
    run.finished = None;
}

fn break_off(run: &mut Run, status: RunStatus, told: &Told, now: Timestamp) {
    let half = planned_work(run) / 2.0;
    let (from, to) = match (told.started, told.finished) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, shifted(from, half)),
        (None, to) => (shifted(to.unwrap_or(now), -half), to.unwrap_or(now)),
    };
    play(
        run,
        Stretch {
            from,
            to,
            work: seconds_between(from, to).max(0.0),
        },
    );
    run.break_off(status, to);
}

fn play_out(run: &mut Run, status: RunStatus, told: &Told, now: Timestamp) {
    let work = planned_work(run);
    let (from, to) = match (told.started, told.finished) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, shifted(from, work)),
        (None, to) => (shifted(to.unwrap_or(now), -work), to.unwrap_or(now)),
    };
    play(run, Stretch { from, to, work });
    run.status = status;
    run.finished = Some(to);
}

/// Plays a part of the past: once, even for a run that cycles.
fn play(run: &mut Run, stretch: Stretch) {
    let cycle = run.plan.cycle_seconds.take();
    run.run_from(0, stretch.from);
    run.advance(stretch);
    run.plan.cycle_seconds = cycle;
}

/// The work up to the step that ends the run, which may be a failing one.
fn planned_work(run: &Run) -> f64 {
    let mut rehearsal = run.clone();
    let lots: f64 = run.steps.iter().map(|step| step.seconds).sum();
    let from = Timestamp::UNIX_EPOCH;
    play(
        &mut rehearsal,
        Stretch {
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
    use crate::model::seed::{RunSeed, StepSeed};
    use crate::model::status::{RunStatus, StepStatus};
    use crate::model::time::{Stretch, shifted};
    use jiff::Timestamp;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn seeded(seed: RunSeed) -> Run {
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
        let run = seeded(RunSeed {
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
        let run = seeded(two_steps().status(RunStatus::Finished));
        assert_eq!(
            (run.started, run.finished),
            (Some(shifted(NOW, -20.0)), Some(NOW))
        );
    }

    #[test]
    fn a_cancelled_seed_was_broken_off_in_the_middle() {
        let run = seeded(RunSeed {
            date_started: Some(shifted(NOW, -15.0)),
            date_finished: Some(NOW),
            ..two_steps().status(RunStatus::Cancelled)
        });
        assert_eq!(statuses(&run), ["Success", "Cancelled"]);
    }

    #[test]
    fn a_running_seed_goes_on_and_one_without_steps_keeps_running() {
        let all = Stretch {
            from: NOW,
            to: shifted(NOW, 60.0),
            work: 60.0,
        };
        let mut run = seeded(two_steps().status(RunStatus::Running));
        assert_eq!(statuses(&run), ["Running", "NotStarted"]);
        run.advance(all);
        assert_eq!(run.status, RunStatus::Finished);
        let mut run = seeded(RunSeed::new("pr-2", Vec::new()).status(RunStatus::Running));
        run.advance(all);
        assert_eq!(run.status, RunStatus::Running);
    }

    #[test]
    fn the_status_of_a_step_may_be_told_by_itself() {
        let mut seed = two_steps().status(RunStatus::Finished);
        seed.steps[1].status = Some(StepStatus::from("Pondered"));
        assert_eq!(statuses(&seeded(seed)), ["Success", "Pondered"]);
    }
}
