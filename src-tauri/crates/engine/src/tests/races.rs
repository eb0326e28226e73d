//! Two things at the same time, in every order.

use std::time::Duration;

use runwatch_core::ids::StepId;
use runwatch_core::ports::Store;
use runwatch_core::run::Run;

use super::faulty_store::wait;
use super::server::{Call, Twist};
use super::world::{Life, World, key, pass, watching};
use crate::EngineError;
use crate::actions::request::RequestedAction;
use crate::event::Events;
use crate::runs::registry::RunRegistry;
use crate::runs::tracked_run::TrackedRun;

async fn run(status: &str) -> (World, Life) {
    watching(&["pr-1"], status, "Running", 5).await
}

fn slow(world: &World, run: &str, call: Call) {
    let twist = Twist {
        delay: Duration::from_secs(5),
        ..Twist::default()
    };
    world.server.twist(run, call, twist);
}

fn stored(world: &World) -> Vec<runwatch_core::run::Run> {
    wait(world.shelf.db().runs()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_watched_flag_is_not_lost_when_a_polls_write_comes_at_the_same_time() {
    for delay in 0..60 {
        let (world, life) = run("Running").await;
        life.engine.set_watched(&key("pr-1"), false).await.unwrap();
        world.end("pr-1", "Finished", &["Success"]);
        let watching = async {
            tokio::time::sleep(Duration::from_millis(delay)).await;
            let pr_1 = key("pr-1");
            tokio::join!(
                life.engine.set_watched(&pr_1, true),
                life.engine.refresh_info(&pr_1)
            )
        };
        let pr_1 = key("pr-1");
        let (read, (set, _)) = tokio::join!(life.engine.poll(&pr_1, true), watching);
        read.unwrap();
        set.unwrap();
        assert!(life.state("pr-1").run.watched, "{delay} ms");
        assert!(stored(&world)[0].watched, "{delay} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_removed_in_the_middle_of_a_read_does_not_come_back() {
    for call in [Call::Status, Call::Steps, Call::Step("ds-1".into())] {
        let (world, life) = run("Running").await;
        slow(&world, "pr-1", call.clone());
        world.end("pr-1", "Finished", &["Success"]);
        let (engine, pr_1) = (life.engine.clone(), key("pr-1"));
        let removing = async {
            pass(2).await;
            life.engine.remove_run(&pr_1).await
        };
        // One who waits for its turn behind the removal finds the run gone.
        let late = async {
            pass(3).await;
            life.engine.poll(&pr_1, true).await
        };
        let (_, removed, late) = tokio::join!(engine.poll(&pr_1, true), removing, late);
        removed.unwrap();
        assert_eq!(late, Err(EngineError::NoSuchRun), "{call:?}");
        pass(60).await;
        assert!(stored(&world).is_empty(), "{call:?}");
        assert!(life.engine.runs.all().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_removed_while_it_is_being_watched_or_renamed_does_not_come_back() {
    let (world, life) = run("Running").await;
    world
        .server
        .update("pr-1", |truth| truth.name = "New".into());
    let pr_1 = key("pr-1");
    let removing = async {
        // The name comes 20 ms later: in the middle of the removal's write.
        tokio::time::sleep(Duration::from_millis(19)).await;
        tokio::join!(
            life.engine.remove_run(&pr_1),
            life.engine.set_watched(&pr_1, false)
        )
    };
    let ((removed, _), _) = tokio::join!(removing, life.engine.refresh_info(&pr_1));
    removed.unwrap();
    assert!(stored(&world).is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_action_that_waits_behind_a_removal_is_not_sent() {
    let (world, life) = run("NotStarted").await;
    slow(&world, "pr-1", Call::Status);
    let request = life.request("pr-1", RequestedAction::Start);
    let pr_1 = key("pr-1");
    let removing = async {
        pass(1).await;
        life.engine.remove_run(&pr_1).await
    };
    let acting = async {
        pass(2).await;
        life.engine.act(request).await
    };
    let (_, removed, acted) = tokio::join!(life.engine.poll(&pr_1, false), removing, acting);
    removed.unwrap();
    assert_eq!(acted, Err(EngineError::NoSuchRun));
    assert_eq!(world.server.posts("pr-1"), 0);
    assert!(stored(&world).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_is_not_removed_while_an_action_is_under_way() {
    let (world, life) = run("NotStarted").await;
    slow(&world, "pr-1", Call::Start);
    let acting = life.act("pr-1", RequestedAction::Start);
    let removing = async {
        pass(2).await;
        life.engine.remove_run(&key("pr-1")).await
    };
    let (acted, removed) = tokio::join!(acting, removing);
    assert!(acted.is_ok());
    assert!(matches!(removed, Err(EngineError::NotNow(_))));
}

#[tokio::test(start_paused = true)]
async fn rule_14_a_run_that_was_removed_and_added_again_is_told_again() {
    let (world, life) = run("Running").await;
    for told in 1..4 {
        world.end("pr-1", "Finished", &["Success"]);
        pass(30).await;
        assert_eq!(world.shelf.ends().len(), told);
        assert_eq!(world.desk.titles().len(), told);
        life.engine.remove_run(&key("pr-1")).await.unwrap();
        world.begin("pr-1");
        life.watch("pr-1").await;
        pass(10).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_that_is_added_by_hand_during_a_read_is_not_lost() {
    let (world, life) = run("Running").await;
    world.server.update("pr-1", |truth| {
        truth.set_steps(&["Success", "Failed"]);
        truth.steps[1].unlisted = true;
    });
    slow(&world, "pr-1", Call::Step("ds-1".into()));
    let pr_1 = key("pr-1");
    let adding = async {
        pass(1).await;
        let step = StepId::parse("ds-2").unwrap();
        life.engine.read_step(&pr_1, step).await
    };
    let (read, added) = tokio::join!(life.engine.poll(&pr_1, true), adding);
    read.unwrap();
    added.unwrap();
    assert_eq!(life.state("pr-1").steps.len(), 2);
    life.engine.poll(&pr_1, true).await.unwrap();
    let steps = wait(world.shelf.db().steps(&pr_1)).unwrap();
    assert!(steps[1].by_hand && steps.len() == 2);
}

#[tokio::test(start_paused = true)]
async fn rule_14_an_end_is_told_though_the_reader_stops_waiting() {
    for millis in 0..150 {
        let (world, life) = run("Running").await;
        world.end("pr-1", "Finished", &["Success"]);
        let (engine, pr_1) = (life.engine.clone(), key("pr-1"));
        let look = tokio::spawn(async move { engine.poll(&pr_1, false).await });
        tokio::time::sleep(Duration::from_millis(millis)).await;
        look.abort();
        pass(30).await;
        assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"], "{millis} ms");
        assert_eq!(world.shelf.ends().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_action_waits_behind_one_request_at_most_however_many_steps_its_run_has() {
    for action in [RequestedAction::Cancel, RequestedAction::Start] {
        let status = match action {
            RequestedAction::Cancel => "Running",
            _ => "Finished",
        };
        let world = World::new();
        world.put("pr-1", status, &vec!["Success"; 60]);
        let life = world.boot().await;
        life.watch("pr-1").await;
        pass(90).await;
        for step in 1..=60 {
            slow(&world, "pr-1", Call::Step(format!("ds-{step}")));
        }
        let request = life.request("pr-1", action.clone());
        let (engine, pr_1) = (life.engine.clone(), key("pr-1"));
        let reading = tokio::spawn(async move { engine.poll(&pr_1, true).await });
        pass(2).await;
        let asked = tokio::time::Instant::now();
        life.engine.act(request).await.unwrap();
        let waited = asked.elapsed();
        assert!(waited < Duration::from_secs(1), "{action:?}: {waited:?}");
        let _ = reading.await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_action_waits_behind_no_other_runs_reads() {
    let world = World::new();
    let runs: Vec<String> = (1..=10).map(|n| format!("pr-{n}")).collect();
    for run in &runs {
        world.put(run, "Running", &["Running"]);
    }
    let life = world.boot().await;
    for run in &runs {
        life.watch(run).await;
    }
    pass(5).await;
    let request = life.request("pr-1", RequestedAction::Cancel);
    for run in &runs[1..] {
        slow(&world, run, Call::Status);
    }
    // Nine reads hang, one more than a host is asked at a time: this run's own is behind them too.
    life.engine.poll_all_now();
    pass(2).await;
    let asked = tokio::time::Instant::now();
    life.engine.act(request).await.unwrap();
    let waited = asked.elapsed();
    assert!(waited < Duration::from_secs(1), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn an_action_waits_behind_no_hanging_read_of_its_own_run() {
    for call in [Call::Status, Call::Step("ds-1".into())] {
        let world = World::new();
        world.put("pr-1", "Running", &["Running"]);
        let life = world.boot().await;
        life.watch("pr-1").await;
        pass(5).await;
        let request = life.request("pr-1", RequestedAction::Cancel);
        slow(&world, "pr-1", call.clone());
        let (engine, pr_1) = (life.engine.clone(), key("pr-1"));
        let reading = tokio::spawn(async move {
            match call {
                Call::Status => engine.poll(&pr_1, false).await,
                _ => {
                    engine
                        .read_step(&pr_1, StepId::parse("ds-1").unwrap())
                        .await
                }
            }
        });
        pass(1).await;
        let asked = tokio::time::Instant::now();
        life.engine.act(request).await.unwrap();
        let waited = asked.elapsed();
        assert!(waited < Duration::from_secs(1), "{waited:?}");
        let _ = reading.await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_that_gave_way_to_an_action_calls_no_end_unverified() {
    let world = World::new();
    world.put("pr-1", "Running", &vec!["Running"; 30]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(5).await;
    // For a minute the steps lag behind, so that the next read would be the last.
    world.end("pr-1", "Finished", &vec!["Running"; 30]);
    pass(58).await;
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&vec!["Success"; 30]));
    for step in 1..=30 {
        slow(&world, "pr-1", Call::Step(format!("ds-{step}")));
    }
    pass(3).await;
    let answer = life.act("pr-1", RequestedAction::Start).await;
    assert!(answer.is_err(), "its end is still being read");
    for step in 1..=30 {
        let step = Call::Step(format!("ds-{step}"));
        world.server.untwist("pr-1", &step);
    }
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[test]
fn a_runs_number_of_changes_never_goes_back() {
    let registry = RunRegistry::new(Events::default());
    registry.insert(TrackedRun::new(Run::new(key("pr-1")), Vec::new()));
    let tracked = registry.get(&key("pr-1")).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..2_000).for_each(|_| registry.changed(&key("pr-1"))));
        }
        let mut latest = 0;
        while latest < 8_000 {
            let now = tracked.state().change;
            assert!(now >= latest, "{now} after {latest}");
            latest = now;
        }
    });
}
