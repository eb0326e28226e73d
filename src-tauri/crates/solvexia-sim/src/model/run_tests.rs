use jiff::Timestamp;

use super::{ActionError, Run, RunIdentity};
use crate::model::patches::{RunPatch, StepPatch};
use crate::model::seeds::{AfterFailure, RunPlan, StepSeed};
use crate::model::status::{RunStatus, StepStatus};
use crate::model::step::Step;
use crate::model::work_time::{WorkInterval, shifted};

const NOON: Timestamp = Timestamp::UNIX_EPOCH;

fn at(seconds: f64) -> Timestamp {
    shifted(NOON, seconds)
}

fn waiting(plan: RunPlan, seeds: Vec<StepSeed>) -> Run {
    let steps = seeds
        .into_iter()
        .map(|seed| Step::planned(format!("ds-{}", seed.order), seed));
    let identity = RunIdentity {
        id: "pr-1".to_owned(),
        name: "Test : run #1".to_owned(),
        process: "p-1".to_owned(),
        description: String::new(),
        created: NOON,
    };
    Run::waiting(identity, plan, steps.collect())
}

/// Three steps of ten seconds, after one second in the queue.
fn three_steps(plan: RunPlan, second_ends: StepStatus) -> Run {
    let step = |order: &str| StepSeed::new(order, order, 10.0);
    waiting(
        plan,
        vec![
            step("1.10"),
            step("1.2").ends(second_ends, "so it is"),
            step("1.1"),
        ],
    )
}

fn fine() -> Run {
    three_steps(RunPlan::default(), StepStatus::Success)
}

fn play(run: &mut Run, from: f64, to: f64) {
    run.advance(WorkInterval {
        from: at(from),
        to: at(to),
        work: to - from,
    });
}

fn started(mut run: Run) -> Run {
    run.start(NOON).expect("it may be started");
    run
}

fn statuses(run: &Run) -> Vec<&str> {
    run.steps.iter().map(|step| step.status.word()).collect()
}

#[test]
fn a_started_run_is_scheduled_then_running_then_finished() {
    let mut run = started(fine());
    assert_eq!((&run.status, run.started), (&RunStatus::Scheduled, None));
    play(&mut run, 0.0, 1.5);
    assert_eq!(
        (&run.status, run.started),
        (&RunStatus::Running, Some(at(1.0)))
    );
    play(&mut run, 1.5, 100.0);
    assert_eq!(
        (&run.status, run.finished),
        (&RunStatus::Finished, Some(at(31.0)))
    );
}

#[test]
fn steps_run_one_after_the_other_in_numeric_order() {
    let mut run = started(fine());
    play(&mut run, 0.0, 12.0);
    let names: Vec<_> = run.steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["1.1", "1.2", "1.10"]);
    assert_eq!(statuses(&run), ["Success", "Running", "NotStarted"]);
    assert_eq!(run.steps[1].message, "step is currently running");
}

#[test]
fn it_does_not_matter_in_how_many_looks_the_time_passes() {
    let (mut often, mut once) = (started(fine()), started(fine()));
    for quarter in 0..160 {
        play(
            &mut often,
            f64::from(quarter) / 4.0,
            f64::from(quarter + 1) / 4.0,
        );
    }
    play(&mut once, 0.0, 40.0);
    assert_eq!(often.finished, once.finished);
    assert_eq!(statuses(&often), statuses(&once));
}

#[test]
fn a_run_with_a_failed_step_is_finished_all_the_same_and_later_steps_have_not_started() {
    let mut run = started(three_steps(RunPlan::default(), StepStatus::Failed));
    play(&mut run, 0.0, 60.0);
    assert_eq!(
        (&run.status, run.finished),
        (&RunStatus::Finished, Some(at(21.0)))
    );
    assert_eq!(statuses(&run), ["Success", "Failed", "NotStarted"]);
    assert_eq!(run.steps[1].message, "so it is");
}

#[test]
fn a_plan_may_cancel_the_steps_behind_a_failed_one_or_run_them() {
    let plan = |after_failure| RunPlan {
        after_failure,
        ..RunPlan::default()
    };
    let mut run = started(three_steps(plan(AfterFailure::Cancel), StepStatus::Failed));
    play(&mut run, 0.0, 60.0);
    assert_eq!(statuses(&run), ["Success", "Failed", "Cancelled"]);
    let mut run = started(three_steps(
        plan(AfterFailure::Continue),
        StepStatus::Failed,
    ));
    play(&mut run, 0.0, 60.0);
    assert_eq!(statuses(&run), ["Success", "Failed", "Success"]);
}

