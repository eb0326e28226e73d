//! Runs that SolveXia does not have any more: rules 1, 6, 8, 13 and 14.

use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use super::outages::{running, told};
use super::server::{Call, error};
use super::world::{Life, World, key, pass};

const MINUTE: u64 = 60;

fn missing() -> CallError {
    error(Trouble::NotFound, Effect::None)
}

fn vanish(world: &World) {
    for call in [Call::Status, Call::Steps] {
        world.server.break_call("pr-1", call, missing());
    }
}

/// How often it was told that SolveXia does not have it any more.
fn told_gone(world: &World) -> usize {
    let gone = "SolveXia no longer has “Run pr-1”";
    told(world).iter().filter(|title| *title == gone).count()
}

/// A watched run that ended, and was deleted once its status had been read.
async fn ended_and_deleted(status: &str) -> (World, Life) {
    let (world, life) = running(&["pr-1"]).await;
    world.end("pr-1", status, &["Success"]);
    let then = world.clone();
    world
        .server
        .then("pr-1", Call::Status, move |_| vanish(&then));
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_1_an_end_that_was_read_is_told_where_the_run_is_deleted_next() {
    for (status, outcome, title) in [
        ("TimedOut", Outcome::TimedOut, "Timed out: Run pr-1"),
        ("Cancelled", Outcome::Cancelled, "Cancelled: Run pr-1"),
        (
            "Finished",
            Outcome::Unverified,
            "Ended, could not be verified: Run pr-1",
        ),
    ] {
        let (world, life) = ended_and_deleted(status).await;
        pass(5 * MINUTE).await;
        assert!(life.state("pr-1").gone);
        assert_eq!(world.shelf.ends(), [title]);
        assert_eq!(world.shelf.history(), [(1, outcome)]);
        life.kill();
        let life = world.boot().await;
        pass(60 * MINUTE).await;
        assert_eq!(life.outcome("pr-1"), Some(outcome));
        assert_eq!(world.desk.titles(), [title], "once, and nothing beside it");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_13_a_pending_end_is_told_though_the_run_was_deleted_while_the_app_was_off() {
    let (world, life) = running(&["pr-1"]).await;
    world.server.break_call("pr-1", Call::Steps, missing());
    world.end("pr-1", "TimedOut", &["Success"]);
    let then = world.clone();
    world
        .server
        .then("pr-1", Call::Status, move |_| then.server.set_offline(true));
    pass(MINUTE).await;
    assert!(life.is_pending("pr-1"));
    life.kill();
    world.server.set_offline(false);
    vanish(&world);
    let life = world.boot().await;
    pass(MINUTE).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::TimedOut));
    assert_eq!(world.shelf.ends(), ["Timed out: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_6_a_run_that_comes_back_after_its_end_was_told_is_looked_at_again() {
    let (world, life) = ended_and_deleted("Finished").await;
    pass(5 * MINUTE).await;
    world.server.mend();
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Failed"]));
    pass(60 * MINUTE).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.told(NotificationKind::Correction).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_8_a_run_that_had_ended_at_first_sight_and_is_deleted_is_not_told() {
    let world = World::new();
    world.put("pr-1", "Running", &["Success"]);
    world.end("pr-1", "TimedOut", &["Success"]);
    let then = world.clone();
    world
        .server
        .then("pr-1", Call::Status, move |_| vanish(&then));
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(5 * MINUTE).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::TimedOut));
    assert!(world.desk.titles().is_empty());
}

#[tokio::test(start_paused = true)]
async fn rule_14_each_time_that_it_goes_is_told_once_also_over_restarts_of_the_app() {
    let (world, mut life) = running(&["pr-1"]).await;
    for times in 1..=3 {
        vanish(&world);
        pass(2 * MINUTE).await;
        assert_eq!(told_gone(&world), times);
        life.kill();
        life = world.boot().await;
        pass(10 * MINUTE).await;
        assert!(life.state("pr-1").gone);
        assert_eq!(told_gone(&world), times, "a restart repeats nothing");
        world.server.mend();
        pass(10 * MINUTE).await;
        assert!(!life.state("pr-1").gone);
        life.kill();
        life = world.boot().await;
        pass(MINUTE).await;
    }
    assert_eq!(world.desk.titles().len(), world.shelf.inbox().len());
}

#[tokio::test(start_paused = true)]
async fn rule_14_a_run_that_was_taken_off_and_added_again_is_told_when_it_goes() {
    let (world, life) = running(&["pr-1"]).await;
    for times in 1..=2 {
        vanish(&world);
        pass(2 * MINUTE).await;
        assert_eq!(told_gone(&world), times);
        world.server.mend();
        life.engine.remove_run(&key("pr-1")).await.unwrap();
        life.watch("pr-1").await;
        pass(MINUTE).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_may_come_back_would_be_missed_for_an_hour() {
    let (world, life) = running(&["pr-1"]).await;
    assert_eq!(life.engine.would_be_missed(), ["Run pr-1"]);
    vanish(&world);
    pass(50 * MINUTE).await;
    assert!(life.state("pr-1").gone);
    assert_eq!(life.engine.would_be_missed(), ["Run pr-1"]);
    pass(15 * MINUTE).await;
    assert!(life.engine.would_be_missed().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_whose_end_was_told_or_that_nobody_watches_would_not_be_missed() {
    let (_world, life) = ended_and_deleted("TimedOut").await;
    pass(MINUTE).await;
    assert!(life.state("pr-1").gone);
    assert!(life.engine.would_be_missed().is_empty());
    let (world, life) = running(&["pr-1"]).await;
    vanish(&world);
    pass(MINUTE).await;
    life.engine.set_watched(&key("pr-1"), false).await.unwrap();
    assert!(life.engine.would_be_missed().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_that_goes_comes_back_and_goes_again_is_told_each_time() {
    let (world, _life) = running(&["pr-1"]).await;
    let mut all = Vec::new();
    for _ in 1..=2 {
        world.server.break_call("pr-1", Call::Status, missing());
        pass(40 * MINUTE).await;
        all.push("SolveXia no longer has “Run pr-1”");
        assert_eq!(told(&world), all);
        world.server.mend();
        pass(6 * MINUTE).await;
        all.push("Runwatch can see “Run pr-1” again");
        assert_eq!(told(&world), all);
    }
    // A gateway that hid it for a while makes its end minutes late, and no more.
    world.end("pr-1", "Finished", &["Success"]);
    pass(2 * MINUTE).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_watched_run_that_is_deleted_is_told_once_and_looked_for_now_and_then() {
    let (world, life) = running(&["pr-1"]).await;
    world.server.fail_once("pr-1", Call::Status, missing());
    pass(60).await;
    assert!(world.desk.titles().is_empty(), "once may be a slip");
    world.server.break_call("pr-1", Call::Status, missing());
    pass(60).await;
    let gone = ["SolveXia no longer has “Run pr-1”"];
    assert_eq!(world.desk.titles(), gone);
    assert!(
        life.engine.awaited().is_empty(),
        "its end cannot come, so that nobody need wait for it"
    );
    let before = world.server.count("pr-1", &Call::Status);
    pass(60 * MINUTE).await;
    let asked = world.server.count("pr-1", &Call::Status) - before;
    assert!((9..=14).contains(&asked), "{asked} times in the first hour");
    let before = world.server.count("pr-1", &Call::Status);
    pass(24 * 60 * MINUTE).await;
    let asked = world.server.count("pr-1", &Call::Status) - before;
    assert!(
        (2..=5).contains(&asked),
        "{asked} times in the day after it"
    );
    life.kill();
    let _life = world.boot().await;
    pass(60 * MINUTE).await;
    assert_eq!(told(&world), gone, "and rule 16 does not tell it again");
    world.server.mend();
    world.end("pr-1", "Finished", &["Success"]);
    pass(240 * MINUTE).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_gone_is_awaited_in_no_count() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(5).await;
    assert_eq!(life.engine.awaited_of(|_| true), 1);
    world.server.break_call("pr-1", Call::Status, missing());
    pass(60).await;
    assert!(life.state("pr-1").gone);
    assert_eq!(life.engine.awaited(), Vec::<String>::new());
    assert_eq!(life.engine.awaited_of(|_| true), 0);
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_run_that_was_gone_is_told_as_seen_again_once_over_restarts_of_the_app() {
    let (world, life) = running(&["pr-1"]).await;
    vanish(&world);
    pass(20 * MINUTE).await;
    life.kill();
    let life = world.boot().await;
    pass(20 * MINUTE).await;
    life.kill();
    world.server.mend();
    let life = world.boot().await;
    pass(5 * MINUTE).await;
    life.kill();
    let _life = world.boot().await;
    pass(30 * MINUTE).await;
    let all = [
        "SolveXia no longer has “Run pr-1”",
        "Runwatch can see “Run pr-1” again",
    ];
    assert_eq!(told(&world), all);
    assert_eq!(world.desk.titles(), all);
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_run_that_is_gone_when_its_watch_begins_is_told_as_unreadable() {
    let (world, life) = running(&["pr-1"]).await;
    life.engine.set_watched(&key("pr-1"), false).await.unwrap();
    life.engine.set_window_visible(true);
    vanish(&world);
    pass(2 * MINUTE).await;
    assert!(life.state("pr-1").gone);
    assert!(told(&world).is_empty());
    life.engine.set_watched(&key("pr-1"), true).await.unwrap();
    pass(17 * MINUTE).await;
    assert_eq!(told(&world), ["Runwatch cannot see “Run pr-1”"]);
}
