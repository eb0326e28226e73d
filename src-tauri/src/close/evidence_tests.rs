//! The whole way: the demo's month-end on the simulated SolveXia, a run of it through to its end, and the
//! evidence pack beside the history that it comes from.

use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use runwatch_close_files::evidence::{MANIFEST, files};
use runwatch_close_files::sha256;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::close::kept::{CapturedAttempt, CloseId};
use runwatch_core::close::plan::PlanId;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use runwatch_core::outcome::Outcome;
use runwatch_engine::actions::create::CreateAnswer;
use runwatch_engine::actions::request::{ActionRequest, RequestedAction};
use runwatch_engine::close::record::CloseRecord;
use tokio_util::sync::CancellationToken;

use super::{evidence, folder_name};
use crate::app_state::AppState;
use crate::startup::sample_account;
use crate::startup::sample_server::SampleServer;
use crate::test_support::Computer;

fn account() -> AccountId {
    AccountId("sample".into())
}

fn first_process() -> ProcessId {
    ProcessId::parse("p-10002").unwrap()
}

/// Starts a run of the first process here, for a reason, and waits until it is through.
async fn run_first(app_state: &AppState, close: &CloseId) {
    let engine = &app_state.engine;
    let (account, process) = (account(), first_process());
    let created = engine.create_run(&account, &process, "Close", false).await;
    let Ok(CreateAnswer::Created { run, .. }) = created else {
        panic!("the simulated SolveXia creates it");
    };
    let request = ActionRequest {
        key: run,
        action: RequestedAction::Start,
        deprecated: false,
        status: "NotStarted".into(),
        attempt: 1,
        reason: Some("=cmd|' /C calc'!A0".into()),
    };
    engine.act(request).await.unwrap();
    let is_through = async || {
        let board = engine.close_board(close).await.unwrap();
        matches!(board.view.items[0].state, ItemState::Done(..))
    };
    let waits = async {
        while !is_through().await {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(120), waits).await;
    waited.expect("it takes half a minute");
}

/// Nothing is watched any more when it is made, so that the history stays as the record has it.
async fn record_of_a_close(app_state: &Arc<AppState>) -> CloseRecord {
    let stop = CancellationToken::new();
    let engine = app_state.engine.clone();
    let watching = [
        tokio::spawn(engine.clone().watch(stop.clone())),
        tokio::spawn(engine.clone().watch_closes(stop.clone())),
    ];
    let plan = PlanId("sample-plan".into());
    let choices = engine.open_choices(&plan).unwrap();
    let close = choices[0].id.clone();
    assert!(choices[0].close.as_ref().unwrap().0 > engine.now() + 12.hours());
    engine.open_close(&close).await.unwrap();
    // In sight it is read every few seconds, though such a run usually takes minutes.
    engine.set_window_visible(true);
    run_first(app_state, &close).await;
    stop.cancel();
    for task in watching {
        task.await.unwrap();
    }
    engine.close_record(&close).await.unwrap()
}

/// The lines of a file of the pack, its head left out.
fn lines(pack: &[runwatch_close_files::evidence::PackFile], name: &str) -> Vec<String> {
    let file = pack.iter().find(|file| file.name == name).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pack_of_a_close_says_what_the_history_says() {
    let computer = Computer::new();
    let app_state = computer.start().await;
    let sim = SampleServer::start().await.unwrap();
    sample_account::open(&app_state, &sim.origin())
        .await
        .unwrap();
    let record = record_of_a_close(&app_state).await;
    let store = app_state.engine.history.store();
    let pack = files(&evidence(&record, "9.9.9")).unwrap();
    let count = |name: &str| lines(&pack, name).len();

    let bound = record.board.kept.bound(&first_process()).unwrap();
    let captured = store
        .captured(&account(), &first_process(), 99)
        .await
        .unwrap();
    let of_run = captured.iter().filter(|kept| kept.key.run == bound.run);
    let of_run: Vec<_> = of_run.collect();
    assert_eq!(of_run.len(), 1);
    let run_lines = lines(&pack, "runs.csv");
    let its = |lines: &[String]| {
        let named = format!("{}", bound.run);
        lines.iter().filter(|line| line.contains(&named)).count()
    };
    assert_eq!(its(&run_lines), 1);
    assert_eq!(its(&lines(&pack, "steps.csv")), of_run[0].steps.len());
    assert_eq!(count("expected-items.csv"), record.board.plan.items().len());

    let forecasts = store.forecasts().await.unwrap();
    assert!(!forecasts.is_empty(), "six earlier month-ends are known");
    assert_eq!(count("forecasts.csv"), forecasts.len());
    let told = store.told_of_close(&record.board.kept.id()).await.unwrap();
    assert_eq!(record.told.len(), told.len());
    let key = RunKey {
        account: account(),
        run: bound.run.clone(),
    };
    let actions = store.actions_of_run(&key).await.unwrap();
    assert_eq!(actions.len(), 2, "created and started");
    assert_eq!(count("actions.csv"), record.actions.len());
    let typed = lines(&pack, "actions.csv");
    assert!(
        typed.iter().any(|line| line.contains("'=cmd|")),
        "no formula comes through: {typed:?}"
    );
    assert_eq!(record.unread, [], "all was listed");
    assert!(
        record
            .listed
            .iter()
            .any(|run| run.is_bound && run.run == bound.run)
    );

    exceptions_end_with_the_run_that_counts(record.clone());
    what_was_read_in_another_order_after_a_sleep_is_resolved_all_the_same(record.clone());
    what_is_no_longer_in_the_plan_is_marked(record.clone());
    let steps = lines(&pack, "steps.csv");
    let is_read_as_text = |line: &String| line.contains(",Step 1.");
    assert!(
        steps.iter().all(is_read_as_text),
        "1.10 is no 1.1: {steps:?}"
    );

    let manifest = lines_of_manifest(&pack);
    for file in pack.iter().filter(|file| file.name != MANIFEST) {
        let line = format!("{}  {}", sha256(&file.bytes), file.name);
        assert!(manifest.contains(&line), "{line}");
    }
    let name = folder_name(&record);
    assert!(name.starts_with("Month-end, period to "), "{name}");
    assert!(!name.contains([':', '/']), "{name}");
}

/// A failure is resolved by a later attempt of its run, or by the run that stands for its item; not by any other
/// run of the process, and not by one that left out what usually runs.
fn exceptions_end_with_the_run_that_counts(mut record: CloseRecord) {
    let process = first_process();
    let bound = record.board.kept.bound(&process).unwrap().run.clone();
    let is_its = |kept: &&CapturedAttempt| kept.key.run == bound;
    let counts = record.captured.iter().find(is_its).unwrap().clone();
    let attempt = |run: &str, attempt, outcome, seconds: i64| CapturedAttempt {
        key: RunKey {
            run: RunId::parse(run).unwrap(),
            ..counts.key.clone()
        },
        attempt,
        outcome,
        captured: counts.captured + seconds.seconds(),
        ..counts.clone()
    };
    let rows = |record: &CloseRecord| -> Vec<(String, String, String)> {
        let rows = super::exception_rows(record).into_iter();
        let rows = rows.filter(|row| row.process == process.to_string());
        rows.map(|row| (row.run, row.outcome, row.resolved_by))
            .collect()
    };
    let row = |run: &str, outcome: &str, by: &str| (run.into(), outcome.into(), by.into());
    let own = bound.to_string();
    record.captured = vec![
        attempt("pr-7", 1, Outcome::Failed, -60),
        counts.clone(),
        attempt(&own, 2, Outcome::Failed, 60),
        attempt("pr-8", 1, Outcome::Succeeded, 120),
    ];
    let first = row("pr-7", "Failed", &format!("{own}, attempt 1"));
    assert_eq!(rows(&record), [first.clone(), row(&own, "Failed", "")]);
    record
        .captured
        .push(attempt(&own, 3, Outcome::Succeeded, 180));
    let by_third = format!("{own}, attempt 3");
    assert_eq!(
        rows(&record),
        [first.clone(), row(&own, "Failed", &by_third)]
    );
    let step = StepId::parse("ds-1").unwrap();
    record.board.view.items[0].state = ItemState::Blocked(Block::Skipped(vec![step]));
    record.board.items[0].left_out = vec!["Match".into()];
    let left_out = "Succeeded, but left out steps that usually run: Match";
    assert_eq!(
        rows(&record),
        [first, row(&own, "Failed", ""), row(&own, left_out, "")]
    );
}

/// The laptop slept over a failure and over the run that made up for it, and this one was read first on waking.
fn what_was_read_in_another_order_after_a_sleep_is_resolved_all_the_same(mut record: CloseRecord) {
    let process = first_process();
    let bound = record.board.kept.bound(&process).unwrap().run.clone();
    let is_its = |kept: &&CapturedAttempt| kept.key.run == bound;
    let good = record.captured.iter().find(is_its).unwrap().clone();
    let mut failed = good.clone();
    failed.key.run = RunId::parse("pr-7").unwrap();
    failed.outcome = Outcome::Failed;
    failed.stamp.finished = good.stamp.started.map(|at| at - 30.minutes());
    failed.captured = good.captured + 2.seconds();
    record.captured = vec![good, failed];
    let rows = super::exception_rows(&record);
    assert_eq!(rows[0].resolved_by, format!("{bound}, attempt 1"));
}

fn what_is_no_longer_in_the_plan_is_marked(mut record: CloseRecord) {
    let taken_out = ProcessId::parse("p-7").unwrap();
    let mut failed = record.captured[0].clone();
    failed.process = taken_out;
    failed.outcome = Outcome::Failed;
    record.captured.push(failed);
    let is_marked = |mark: &String| mark == "No longer in the plan";
    let exceptions = super::exception_rows(&record);
    assert!(exceptions.iter().map(|row| &row.mark).any(is_marked));
    let runs = super::run_rows(&record);
    assert_eq!(
        runs.iter()
            .map(|row| &row.mark)
            .filter(|mark| is_marked(mark))
            .count(),
        1
    );
}

fn lines_of_manifest(pack: &[runwatch_close_files::evidence::PackFile]) -> Vec<String> {
    let file = pack.last().unwrap();
    assert_eq!(file.name, MANIFEST);
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    text.lines().map(str::to_owned).collect()
}
