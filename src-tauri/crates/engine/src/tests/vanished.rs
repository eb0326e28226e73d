//! Runs that SolveXia does not have any more: rules 1, 13 and 14.

use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use super::server::{Call, error};
use super::world::{Life, World, pass, watching};

const MINUTE: u64 = 60;

fn missing() -> CallError {
    error(Trouble::NotFound, Effect::None)
}

fn vanish(world: &World) {
    for call in [Call::Status, Call::Steps] {
        world.server.break_call("pr-1", call, missing());
    }
}

/// A watched run that ended, and was deleted once its status had been read.
async fn ended_and_deleted(status: &str) -> (World, Life) {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 30).await;
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
    let (world, life) = watching(&["pr-1"], "Running", "Running", 30).await;
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