#[test]
fn a_plan_may_end_a_run_and_its_steps_with_any_word() {
    let plan = RunPlan {
        ends_as: RunStatus::from("Archived"),
        ..RunPlan::default()
    };
    let mut run = started(three_steps(plan, StepStatus::from("Pondered")));
    play(&mut run, 0.0, 60.0);
    assert_eq!(run.status.word(), "Archived");
    assert_eq!(statuses(&run), ["Success", "Pondered", "Success"]);
    assert!(
        run.start(at(60.0)).is_ok(),
        "it has an end, so it is not going"
    );
}

#[test]
fn a_disabled_step_never_runs() {
    let off = StepSeed::new("1.2", "Off", 10.0).disabled();
    let on = |order| StepSeed::new(order, "On", 10.0);
    let mut run = started(waiting(RunPlan::default(), vec![on("1.1"), off, on("1.3")]));
    play(&mut run, 0.0, 60.0);
    assert_eq!(statuses(&run), ["Success", "NotStarted", "Success"]);
    assert_eq!(
        run.restart_from("ds-1.2", at(60.0)).err(),
        Some(ActionError::DisabledStep)
    );
}

#[test]
fn a_time_limit_times_the_run_out_and_cancels_its_running_step() {
    let plan = RunPlan {
        time_limit_seconds: Some(15.0),
        ..RunPlan::default()
    };
    let mut run = started(three_steps(plan, StepStatus::Success));
    play(&mut run, 0.0, 60.0);
    assert_eq!(
        (&run.status, run.finished),
        (&RunStatus::TimedOut, Some(at(16.0)))
    );
    assert_eq!(statuses(&run), ["Success", "Cancelled", "NotStarted"]);
}

#[test]
fn a_going_run_cannot_be_started_and_a_refused_start_is_not_counted() {
    let mut run = started(fine());
    assert_eq!(run.start(at(0.5)), Err(ActionError::AlreadyGoing));
    play(&mut run, 0.0, 2.0);
    assert_eq!(run.start(at(2.0)), Err(ActionError::AlreadyGoing));
    assert_eq!(run.counts.starts, 1);
}

#[test]
fn an_ended_run_that_is_started_begins_all_over_again() {
    let mut run = started(fine());
    play(&mut run, 0.0, 60.0);
    run.start(at(60.0)).expect("it may be started again");
    assert_eq!(statuses(&run), ["NotStarted"; 3]);
    assert_eq!((run.started, run.finished), (None, None));
    play(&mut run, 60.0, 62.0);
    assert_eq!((run.started, run.counts.starts), (Some(at(61.0)), 2));
}

#[test]
fn a_cancelled_run_cancels_its_running_step_and_stays_cancelled() {
    let mut run = started(fine());
    play(&mut run, 0.0, 15.0);
    run.cancel(at(15.0)).expect("it is going");
    play(&mut run, 15.0, 60.0);
    assert_eq!(
        (&run.status, run.finished),
        (&RunStatus::Cancelled, Some(at(15.0)))
    );
    assert_eq!(statuses(&run), ["Success", "Cancelled", "NotStarted"]);
}

#[test]
fn only_a_going_run_can_be_cancelled() {
    let mut run = fine();
    assert_eq!(run.cancel(NOON), Err(ActionError::NotGoing));
    let mut run = started(run);
    play(&mut run, 0.0, 60.0);
    assert_eq!(run.cancel(at(60.0)), Err(ActionError::NotGoing));
    assert_eq!(run.counts.cancels, 0);
}

#[test]
fn a_restart_runs_that_step_and_the_later_ones_again_and_leaves_the_earlier_ones() {
    let mut run = started(three_steps(RunPlan::default(), StepStatus::Failed));
    play(&mut run, 0.0, 60.0);
    let before = run.restart_from("ds-1.2", at(60.0)).expect("it has ended");
    assert_eq!(before.started, Some(at(11.0)), "the old date is answered");
    assert_eq!(
        (&run.status, run.started),
        (&RunStatus::Running, Some(at(60.0)))
    );
    assert_eq!(statuses(&run), ["Success", "Running", "NotStarted"]);
    assert_eq!(run.steps[0].started, Some(at(1.0)));
    assert_eq!(run.steps[1].started, Some(at(60.0)));
}

