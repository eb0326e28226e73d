//! What a host asks for binds every request to it, and all of them share its room (docs/RULES.md, 18).

use std::time::Duration;

use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::ids::ProcessId;

use super::server::{Call, Twist, error};
use super::world::{Life, World, account, key, pass};
use crate::EngineError;
use crate::actions::request::RequestedAction;

fn busy(seconds: u64) -> CallError {
    CallError {
        retry_after: Some(Duration::from_secs(seconds)),
        ..error(Trouble::Busy, Effect::None)
    }
}

/// A run that goes, with this many steps.
async fn run_of(steps: usize) -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Running", &vec!["Running"; steps]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    (world, life)
}

fn sentence(answer: Result<(), EngineError>) -> String {
    answer.unwrap_err().to_string()
}

const WAIT: &str = "SolveXia asked Runwatch to wait. It is asked again in 1 min.";

#[tokio::test(start_paused = true)]
async fn rule_18_a_read_of_steps_stops_at_the_first_429_and_what_was_known_stays() {
    let (world, life) = run_of(40).await;
    let before = world.server.calls();
    for step in 1..=40 {
        let call = Call::Step(format!("ds-{step}"));
        world.server.fail_once("pr-1", call, busy(60));
    }
    let answer = life.engine.poll(&key("pr-1"), true).await;
    assert!(matches!(answer, Err(EngineError::Call(error)) if error.trouble == Trouble::Busy));
    let asked = world.server.calls() - before;
    assert!(asked <= 2 + 6, "{asked}: status, list, and six steps");
    let state = life.state("pr-1");
    assert!(state.step_problems.is_empty(), "it is said once");
    assert_eq!(state.steps_problem, Some(busy(60)));
    assert!(state.steps.iter().all(|step| step.seen.is_some()));
}

#[tokio::test(start_paused = true)]
async fn rule_18_what_a_person_asks_for_waits_as_well_and_says_how_long() {
    let (world, life) = run_of(3).await;
    let pr_1 = key("pr-1");
    world.server.fail_once("pr-1", Call::Status, busy(60));
    let _ = life.engine.poll(&pr_1, false).await;
    let before = world.server.calls();
    for (wait, words) in [(60, "1 min"), (45, "45 s")] {
        let said = format!("SolveXia asked Runwatch to wait. It is asked again in {words}.");
        assert_eq!(sentence(life.engine.refresh(&pr_1).await), said);
        assert_eq!(sentence(life.engine.poll(&pr_1, true).await), said);
        assert_eq!(sentence(life.engine.refresh_info(&pr_1).await), said);
        let step = life.state("pr-1").steps[0].id.clone();
        assert_eq!(sentence(life.engine.read_step(&pr_1, step).await), said);
        let api = life.engine.accounts.api(&account().id).unwrap();
        let refused = api.processes("").await.unwrap_err();
        assert_eq!(refused.retry_after, Some(Duration::from_secs(wait)));
        let process = ProcessId::parse("p-1").unwrap();
        let refused = api.create_run(&process, "").await.unwrap_err();
        assert_eq!(refused.message, format!("Nothing was created. {said}"));
        tokio::time::sleep(Duration::from_secs(15)).await;
    }
    assert_eq!(world.server.calls(), before, "nothing was sent");
    assert_eq!(life.state("pr-1").problem.unwrap().trouble, Trouble::Busy);
    pass(31).await;
    life.engine.refresh(&pr_1).await.unwrap();
    assert_eq!(life.state("pr-1").problem, None);
}

#[tokio::test(start_paused = true)]
async fn rule_18_an_action_is_not_sent_while_its_status_cannot_be_asked() {
    let (world, life) = run_of(1).await;
    world.server.fail_once("pr-1", Call::Status, busy(60));
    let _ = life.engine.poll(&key("pr-1"), false).await;
    let before = world.server.calls();
    let answer = life.act("pr-1", RequestedAction::Cancel).await.map(drop);
    assert_eq!(sentence(answer), format!("Nothing was sent. {WAIT}"));
    assert_eq!(world.server.calls(), before);
    assert!(world.activity().is_empty());
}

