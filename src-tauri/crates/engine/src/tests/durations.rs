//! What earlier runs teach, and what it saves: the learned schedule behind a closed window.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::ids::ProcessId;
use runwatch_core::notification::NotificationKind;
use runwatch_core::ports::Store;
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::notification_toggles::NotificationToggles;

use super::faulty_store::wait;
use super::server::Call;
use super::world::{World, account, key, pass};
use crate::actions::request::RequestedAction;

fn process() -> ProcessId {
    ProcessId::parse("p-1").unwrap()
}

/// A process with this many runs that took ten minutes, and one that goes: pr-99.
fn world(earlier: usize) -> World {
    let world = World::new();
    for n in 1..=earlier {
        put(&world, &format!("pr-{n}"), "Finished");
        let (now, minutes) = (world.now(), SignedDuration::from_mins(10));
        world.server.update(&format!("pr-{n}"), |truth| {
            truth.started = Some(now - minutes);
            truth.finished = Some(now);
        });
    }
    put(&world, "pr-99", "Running");
    world
}

fn put(world: &World, run: &str, status: &str) {
    world.put(run, status, &["Success"]);
    world
        .server
        .update(run, |truth| truth.process = Some(process()));
}

fn samples(world: &World) -> usize {
    let (db, account, process) = (world.shelf.db(), account().id, process());
    wait(db.duration_samples(&account, &process, 100))
        .unwrap()
        .len()
}

fn reads(world: &World, run: &str) -> usize {
    world.server.count(run, &Call::Status)
}

#[tokio::test(start_paused = true)]
async fn the_first_watch_of_a_process_reads_up_to_ten_of_its_earlier_runs_once() {
    let world = world(14);
    let life = world.boot_watching("pr-99").await;
    let read = |run: usize| reads(&world, &format!("pr-{run}"));
    let asked: Vec<usize> = (1..=14).map(read).collect();
    assert_eq!(asked[..4], [0; 4], "the oldest are left alone");
    assert_eq!(asked[4..], [1; 10]);
    assert_eq!(samples(&world), 10);
    life.kill();
    let life = world.boot().await;
    life.engine.set_watched(&key("pr-99"), true).await.unwrap();
    pass(10).await;
    let asked: usize = (1..=14).map(read).sum();
    assert_eq!(asked, 10, "and what was learned is remembered");
}

#[tokio::test(start_paused = true)]
async fn an_earlier_run_that_teaches_nothing_is_not_read_at_each_watch() {
    let world = world(4);
    world
        .server
        .update("pr-4", |truth| truth.status = "Cancelled".into());
    let life = world.boot_watching("pr-99").await;
    for watched in [false, true] {
        life.engine
            .set_watched(&key("pr-99"), watched)
            .await
            .unwrap();
        pass(5).await;
    }
    assert_eq!((reads(&world, "pr-4"), samples(&world)), (1, 3));
}

#[tokio::test(start_paused = true)]
async fn earlier_runs_whose_steps_failed_do_not_teach() {
    let world = world(9);
    for n in 1..=6 {
        let failed = |truth: &mut super::simulated_run::Truth| {
            let started = truth.finished.unwrap() - SignedDuration::from_secs(23);
            truth.started = Some(started);
            truth.set_steps(&["Failed"]);
        };
        world.server.update(&format!("pr-{n}"), failed);
    }
    let life = world.boot_watching("pr-99").await;
    assert_eq!(samples(&world), 3);
    let usual = life.engine.forecast(&key("pr-99")).unwrap().usual;
    assert!((590.0..610.0).contains(&usual.unwrap()), "{usual:?}");
    pass(300).await;
    assert!(world.desk.titles().is_empty(), "it takes ten minutes");
}

#[tokio::test(start_paused = true)]
async fn newer_runs_that_have_not_ended_do_not_stand_in_the_way_of_those_that_teach() {
    let world = world(14);
    for n in 40..55 {
        let status = if n % 2 == 0 { "Running" } else { "NotStarted" };
        put(&world, &format!("pr-{n}"), status);
    }
    let _life = world.boot_watching("pr-99").await;
    assert_eq!(samples(&world), 10);
    assert_eq!(
        world.server.count("pr-40", &Call::Steps),
        0,
        "it has not ended"
    );
}