#[test]
fn a_restart_needs_a_run_that_has_ended_and_a_step_of_it() {
    let mut run = fine();
    assert_eq!(
        run.restart_from("ds-1.2", NOON).err(),
        Some(ActionError::NeverRan)
    );
    assert_eq!(
        run.restart_from("ds-9.9", NOON).err(),
        Some(ActionError::NoSuchStep)
    );
    let mut run = started(run);
    assert_eq!(
        run.restart_from("ds-1.2", NOON).err(),
        Some(ActionError::AlreadyGoing)
    );
    assert_eq!(run.counts.restarts, 0);
}

#[test]
fn a_step_may_end_otherwise_at_its_next_attempt() {
    let step = StepSeed::new("1.1", "Load", 5.0)
        .ends(StepStatus::Failed, "no file")
        .then(StepStatus::Success, "");
    let mut run = started(waiting(RunPlan::default(), vec![step]));
    play(&mut run, 0.0, 10.0);
    assert_eq!(statuses(&run), ["Failed"]);
    for again in [10.0, 20.0] {
        run.restart_from("ds-1.1", at(again)).expect("it has ended");
        play(&mut run, again, again + 10.0);
        assert_eq!(statuses(&run), ["Success"], "the last ending repeats");
    }
}

#[test]
fn a_cycling_run_begins_again_once_it_has_rested() {
    let plan = RunPlan {
        cycle_seconds: Some(30.0),
        ..RunPlan::default()
    };
    let mut run = started(waiting(plan, vec![StepSeed::new("1.1", "Load", 10.0)]));
    play(&mut run, 0.0, 20.0);
    assert_eq!(run.status, RunStatus::Finished);
    play(&mut run, 20.0, 45.0);
    assert_eq!(
        (&run.status, run.started),
        (&RunStatus::Running, Some(at(42.0)))
    );
    assert_eq!(run.counts.starts, 1, "only starts by a caller count");
}

#[test]
fn a_run_that_cycles_without_work_does_not_hang_the_world() {
    let plan = RunPlan {
        cycle_seconds: Some(0.0),
        queue_seconds: 0.0,
        ..RunPlan::default()
    };
    let mut run = started(waiting(plan, Vec::new()));
    play(&mut run, 0.0, 1.0);
}

#[test]
fn a_forced_status_stays_until_the_run_is_started() {
    let mut run = started(fine());
    let patch = RunPatch {
        status: Some(RunStatus::from("Paused")),
        ..RunPatch::default()
    };
    run.apply_patch(patch, at(5.0));
    play(&mut run, 5.0, 500.0);
    assert_eq!(run.status.word(), "Paused");
    let patch = RunPatch {
        status: Some(RunStatus::Finished),
        ..RunPatch::default()
    };
    run.apply_patch(patch, at(500.0));
    assert_eq!(run.finished, Some(at(500.0)));
    run.start(at(501.0)).expect("it has ended");
    play(&mut run, 501.0, 600.0);
    assert_eq!(run.finished, Some(at(532.0)));
}

#[test]
fn a_forced_date_may_be_no_date() {
    let mut run = started(fine());
    let patch = RunPatch {
        status: Some(RunStatus::Finished),
        date_finished: Some(None),
        ..RunPatch::default()
    };
    run.apply_patch(patch, at(5.0));
    assert_eq!(run.finished, None);
}

#[test]
fn the_run_goes_on_from_the_step_that_was_forced_to_run() {
    let mut run = started(fine());
    play(&mut run, 0.0, 2.0);
    let step = |id: &str, status| StepPatch {
        id: id.to_owned(),
        status: Some(status),
        ..StepPatch::default()
    };
    let steps = vec![
        step("ds-1.1", StepStatus::Skipped),
        step("ds-1.2", StepStatus::Running),
    ];
    run.apply_patch(
        RunPatch {
            steps,
            ..RunPatch::default()
        },
        at(2.0),
    );
    play(&mut run, 2.0, 22.0);
    assert_eq!(statuses(&run), ["Skipped", "Success", "Success"]);
    assert_eq!(run.finished, Some(at(22.0)));
}