#[tokio::test(start_paused = true)]
async fn learning_leaves_a_host_alone_that_asks_for_patience() {
    let (world, life) = run_of(1).await;
    let process = ProcessId::parse("p-1").unwrap();
    for run in ["pr-2", "pr-3"] {
        world.put(run, "Finished", &["Success"]);
        let of_it = |truth: &mut super::simulated_run::Truth| truth.process = Some(process.clone());
        world.server.update(run, of_it);
    }
    world
        .server
        .update("pr-1", |truth| truth.process = Some(process.clone()));
    life.engine.refresh_info(&key("pr-1")).await.unwrap();
    world.server.fail_once("pr-1", Call::Status, busy(60));
    let _ = life.engine.poll(&key("pr-1"), false).await;
    life.engine.set_watched(&key("pr-1"), true).await.unwrap();
    pass(30).await;
    assert_eq!(world.server.count("pr-3", &Call::Status), 0);
}

#[tokio::test(start_paused = true)]
async fn all_reads_of_runs_and_steps_share_the_eight_at_a_time_of_their_host() {
    let world = World::new();
    let life = world.boot().await;
    for run in (1..=30).map(|n| format!("pr-{n}")) {
        world.put(&run, "Running", &["Running"; 6]);
        life.watch(&run).await;
        world.end(&run, "Finished", &["Success"; 6]);
    }
    life.engine.poll_all_now();
    pass(60).await;
    assert_eq!(world.server.most_at_once(), 8);
    assert_eq!(world.shelf.ends().len(), 30);
}

#[tokio::test(start_paused = true)]
async fn an_action_does_not_wait_for_the_reads_under_way() {
    let (world, life) = run_of(1).await;
    let reads = (2..=9).map(|n| format!("pr-{n}"));
    for run in reads.clone() {
        world.put(&run, "Running", &["Running"]);
        life.watch(&run).await;
        let (delay, start) = (Duration::from_secs(40), Twist::default());
        world
            .server
            .twist(&run, Call::Status, Twist { delay, ..start });
    }
    // Its own status is read, then eight others take all the room while it is sent.
    let (engine, runs) = (life.engine.clone(), reads.collect::<Vec<_>>());
    world.server.then("pr-1", Call::Status, move |_| {
        for run in runs {
            let engine = engine.clone();
            tokio::spawn(async move { engine.poll(&key(&run), false).await });
        }
    });
    let began = tokio::time::Instant::now();
    life.act("pr-1", RequestedAction::Cancel).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(world.server.posts("pr-1"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_host_that_asked_for_patience_is_asked_one_thing_at_a_time_until_it_is_calm() {
    let (world, life) = run_of(6).await;
    world.server.fail_once("pr-1", Call::Status, busy(5));
    let _ = life.engine.poll(&key("pr-1"), false).await;
    pass(6).await;
    world.server.forget_the_crowd();
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    assert_eq!(world.server.most_at_once(), 1);
    pass(70).await;
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    assert_eq!(world.server.most_at_once(), 6);
}

#[tokio::test(start_paused = true)]
async fn where_a_host_is_too_slow_for_all_a_run_that_goes_is_read_before_those_that_wait() {
    let world = World::new();
    let mut runs: Vec<String> = (1..=100).map(|n| format!("pr-{n}")).collect();
    for run in &runs {
        world.put(run, "NotStarted", &["NotStarted"]);
    }
    world.put("pr-101", "Running", &["Running"]);
    runs.push("pr-101".into());
    let life = world.boot().await;
    for run in &runs {
        life.watch(run).await;
    }
    for run in &runs {
        for _ in 0..60 {
            let delay = Duration::from_secs(10);
            let slow = Twist {
                delay,
                ..Twist::default()
            };
            world.server.twist(run, Call::Status, slow);
        }
    }
    pass(600).await;
    let rate = |run: &str| world.server.count(run, &Call::Status);
    let going = rate("pr-101");
    assert!(going >= 20, "{going} times in 10 minutes");
    let least = runs.iter().map(|run| rate(run)).min().unwrap();
    assert!(least >= 4, "nobody is forgotten: {least}");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_put_back_after_a_removal_that_failed_waits_for_one_permit_alone() {
    let (world, life) = run_of(1).await;
    world.shelf.fail_accounts(true);
    let removed = life.engine.remove_account(&account().id, false).await;
    assert!(removed.is_err());
    // While the host is pressed one read takes all permits: a second one of the same call would wait
    // for ever.
    let pr_1 = key("pr-1");
    world.server.fail_once("pr-1", Call::Status, busy(2));
    let _ = life.engine.poll(&pr_1, false).await;
    pass(3).await;
    let read = tokio::time::timeout(Duration::from_secs(60), life.engine.poll(&pr_1, false));
    read.await.expect("it is answered").unwrap();
}
