//! Clocks that are off, and clocks that are set.

use std::time::Duration;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use runwatch_core::forecast::Forecast;
use runwatch_core::ids::ProcessId;
use runwatch_core::mutes::Mute;
use runwatch_core::notification::NotificationKind;
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::quiet_hours::QuietHours;

use super::server::Call;
use super::world::{Life, World, account, key, pass};
use crate::Event;

/// Ten earlier runs of ten minutes each, and one that goes: pr-99.
fn world() -> World {
    let world = World::new();
    let process = ProcessId::parse("p-1").ok();
    let put = |run: &str, status| {
        world.put(run, status, &["Success"]);
        world
            .server
            .update(run, |truth| truth.process.clone_from(&process));
    };
    let (now, minutes) = (world.there(), SignedDuration::from_mins(10));
    for n in 1..=10 {
        put(&format!("pr-{n}"), "Finished");
        world.server.update(&format!("pr-{n}"), |truth| {
            (truth.started, truth.finished) = (Some(now - minutes), Some(now));
        });
    }
    put("pr-99", "Running");
    world
}

fn forecast(life: &Life) -> Forecast {
    life.engine.forecast(&key("pr-99")).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_expected_end_is_right_though_this_computers_clock_is_off() {
    for off in [-600, 0, 600] {
        let world = world();
        world.set_clock(off);
        let life = world.boot_watching("pr-99").await;
        pass(295).await;
        let insight = forecast(&life);
        let progress = insight.progress.unwrap();
        assert!((0.45..0.55).contains(&progress), "{off}: {progress}");
        let left = insight.ends.unwrap().duration_since(world.now()).as_secs();
        assert!((290..310).contains(&left), "{off}: {left}");
        let ago = world
            .now()
            .duration_since(insight.latest[0].ended)
            .as_secs();
        assert!((295..=305).contains(&ago), "{off}: {ago}");
        let shown = life
            .state("pr-99")
            .by_this_clock(&life.engine.server_dates(&account().id));
        let started = shown.run.attempt.unwrap().stamp.started.unwrap();
        let ago = world.now().duration_since(started).as_secs();
        assert!((295..=305).contains(&ago), "{off}: {ago}");
    }
}

#[tokio::test(start_paused = true)]
async fn steps_that_were_read_in_this_attempt_count_though_the_clock_is_behind() {
    let world = world();
    world.set_clock(-600);
    let life = world.boot_watching("pr-99").await;
    life.engine.set_window(Some(key("pr-99")), true);
    pass(10).await;
    assert_eq!(forecast(&life).steps, Some((1, 1)));
}

#[tokio::test(start_paused = true)]
async fn a_run_is_asked_often_around_its_usual_end_though_the_clock_is_off() {
    for off in [-600, 600] {
        let world = world();
        world.set_clock(off);
        let _life = world.boot_watching("pr-99").await;
        let reads = || world.server.count("pr-99", &Call::Status);
        let begun = reads();
        pass(480).await;
        let early = reads() - begun;
        assert!(early <= 5, "{off}: {early} reads in eight minutes");
        pass(60).await;
        let before = reads();
        pass(120).await;
        let around = reads() - before;
        assert!(around >= 8, "{off}: {around} reads around the usual end");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_is_not_long_because_the_clock_is_ahead_and_is_though_it_is_behind() {
    for off in [3600, -3600] {
        let world = world();
        world.set_clock(off);
        let _life = world.boot_watching("pr-99").await;
        pass(700).await;
        assert!(world.shelf.told(NotificationKind::Long).is_empty(), "{off}");
        pass(1500).await;
        let told = world.shelf.told(NotificationKind::Long);
        assert_eq!(told.len(), 1, "{off}");
        let minutes = world.desk.bodies();
        assert!(
            minutes[0].contains("Usually it takes 10 min"),
            "{minutes:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn that_the_clock_is_off_moves_what_is_shown_and_a_shiver_moves_nothing() {
    let world = world();
    let life = world.boot_watching("pr-99").await;
    let mut events = life.engine.events();
    for (set_ms, ahead_ms, said) in [(20_000, -20_000, 1), (600, -20_000, 0), (600, -21_200, 1)] {
        world.set_clock_ms(set_ms);
        life.engine.poll(&key("pr-99"), false).await.unwrap();
        let ahead = life.engine.clock_ahead(&account().id).as_millis();
        assert_eq!(ahead, ahead_ms);
        let mut moved = 0;
        while let Ok(event) = events.try_recv() {
            moved += usize::from(matches!(event, Event::Account(_)));
        }
        assert_eq!(moved, said, "{set_ms}");
    }
}

/// Watches a run, sets the clock, and says after how long its end was told.
async fn delay_of_end(set: i64) -> u64 {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(60).await;
    world.set_clock(set);
    pass(20).await;
    world.end("pr-1", "Finished", &["Success"]);
    for waited in 0..400 {
        if world.shelf.ends() == ["Succeeded: Run pr-1"] {
            let seconds = life.state("pr-1").run.seconds().unwrap();
            assert!((79.0..82.0).contains(&seconds), "{set}: {seconds}");
            return waited;
        }
        pass(1).await;
    }
    panic!("{set}: never told");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_neither_stops_nor_delays_the_watch() {
    for set in [-86_400, -3600, -40, 3600, 86_400] {
        let delay = delay_of_end(set).await;
        assert!(delay <= 40, "{set}: {delay} s");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_ends_no_wait_for_proof() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    world.end("pr-1", "Finished", &["Success"]);
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Running"]));
    pass(40).await;
    assert!(life.is_pending("pr-1"));
    world.set_clock(-3600);
    pass(30).await;
    assert!(life.is_pending("pr-1"), "the minute is not over");
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success"]));
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

/// A run that ended while its end was held for another hour; the clock is set then. Says for how many
/// minutes more it was held.
async fn held_after(set: i64, choose: impl FnOnce(&World) -> NotificationPolicy) -> u64 {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.engine
        .set_notification_policy(choose(&world))
        .await
        .unwrap();
    life.watch("pr-1").await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(60).await;
    assert!(world.desk.titles().is_empty());
    world.set_clock(set);
    for minutes in 0..400 {
        pass(60).await;
        if !world.desk.titles().is_empty() {
            return minutes;
        }
    }
    panic!("{set}: held for ever");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_holds_a_snooze_no_longer_than_it_was_set_back() {
    for (set, minutes) in [(-3600, 119), (0, 59), (3600, 0)] {
        let held = held_after(set, |world| NotificationPolicy {
            muted: [Mute {
                account: account().id,
                run: None,
                until: Some(world.now() + SignedDuration::from_hours(1)),
            }]
            .into_iter()
            .collect(),
            ..NotificationPolicy::default()
        });
        assert!(held.await.abs_diff(minutes) <= 1, "{set}");
    }
}

#[tokio::test(start_paused = true)]
async fn quiet_hours_go_by_the_clock_that_was_set() {
    for (set, minutes) in [(-3 * 3600, 0), (-1800, 89), (0, 59), (3600, 0)] {
        let held = held_after(set, |world| {
            let time = |hours| {
                let at = world.now() + SignedDuration::from_hours(hours);
                at.to_zoned_datetime(TimeZone::system()).time()
            };
            let (from, to) = (time(-2), time(1));
            NotificationPolicy {
                quiet: Some(QuietHours { from, to }),
                ..NotificationPolicy::default()
            }
        });
        let held = held.await;
        assert!(held.abs_diff(minutes) <= 1, "{set}: {held}");
    }
}
