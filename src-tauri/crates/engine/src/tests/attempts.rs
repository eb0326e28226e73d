//! Which answer belongs to which attempt: rules 7 and 8.

use runwatch_core::action::ActionResult;
use runwatch_core::attempt::Phase;
use runwatch_core::outcome::Outcome;

use super::world::{Life, World, from_first, pass};
use crate::actions::request::RequestedAction;

/// A run that had finished before it was added.
async fn finished() -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Finished", &["Success"]);
    world.end("pr-1", "Finished", &["Success"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(10).await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_7_after_a_restart_here_the_old_end_proves_nothing() {
    let (world, life) = finished().await;
    world.server.update("pr-1", |truth| truth.sluggish = true);
    let reply = life.act("pr-1", from_first()).await.unwrap();
    assert_eq!(reply.result, ActionResult::Ok);
    pass(110).await;
    assert!(matches!(life.phase("pr-1"), Phase::Proving { .. }));
    assert!(world.shelf.ends().is_empty(), "the old end is not told");
}

#[tokio::test(start_paused = true)]
async fn rule_7_an_attempt_that_never_shows_is_unverified_after_2_minutes() {
    let (world, life) = finished().await;
    world.server.update("pr-1", |truth| truth.sluggish = true);
    life.act("pr-1", from_first()).await.unwrap();
    pass(140).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    assert_eq!(
        world.shelf.ends(),
        ["Ended, could not be verified: Run pr-1"]
    );
    assert!(
        !world.desk.bodies()[0].contains("After"),
        "the attempt before's duration is not this one's"
    );
}

#[tokio::test(start_paused = true)]
async fn rule_7_after_an_unproven_start_the_real_end_is_told_as_well() {
    let (world, life) = finished().await;
    world.server.update("pr-1", |truth| truth.sluggish = true);
    life.act("pr-1", from_first()).await.unwrap();
    pass(140).await;
    world.begin("pr-1");
    pass(30).await;
    assert_eq!(life.phase("pr-1"), Phase::Going);
    pass(60).await;
    world.end("pr-1", "Finished", &["Failed"]);
    pass(30).await;
    assert_eq!(
        world.shelf.ends()[1..],
        ["Failed: Run pr-1"],
        "the real end"
    );
    assert_eq!(world.desk.titles().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn rule_8_a_start_here_that_shows_hours_later_is_told_however_old_the_end_before_it() {
    let (world, life) = finished().await;
    life.engine.set_window(None, false);
    pass(10 * 24 * 3600).await;
    world.server.update("pr-1", |truth| truth.sluggish = true);
    life.act("pr-1", from_first()).await.unwrap();
    pass(3 * 3600).await;
    assert_eq!(world.shelf.ends().len(), 1, "unverified");
    world.begin("pr-1");
    pass(120).await;
    assert_eq!(life.phase("pr-1"), Phase::Going);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(120).await;
    assert_eq!(world.shelf.ends()[1..], ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_7_a_quick_attempt_between_two_reads_is_told_by_its_dates() {
    let (world, life) = finished().await;
    world.server.update("pr-1", |truth| truth.sluggish = true);
    life.act("pr-1", from_first()).await.unwrap();
    pass(20).await;
    world.begin("pr-1");
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_7_a_restart_elsewhere_after_a_told_end_is_a_new_attempt_and_told_again() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    for steps in [["Success"], ["Failed"], ["Success"]] {
        world.end("pr-1", "Finished", &steps);
        pass(400).await;
        world.begin("pr-1");
        pass(400).await;
    }
    let ends = world.shelf.ends();
    assert_eq!(
        ends,
        [
            "Succeeded: Run pr-1",
            "Failed: Run pr-1",
            "Succeeded: Run pr-1"
        ]
    );
    assert_eq!(world.desk.titles(), ends);
}

#[tokio::test(start_paused = true)]
async fn rule_8_starting_here_watches_the_run_and_its_end_is_told() {
    let world = World::new();
    world.put("pr-1", "NotStarted", &["NotStarted"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    let key = super::world::key("pr-1");
    life.engine.set_watched(&key, false).await.unwrap();
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert!(life.state("pr-1").run.watched);
    pass(60).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(60).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_8_the_watch_is_stored_before_the_post_leaves() {
    let world = World::new();
    world.put("pr-1", "NotStarted", &["NotStarted"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    let key = super::world::key("pr-1");
    life.engine.set_watched(&key, false).await.unwrap();
    life.port.kill_at(super::ports::Kill::BeforePost);
    let request = life.request("pr-1", RequestedAction::Start);
    let engine = life.engine.clone();
    tokio::spawn(async move { engine.act(request).await });
    pass(5).await;
    assert!(life.port.is_dead());
    assert_eq!(world.server.posts("pr-1"), 0);
    life.kill();
    let life = world.boot().await;
    assert!(life.state("pr-1").run.watched);
}

#[tokio::test(start_paused = true)]
async fn rule_13_a_restart_here_does_not_overtake_an_end_whose_steps_are_being_read() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    world.end("pr-1", "Finished", &["Running"]);
    pass(15).await;
    assert!(life.is_pending("pr-1"));
    let refused = life.act("pr-1", from_first()).await;
    assert!(matches!(refused, Err(crate::EngineError::NotNow(_))));
    assert_eq!(world.server.posts("pr-1"), 0);
}

#[tokio::test(start_paused = true)]
async fn rule_13_an_attempt_that_was_overtaken_before_its_steps_were_read_is_told_as_unverified() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    world.end("pr-1", "Finished", &["Running"]);
    pass(15).await;
    world.begin("pr-1");
    pass(15).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(15).await;
    assert!(life.is_pending("pr-1"), "its steps may be the ones before");
    pass(60).await;
    assert_eq!(
        world.shelf.ends(),
        [
            "Ended, could not be verified: Run pr-1",
            "Succeeded: Run pr-1"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn rule_14_an_end_before_a_restart_that_nobody_saw_is_told_and_kept() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(60).await;
    life.kill();
    let first = world.server.truth("pr-1").started;
    world.end("pr-1", "Finished", &["Failed"]);
    world.begin("pr-1");
    let life = world.boot().await;
    pass(90).await;
    let unverified = "Ended, could not be verified: Run pr-1";
    assert_eq!(world.shelf.ends(), [unverified]);
    assert_eq!(world.shelf.past("pr-1", 1).unwrap().started, first);
    world.end("pr-1", "Finished", &["Success"]);
    pass(90).await;
    assert_eq!(world.shelf.ends(), [unverified, "Succeeded: Run pr-1"]);
    assert_eq!(life.state("pr-1").run.attempt_number(), 2);
}