#[tokio::test(start_paused = true)]
async fn thirty_earlier_runs_are_looked_at_and_no_more() {
    let world = world(50);
    for n in 21..=50 {
        let cancelled = |truth: &mut super::simulated_run::Truth| truth.status = "Cancelled".into();
        world.server.update(&format!("pr-{n}"), cancelled);
    }
    let _life = world.boot_watching("pr-99").await;
    assert_eq!((reads(&world, "pr-21"), reads(&world, "pr-20")), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn learning_a_process_costs_at_most_three_hundred_requests_one_after_the_other() {
    let world = world(30);
    for n in 1..=30 {
        let long = |truth: &mut super::simulated_run::Truth| truth.set_steps(&["Success"; 60]);
        world.server.update(&format!("pr-{n}"), long);
    }
    let life = world.boot().await;
    life.watch("pr-99").await;
    life.engine.set_paused(true);
    pass(1).await;
    world.server.forget_the_crowd();
    pass(60).await;
    assert_eq!(world.server.most_at_once(), 1);
    // The watched run was asked for these.
    let ours = ["Info", "Status", "Steps"].len();
    let asked = world.server.calls();
    assert!((290..=300 + ours).contains(&asked), "{asked}");
    assert_eq!(samples(&world), 4);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_started_here_is_learned_about_as_well() {
    let world = world(3);
    put(&world, "pr-100", "NotStarted");
    let life = world.boot().await;
    let id = key("pr-100").run;
    life.engine.add_run(&account().id, id).await.unwrap();
    life.act("pr-100", RequestedAction::Start).await.unwrap();
    pass(5).await;
    assert_eq!(samples(&world), 3);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_ends_here_teaches_unless_it_failed_or_was_restarted() {
    let world = world(0);
    let _life = world.boot_watching("pr-99").await;
    pass(600).await;
    world.end("pr-99", "Finished", &["Failed"]);
    pass(60).await;
    assert_eq!(samples(&world), 0, "it failed");
    world.begin("pr-99");
    pass(600).await;
    world.end("pr-99", "Finished", &["Success"]);
    pass(400).await;
    assert_eq!(samples(&world), 0, "it was restarted");
    put(&world, "pr-100", "Running");
    let life = world.boot().await;
    life.watch("pr-100").await;
    pass(600).await;
    world.end("pr-100", "Finished", &["Success"]);
    pass(60).await;
    assert_eq!(samples(&world), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_learned_asks_seldom_at_first_and_often_around_the_usual_end() {
    let world = world(10);
    let _life = world.boot_watching("pr-99").await;
    let begun = reads(&world, "pr-99");
    pass(480).await;
    let early = reads(&world, "pr-99") - begun;
    assert!(early <= 5, "{early} reads in eight minutes");
    pass(60).await;
    let before = reads(&world, "pr-99");
    pass(120).await;
    let around = reads(&world, "pr-99") - before;
    assert!(around >= 8, "{around} reads around the usual end");
    world.end("pr-99", "Finished", &["Success"]);
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-99"]);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_was_restarted_is_not_taken_for_a_whole_run() {
    let world = world(10);
    let _life = world.boot_watching("pr-99").await;
    world.end("pr-99", "Finished", &["Failed"]);
    pass(330).await;
    world.begin("pr-99");
    pass(700).await;
    let before = reads(&world, "pr-99");
    pass(300).await;
    let asked = reads(&world, "pr-99") - before;
    assert!((26..=34).contains(&asked), "{asked} reads in five minutes");
}

#[tokio::test(start_paused = true)]
async fn steps_are_read_at_the_end_and_while_they_are_shown() {
    let world = world(0);
    let life = world.boot_watching("pr-99").await;
    pass(120).await;
    assert_eq!(world.server.count("pr-99", &Call::Steps), 0);
    life.engine.set_window(Some(key("pr-99")), true);
    pass(20).await;
    assert!(world.server.count("pr-99", &Call::Steps) >= 3);
}

#[tokio::test(start_paused = true)]
async fn the_limits_are_kept_and_count_at_once() {
    let world = world(0);
    let life = world.boot_watching("pr-99").await;
    let limits = PollLimits {
        shortest_seconds: 60,
        longest_seconds: 90,
    };
    life.engine.set_poll_limits(limits).await.unwrap();
    pass(60).await;
    let before = reads(&world, "pr-99");
    pass(600).await;
    let asked = reads(&world, "pr-99") - before;
    assert!((8..=12).contains(&asked), "{asked}");
    life.kill();
    assert_eq!(world.boot().await.engine.settings.poll_limits(), limits);
}

#[tokio::test(start_paused = true)]
async fn learning_stops_where_the_account_is_removed() {
    let world = world(10);
    let life = world.boot().await;
    life.watch("pr-99").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(reads(&world, "pr-10") > 0, "it has begun");
    life.engine
        .remove_account(&account().id, true)
        .await
        .unwrap();
    pass(60).await;
    assert_eq!(samples(&world), 0);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_takes_much_longer_than_usual_is_told_once_an_attempt() {
    let world = world(5);
    let life = world.boot_watching("pr-99").await;
    pass(700).await;
    assert!(world.desk.titles().is_empty());
    let writes = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&writes);
    world.shelf.fail_where(move |write| {
        let tells = write
            .notify
            .iter()
            .any(|told| told.kind == NotificationKind::Long);
        count.fetch_add(usize::from(tells), Ordering::SeqCst);
        false
    });
    pass(1500).await;
    assert_eq!(writes.load(Ordering::SeqCst), 1);
    assert_eq!(world.desk.titles(), ["Still running: Run pr-99"]);
    assert!(world.desk.bodies()[0].contains("Usually it takes 10 min"));
    life.kill();
    let _life = world.boot().await;
    pass(3000).await;
    assert_eq!(world.desk.titles().len(), 1);
    assert_eq!(world.shelf.told(NotificationKind::Long).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_want_to_hear_of_long_runs_does_not() {
    let world = world(5);
    let life = world.boot_watching("pr-99").await;
    let choices = NotificationPolicy {
        switches: NotificationToggles {
            long: false,
            ..NotificationToggles::default()
        },
        ..NotificationPolicy::default()
    };
    life.engine.set_notification_policy(choices).await.unwrap();
    pass(5000).await;
    assert!(world.shelf.told(NotificationKind::Long).is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_earlier_runs_say_of_a_run_can_be_asked() {
    let world = world(30);
    let life = world.boot_watching("pr-99").await;
    pass(295).await;
    let insight = life.engine.forecast(&key("pr-99")).unwrap();
    assert_eq!((insight.learned_from, insight.latest.len()), (10, 10));
    let usual = insight.usual.unwrap();
    assert!((590.0..610.0).contains(&usual), "{usual}");
    let progress = insight.progress.unwrap();
    assert!((0.45..0.55).contains(&progress), "{progress}");
    let left = insight.ends.unwrap().duration_since(world.now()).as_secs();
    assert!((290..310).contains(&left), "{left}");
    assert!(life.engine.forecast(&key("pr-7")).is_err());
}
