//! Killed at any moment, every end is still told once: rules 13 and 14.

use runwatch_core::action::ActionResult;
use runwatch_core::outcome::Outcome;

use super::ports::Kill;
use super::server::{Call, Twist};
use super::world::{Life, World, pass};
use crate::actions::request::RequestedAction;

/// More writes than any of these stories makes.
const WRITES: usize = 14;

async fn running() -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    (world, life)
}

fn write_points() -> impl Iterator<Item = Kill> {
    (0..WRITES).flat_map(|n| [Kill::BeforeWrite(n), Kill::AfterWrite(n)])
}

#[tokio::test(start_paused = true)]
async fn rule_13_killed_between_the_end_and_its_outcome_it_is_told_once_after_a_restart() {
    let (world, life) = running().await;
    let never = Twist {
        delay: std::time::Duration::from_secs(100_000),
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Steps, never);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(30).await;
    assert!(life.is_pending("pr-1"));
    life.kill();
    assert!(world.shelf.ends().is_empty());
    pass(3600).await;
    for _ in 0..3 {
        let life = world.boot().await;
        pass(60).await;
        assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
        life.kill();
    }
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_14_killed_between_commit_and_show_it_is_shown_after_a_restart() {
    let (world, life) = running().await;
    life.port.kill_at(Kill::BeforeShow);
    world.end("pr-1", "Finished", &["Success"]);
    pass(30).await;
    life.kill();
    assert_eq!(world.shelf.ends().len(), 1);
    assert!(world.desk.titles().is_empty());
    for _ in 0..3 {
        let life = world.boot().await;
        pass(60).await;
        life.kill();
    }
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
    assert_eq!(world.shelf.ends().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_14_killed_between_show_and_mark_the_desktop_repeats_it_and_the_inbox_does_not() {
    let (world, life) = running().await;
    life.port.kill_at(Kill::AfterShow);
    world.end("pr-1", "Finished", &["Success"]);
    pass(30).await;
    life.kill();
    for _ in 0..3 {
        let life = world.boot().await;
        pass(60).await;
        life.kill();
    }
    assert_eq!(world.desk.titles().len(), 2);
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_14_killed_at_any_write_every_end_is_in_the_inbox_and_shown_exactly_once() {
    let mut killed = 0;
    for kill in write_points() {
        let (world, life) = running().await;
        life.port.kill_at(kill);
        pass(20).await;
        world.end("pr-1", "Finished", &["Failed"]);
        pass(30).await;
        killed += usize::from(life.port.is_dead());
        life.kill();
        world.boot().await;
        pass(60).await;
        assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"], "{kill:?}");
        assert_eq!(world.desk.titles(), ["Failed: Run pr-1"], "{kill:?}");
        let ended = [(1, Outcome::Failed)];
        assert_eq!(world.shelf.history(), ended, "{kill:?}");
    }
    assert!(killed > 4, "some of the points were met: {killed}");
}

#[tokio::test(start_paused = true)]
async fn rule_14_killed_at_any_write_of_a_start_it_is_sent_at_most_once_and_its_end_told_once() {
    let (mut sent, mut unsent) = (0, 0);
    for kill in write_points().chain([Kill::BeforePost, Kill::AfterPost]) {
        let world = World::new();
        world.put("pr-1", "NotStarted", &["NotStarted"]);
        let life = world.boot().await;
        life.watch("pr-1").await;
        pass(3).await;
        life.port.kill_at(kill);
        let (engine, request) = (
            life.engine.clone(),
            life.request("pr-1", RequestedAction::Start),
        );
        tokio::spawn(async move { engine.act(request).await });
        pass(20).await;
        let posts = world.server.posts("pr-1");
        if posts == 1 {
            world.end("pr-1", "Finished", &["Failed"]);
        }
        pass(30).await;
        life.kill();
        let life = world.boot().await;
        pass(200).await;
        let context = format!("{kill:?}");
        assert_eq!(world.server.posts("pr-1"), posts, "{context}");
        assert!(posts <= 1, "{context}");
        match posts {
            1 => assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"], "{context}"),
            _ => assert!(world.shelf.ends().is_empty(), "{context}"),
        }
        for action in world.activity() {
            assert!(action.answered.is_some(), "{context}");
            let ok = action.result == ActionResult::Ok;
            assert_eq!(ok, posts == 1, "{context}: {}", action.message);
        }
        sent += posts;
        unsent += 1 - posts;
        drop(life);
    }
    assert!(sent > 4 && unsent > 1, "{sent} {unsent}");
}
