//! What the desktop shows, and when: rule 15.

use std::sync::atomic::Ordering;
use std::time::Duration;

use runwatch_core::error::{Effect, Trouble};

use super::ports::Kill;
use super::server::{Call, error};
use super::world::{Life, World, key, pass, plain, watching};
use crate::Event;

const RUNS: [&str; 3] = ["pr-1", "pr-2", "pr-3"];

async fn running() -> (World, Life) {
    watching(&RUNS, "Running", "Running", 5).await
}

fn end_all(world: &World) {
    for run in RUNS {
        world.end(run, "Finished", &["Success"]);
    }
}

async fn end_seen(world: &World, life: &Life, run: &str) {
    world.end(run, "Finished", &["Success"]);
    life.engine.poll(&key(run), false).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn rule_15_the_first_shows_at_once_and_further_ones_within_5_s_become_one_that_names_each() {
    let (world, life) = running().await;
    end_seen(&world, &life, "pr-1").await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
    end_seen(&world, &life, "pr-2").await;
    end_seen(&world, &life, "pr-3").await;
    assert_eq!(world.desk.titles().len(), 1);
    pass(6).await;
    assert_eq!(world.desk.titles()[1..], ["2 more runs ended"]);
    assert_eq!(
        world.desk.bodies()[1],
        "Succeeded: Run pr-2\nSucceeded: Run pr-3"
    );
    assert_eq!(world.shelf.ends().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn rule_15_what_ended_while_the_app_was_off_is_one_digest() {
    let (world, life) = running().await;
    life.kill();
    end_all(&world);
    let life = world.load().await;
    pass(3).await;
    life.sign_in();
    pass(120).await;
    assert_eq!(world.desk.titles(), ["3 runs ended while you were away"]);
    assert_eq!(world.shelf.ends().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn rule_15_a_digest_of_one_is_the_ordinary_notification() {
    let (world, life) = running().await;
    life.kill();
    world.end("pr-2", "Finished", &["Success"]);
    world.boot().await;
    pass(60).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-2"]);
}

#[tokio::test(start_paused = true)]
async fn rule_15_what_was_not_shown_before_a_kill_and_what_ended_after_it_are_one_digest() {
    let (world, life) = running().await;
    life.port.kill_at(Kill::BeforeShow);
    end_seen(&world, &life, "pr-1").await;
    life.kill();
    world.end("pr-2", "Finished", &["Success"]);
    let life = world.load().await;
    pass(2).await;
    life.sign_in();
    pass(60).await;
    assert_eq!(world.desk.titles(), ["2 runs ended while you were away"]);
}

#[tokio::test(start_paused = true)]
async fn rule_15_an_attempt_begun_and_ended_while_the_app_was_off_is_in_the_digest() {
    let (world, life) = running().await;
    end_seen(&world, &life, "pr-1").await;
    pass(10).await;
    life.kill();
    pass(10).await;
    world.begin("pr-1");
    pass(10).await;
    end_all(&world);
    world.boot().await;
    pass(60).await;
    assert_eq!(
        world.desk.titles()[1..],
        ["3 runs ended while you were away"]
    );
}

#[tokio::test(start_paused = true)]
async fn rule_15_what_ended_while_the_laptop_slept_is_one_digest() {
    let (world, life) = running().await;
    pass(30).await;
    world.sleep(8 * 3600);
    end_all(&world);
    pass(60).await;
    assert_eq!(world.desk.titles(), ["3 runs ended while you were away"]);
    world.begin("pr-1");
    pass(400).await;
    end_seen(&world, &life, "pr-1").await;
    assert_eq!(
        world.desk.titles()[1..],
        ["Succeeded: Run pr-1"],
        "what ends later is told at once"
    );
}

#[tokio::test(start_paused = true)]
async fn rule_15_a_read_that_comes_before_the_loop_wakes_notices_the_sleep_too() {
    let (world, life) = running().await;
    world.sleep(8 * 3600);
    end_all(&world);
    life.engine.poll(&key("pr-1"), false).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(world.shelf.ends().len(), 1);
    assert!(world.desk.titles().is_empty());
    pass(60).await;
    assert_eq!(world.desk.titles(), ["3 runs ended while you were away"]);
}

#[tokio::test(start_paused = true)]
async fn rule_15_the_minute_for_a_lagging_step_begins_again_after_a_sleep() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Running"]);
    pass(20).await;
    assert!(life.is_pending("pr-1"));
    world.sleep(8 * 3600);
    pass(30).await;
    assert!(life.is_pending("pr-1") && world.shelf.ends().is_empty());
    pass(60).await;
    assert!(!life.is_pending("pr-1"));
}

#[tokio::test(start_paused = true)]
async fn rule_15_a_digest_does_not_wait_longer_than_a_minute_for_a_run_that_cannot_be_read() {
    let (world, life) = running().await;
    life.kill();
    let broken = error(Trouble::Server, Effect::None);
    world.server.break_call("pr-3", Call::Status, broken);
    world.end("pr-1", "Finished", &["Success"]);
    world.boot().await;
    pass(30).await;
    assert!(world.desk.titles().is_empty());
    pass(40).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rules_14_and_22_what_a_desktop_refuses_or_breaks_at_is_shown_once_it_takes_what_comes_next()
 {
    let (world, life) = running().await;
    world.desk.panics.store(true, Ordering::SeqCst);
    end_seen(&world, &life, "pr-1").await;
    pass(10).await;
    world.desk.panics.store(false, Ordering::SeqCst);
    world.desk.refuses.store(true, Ordering::SeqCst);
    end_seen(&world, &life, "pr-2").await;
    pass(10).await;
    assert_eq!(life.engine.outbox.unshown().len(), 2);
    world.desk.refuses.store(false, Ordering::SeqCst);
    end_seen(&world, &life, "pr-3").await;
    pass(40).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-3", "2 runs ended"]);
    assert_eq!(world.shelf.ends().len(), 3);
    assert!(life.engine.outbox.unshown().is_empty());
}

#[tokio::test(start_paused = true)]
async fn rule_14_a_desktop_that_does_not_answer_gets_nothing_twice_and_holds_up_nothing() {
    let (world, life) = running().await;
    world.desk.silent.send_replace(true);
    end_seen(&world, &life, "pr-1").await;
    pass(600).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
    let problem = life.engine.outbox.desktop_problem();
    assert_eq!(problem.as_deref(), Some("it does not answer"));
    end_seen(&world, &life, "pr-2").await;
    assert_eq!(world.desk.titles()[1..], ["Succeeded: Run pr-2"]);
    assert_eq!(life.engine.outbox.unshown().len(), 2);

    world.desk.silent.send_replace(false);
    pass(1).await;
    assert!(life.engine.outbox.unshown().is_empty());
    assert_eq!(life.engine.outbox.desktop_problem(), None);
    life.kill();
    world.boot().await;
    pass(60).await;
    assert_eq!(world.desk.titles().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn rule_14_what_no_desktop_took_is_tried_again_said_and_shown_once_one_does() {
    let (world, life) = running().await;
    let mut events = life.engine.events();
    world.desk.refuses.store(true, Ordering::SeqCst);
    end_seen(&world, &life, "pr-1").await;
    pass(3600).await;
    assert_eq!(
        life.engine.outbox.desktop_problem().as_deref(),
        Some("no desktop")
    );
    assert_eq!(unshown(&life), ["Succeeded: Run pr-1"]);
    world.desk.refuses.store(false, Ordering::SeqCst);
    pass(301).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
    assert_eq!(life.engine.outbox.desktop_problem(), None);
    let said: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok())
        .filter(|event| matches!(event, Event::Desktop(_)))
        .collect();
    let once = [
        Event::Desktop(Some("no desktop".into())),
        Event::Desktop(None),
    ];
    assert_eq!(said, once);
}

#[tokio::test(start_paused = true)]
async fn rule_14_what_no_desktop_took_is_shown_after_a_restart() {
    let (world, life) = running().await;
    world.desk.refuses.store(true, Ordering::SeqCst);
    end_seen(&world, &life, "pr-1").await;
    pass(60).await;
    life.kill();
    world.desk.refuses.store(false, Ordering::SeqCst);
    world.boot().await;
    pass(60).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_17_what_was_told_from_memory_and_not_shown_is_shown_after_a_restart() {
    let (world, life) = running().await;
    world.shelf.fail_all();
    world.desk.refuses.store(true, Ordering::SeqCst);
    end_seen(&world, &life, "pr-1").await;
    pass(30).await;
    world.shelf.fail_where(|_| false);
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    life.kill();
    world.desk.refuses.store(false, Ordering::SeqCst);
    world.boot().await;
    pass(60).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_held_for_a_group_is_shown_before_the_app_ends() {
    let (world, life) = running().await;
    end_seen(&world, &life, "pr-1").await;
    end_seen(&world, &life, "pr-2").await;
    assert_eq!(unshown(&life), ["Succeeded: Run pr-2"]);
    life.engine.outbox.show_all().await;
    assert_eq!(
        world.desk.titles(),
        ["Succeeded: Run pr-1", "Succeeded: Run pr-2"]
    );
    assert!(life.engine.outbox.unshown().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_the_desktop_refuses_is_tried_once_before_the_app_ends_and_is_counted_as_not_shown() {
    let (world, life) = running().await;
    world.desk.refuses.store(true, Ordering::SeqCst);
    for run in ["pr-1", "pr-2", "pr-3"] {
        end_seen(&world, &life, run).await;
        pass(30).await;
    }
    let before = world.desk.tries();
    let quits = life.engine.outbox.show_all();
    let quits = tokio::time::timeout(Duration::from_secs(3), quits).await;
    assert!(quits.is_ok(), "nobody waits for a desktop that refuses");
    let tried = world.desk.tries() - before;
    assert!((1..=2).contains(&tried), "{tried} times");
    assert_eq!(unshown(&life).len(), 3);
}

#[tokio::test(start_paused = true)]
async fn rule_15_what_ended_while_the_screen_was_locked_is_no_digest_and_is_read_at_the_unlock() {
    let (world, life) = running().await;
    pass(30).await;
    world.end("pr-1", "Finished", &["Success"]);
    let reads = || world.server.count("pr-1", &Call::Status);
    let before = reads();
    for _ in 0..3 {
        life.engine.awoke();
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
    assert_eq!(
        reads() - before,
        2,
        "the status, and once more behind the steps"
    );
}

#[tokio::test(start_paused = true)]
async fn rule_15_a_wake_that_the_system_tells_of_is_a_sleep_as_the_clocks_say() {
    let (world, life) = running().await;
    pass(30).await;
    world.sleep(8 * 3600);
    end_all(&world);
    life.engine.awoke();
    pass(20).await;
    assert_eq!(world.desk.titles(), ["3 runs ended while you were away"]);
}

#[tokio::test(start_paused = true)]
async fn an_unlock_tries_a_host_again_that_could_not_be_reached() {
    let (world, life) = running().await;
    world.server.set_offline(true);
    pass(600).await;
    world.server.set_offline(false);
    let before = world.server.calls();
    life.engine.awoke();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(world.server.calls() > before);
}

fn unshown(life: &Life) -> Vec<String> {
    let titles = life.engine.outbox.unshown();
    titles.iter().map(|title| plain(title)).collect()
}
