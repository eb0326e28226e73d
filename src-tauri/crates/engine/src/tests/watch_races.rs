//! A watch that begins while an end is being written: rules 8 and 14.

use std::time::Duration;

use super::world::{Life, World, account, key, pass};

/// A run that goes and that nobody has watched; the write of its end takes this long.
async fn unwatched(slow: Duration) -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    let added = life.engine.add_run(&account().id, key("pr-1").run).await;
    added.unwrap();
    life.engine.set_window(Some(key("pr-1")), true);
    pass(10).await;
    let shelf = world.shelf.clone();
    world.shelf.fail_where(move |write| {
        if write.ended_attempt.is_some() {
            shelf.answer_late(slow);
        }
        false
    });
    (world, life)
}

/// Waits until the end is on the disk; the program does not know it yet.
async fn until_written(world: &World) {
    while world.shelf.history().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn rule_14_a_watch_that_is_pressed_while_the_end_is_being_written_tells_it_once() {
    let (world, life) = unwatched(Duration::from_millis(1_800)).await;
    world.end("pr-1", "Finished", &["Failed"]);
    until_written(&world).await;
    for _ in 0..2 {
        life.engine.set_watched(&key("pr-1"), true).await.unwrap();
    }
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_14_a_watch_that_is_pressed_while_an_overtaken_end_is_being_written_tells_it_once() {
    let (world, life) = unwatched(Duration::from_millis(1_800)).await;
    world.end("pr-1", "Finished", &["Failed"]);
    world.begin("pr-1");
    until_written(&world).await;
    for _ in 0..2 {
        life.engine.set_watched(&key("pr-1"), true).await.unwrap();
    }
    pass(30).await;
    let told = ["Ended, could not be verified: Run pr-1"];
    assert_eq!(world.shelf.ends(), told);
    assert_eq!(world.desk.titles(), told);
}

#[tokio::test(start_paused = true)]
async fn rule_14_a_watch_that_is_pressed_before_the_end_is_known_tells_it_once_at_every_moment() {
    for delay in 0..80 {
        let (world, life) = unwatched(Duration::from_millis(20)).await;
        life.engine.set_window(None, true);
        world.end("pr-1", "Finished", &["Failed"]);
        let pr_1 = key("pr-1");
        let watching = async {
            tokio::time::sleep(Duration::from_millis(2 * delay)).await;
            let is_known = life.outcome("pr-1").is_some();
            life.engine.set_watched(&pr_1, true).await.unwrap();
            is_known
        };
        let (read, is_known) = tokio::join!(life.engine.poll(&pr_1, true), watching);
        read.unwrap();
        pass(30).await;
        let told = world.shelf.ends().len();
        assert!(is_known || told == 1, "{delay}: {told}");
        assert_eq!(world.desk.titles().len(), told, "{delay}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_is_pressed_on_an_end_that_is_shown_tells_nothing() {
    let (world, life) = unwatched(Duration::from_millis(1_800)).await;
    world.end("pr-1", "Finished", &["Failed"]);
    until_written(&world).await;
    pass(2).await;
    life.engine.set_watched(&key("pr-1"), true).await.unwrap();
    pass(30).await;
    assert_eq!(world.shelf.ends().len(), 0);
}
