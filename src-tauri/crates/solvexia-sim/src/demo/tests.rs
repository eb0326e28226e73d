use jiff::Timestamp;

use super::*;
use crate::model::run::Run;
use crate::model::status::{RunStatus, StepStatus};
use crate::model::work_time::{WorkInterval, seconds_between, shifted};

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().expect("a date")
}

fn demo() -> Catalogue {
    let mut catalogue = Catalogue::default();
    fill(&mut catalogue, &mut ServerLog::default(), now());
    catalogue
}

fn after_seconds(catalogue: &Catalogue, id: &str, seconds: f64) -> Run {
    let mut run = catalogue.run(id).expect("a run of the demo").clone();
    run.start(now()).expect("it waits to be started");
    run.advance(WorkInterval {
        from: now(),
        to: shifted(now(), seconds),
        work: seconds,
    });
    run
}

fn statuses(run: &Run) -> Vec<&str> {
    run.steps.iter().map(|step| step.status.word()).collect()
}

#[test]
fn the_quick_run_succeeds_within_twenty_seconds_and_hides_a_step() {
    let run = after_seconds(&demo(), DEMO_QUICK_RUN, 20.5);
    assert_eq!(run.status, RunStatus::Finished);
    assert_eq!(statuses(&run), ["Success"; 5]);
    let hidden = run.step(DEMO_HIDDEN_STEP).expect("the hidden step");
    assert!(!hidden.is_listed());
}

#[test]
fn the_failing_run_fails_in_the_middle_and_succeeds_when_restarted_there() {
    let mut run = after_seconds(&demo(), DEMO_FAILING_RUN, 15.5);
    assert_eq!(run.status, RunStatus::Finished);
    assert_eq!(
        statuses(&run),
        ["Success", "Success", "Failed", "NotStarted", "NotStarted"]
    );
    run.restart_from(DEMO_FAILING_STEP, now())
        .expect("it may be restarted");
    run.advance(WorkInterval {
        from: now(),
        to: now(),
        work: 30.0,
    });
    assert_eq!(statuses(&run), ["Success"; 5]);
}

#[test]
fn the_warning_run_warns() {
    let run = after_seconds(&demo(), DEMO_WARNING_RUN, 25.0);
    assert_eq!(run.status, RunStatus::Finished);
    assert_eq!(statuses(&run), ["Success", "Success", "Warning", "Success"]);
}

#[test]
fn the_long_run_takes_more_than_ten_minutes() {
    let catalogue = demo();
    assert_eq!(
        after_seconds(&catalogue, DEMO_LONG_RUN, 700.0).status,
        RunStatus::Running
    );
    assert_eq!(
        after_seconds(&catalogue, DEMO_LONG_RUN, 1000.0).status,
        RunStatus::Finished
    );
}

#[test]
fn the_live_run_never_comes_to_rest_for_long() {
    let mut run = demo().run(DEMO_LIVE_RUN).expect("the live run").clone();
    let mut at = now();
    for _ in 0..100 {
        let next = shifted(at, 31.0);
        run.advance(WorkInterval {
            from: at,
            to: next,
            work: 31.0,
        });
        at = next;
        assert!(
            run.finished
                .is_none_or(|finished| seconds_between(finished, at) < 31.0)
        );
    }
    assert_eq!(run.counts.starts, 0, "only starts through the API count");
}

#[test]
fn every_kind_of_end_is_in_the_history() {
    let catalogue = demo();
    let run = |id| catalogue.run(id).expect("a run of the history");
    assert!(statuses(run(DEMO_FAILED_RUN)).contains(&"Failed"));
    assert_eq!(run(DEMO_FAILED_RUN).status, RunStatus::Finished);
    assert!(
        run(DEMO_SUCCEEDED_RUN)
            .steps
            .iter()
            .all(|s| s.status == StepStatus::Success)
    );
    assert!(statuses(run(DEMO_WARNED_RUN)).contains(&"Warning"));
    assert_eq!(run(DEMO_CANCELLED_RUN).status, RunStatus::Cancelled);
    assert!(statuses(run(DEMO_CANCELLED_RUN)).contains(&"Cancelled"));
    assert_eq!(run(DEMO_TIMED_OUT_RUN).status, RunStatus::TimedOut);
    assert!(statuses(run(DEMO_TIMED_OUT_RUN)).contains(&"Cancelled"));
}

#[test]
fn history_ended_before_now_and_lasted_minutes() {
    for run in demo().runs.iter().filter(|run| run.status.has_ended()) {
        let (from, to) = (run.started.expect("a start"), run.finished.expect("an end"));
        assert!(to < now(), "{} ends in the future", run.name);
        assert!(
            seconds_between(from, to) > 60.0,
            "{} was too quick",
            run.name
        );
    }
}

#[test]
fn ids_are_unique_and_one_process_has_more_than_forty_runs() {
    let catalogue = demo();
    let of_runs = catalogue.runs.iter().map(|run| run.id.clone());
    let of_steps = catalogue
        .runs
        .iter()
        .flat_map(|run| &run.steps)
        .map(|step| step.id.clone());
    let mut ids: Vec<_> = of_runs.chain(of_steps).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let busy = catalogue
        .runs
        .iter()
        .filter(|run| run.process == DEMO_BUSY_PROCESS)
        .count();
    assert!(busy > 40);
}
