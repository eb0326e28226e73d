//! Rule 24: run dates that name no zone.

use jiff::SignedDuration;
use runwatch_core::ids::ProcessId;
use runwatch_core::outcome::Outcome;

use super::world::{Life, World, account, key, pass};
use crate::actions::request::RequestedAction;

const ZONES: [i64; 4] = [-300, 0, 345, 600];

fn zone(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// Ten earlier runs of one minute each, and pr-99, all with dates in a zone of so many minutes.
fn world(minutes: i64, status: &str) -> World {
    let world = World::new();
    let put = |run: &str, status| {
        world.put(run, status, &["Success"]);
        world.server.update(run, |truth| {
            truth.process = ProcessId::parse("p-1").ok();
            truth.zone = zone(minutes);
        });
    };
    let (now, minute) = (world.there(), SignedDuration::from_mins(1));
    for n in 1..=10 {
        put(&format!("pr-{n}"), "Finished");
        world.server.update(&format!("pr-{n}"), |truth| {
            (truth.started, truth.finished) = (Some(now - minute), Some(now));
        });
    }
    put("pr-99", status);
    world
}

fn known(life: &Life) -> Option<SignedDuration> {
    life.engine.server_dates(&account().id).zone()
}

#[tokio::test(start_paused = true)]
async fn rule_24_a_start_from_here_shows_the_zone_so_that_ages_and_expected_ends_are_right() {
    for minutes in ZONES {
        let world = world(minutes, "NotStarted");
        let life = world.boot_watching("pr-99").await;
        assert_eq!(known(&life), None, "{minutes}");
        life.act("pr-99", RequestedAction::Start).await.unwrap();
        pass(30).await;
        assert_eq!(known(&life), Some(zone(minutes)));
        let forecast = life.engine.forecast(&key("pr-99")).unwrap();
        let progress = forecast.progress.unwrap();
        assert!((0.4..0.6).contains(&progress), "{minutes}: {progress}");
        let left = forecast.ends.unwrap().duration_since(world.now()).as_secs();
        assert!((25..40).contains(&left), "{minutes}: {left}");
        assert!(
            world.desk.titles().is_empty(),
            "{minutes}: {:?}",
            world.desk.titles()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_an_end_behind_a_closed_window_is_told_in_time_in_every_zone() {
    for minutes in ZONES {
        let world = world(minutes, "NotStarted");
        let life = world.boot_watching("pr-99").await;
        life.engine.set_window(None, false);
        life.act("pr-99", RequestedAction::Start).await.unwrap();
        pass(62).await;
        world.end("pr-99", "Finished", &["Success"]);
        pass(25).await;
        assert_eq!(life.outcome("pr-99"), Some(Outcome::Succeeded), "{minutes}");
        assert_eq!(world.desk.titles(), ["Succeeded: Run pr-99"]);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_until_it_is_known_ages_rest_on_what_was_seen_here() {
    for minutes in [-300, 600] {
        let world = world(minutes, "Running");
        // It has been going for a while: nobody here saw it begin.
        let begun = world.there() - SignedDuration::from_mins(20);
        world
            .server
            .update("pr-99", |truth| truth.started = Some(begun));
        let life = world.boot_watching("pr-99").await;
        assert_eq!(known(&life), None);
        pass(40).await;
        let forecast = life.engine.forecast(&key("pr-99")).unwrap();
        assert!(!forecast.is_long, "{minutes}");
        let dates = life.engine.server_dates(&account().id);
        let shown = life.state("pr-99").by_this_clock(&dates);
        let since = shown.run.attempt.unwrap().stamp.started.unwrap();
        let seen_for = world.now().duration_since(since).as_secs();
        assert!((40..50).contains(&seen_for), "{minutes}: {seen_for}");
        assert!(world.desk.titles().is_empty(), "{:?}", world.desk.titles());
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_a_zone_is_kept_over_a_restart_and_learned_anew_when_the_clocks_change() {
    let world = world(600, "NotStarted");
    let life = world.boot_watching("pr-99").await;
    life.act("pr-99", RequestedAction::Start).await.unwrap();
    pass(10).await;
    life.kill();
    let life = world.boot().await;
    assert_eq!(known(&life), Some(zone(600)));
    pass(20).await;
    world.server.update("pr-99", |truth| {
        // What was written before the change stays as it was written.
        truth.started = truth.started.map(|at| at - zone(60));
        truth.zone = zone(660);
    });
    world.end("pr-99", "Finished", &["Success"]);
    life.engine.poll(&key("pr-99"), false).await.unwrap();
    assert_eq!(known(&life), None, "one end is not enough to be sure");
    world.begin("pr-99");
    pass(20).await;
    life.engine.poll(&key("pr-99"), false).await.unwrap();
    assert_eq!(known(&life), Some(zone(660)));
}

/// What is known once pr-99 has shown these one after another: its status, and how many minutes ago it started.
async fn known_after(start: bool, shown: &[(&str, Option<i64>)]) -> Option<SignedDuration> {
    let world = world(0, "NotStarted");
    let show = |(status, ago): (&str, Option<i64>)| {
        let now = world.there();
        world.server.update("pr-99", |truth| {
            truth.status = status.to_owned();
            truth.started = ago.map(|ago| now - SignedDuration::from_mins(ago));
        });
    };
    if !start {
        show(shown[0]);
    }
    let life = world.boot_watching("pr-99").await;
    if start {
        world.server.update("pr-99", |truth| truth.sluggish = true);
        life.act("pr-99", RequestedAction::Start).await.unwrap();
    }
    for next in &shown[usize::from(!start)..] {
        show(*next);
        life.engine.poll(&key("pr-99"), false).await.unwrap();
        pass(2).await;
    }
    known(&life)
}

#[tokio::test(start_paused = true)]
async fn rule_24_the_first_start_that_a_restarted_run_shows_again_teaches_no_zone() {
    let shown = [
        ("Finished", Some(120)),
        ("Scheduled", None),
        ("Running", Some(120)),
    ];
    assert_eq!(known_after(false, &shown).await, None);
    // Nor where its first attempt was never seen.
    assert_eq!(known_after(false, &shown[1..]).await, None);
}

/// Of its start or of its queueing: both came after it was seen not to have been started.
#[tokio::test(start_paused = true)]
async fn rule_24_a_start_from_here_that_waits_for_its_turn_shows_the_zone() {
    for waits in ["Scheduled", "Queued"] {
        let shown = [(waits, None), ("Running", Some(120))];
        assert_eq!(known_after(true, &shown).await, Some(zone(-120)), "{waits}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_a_start_that_shows_late_in_a_run_that_goes_teaches_no_zone() {
    let shown = [("Running", None), ("Finished", Some(120))];
    assert_eq!(known_after(false, &shown).await, None);
}

#[tokio::test(start_paused = true)]
async fn rule_24_runs_that_are_restarted_together_and_show_their_first_starts_teach_no_zone() {
    let world = world(0, "NotStarted");
    let began = world.there() - SignedDuration::from_mins(120);
    let runs = ["pr-1", "pr-2", "pr-99"];
    for (n, run) in runs.iter().enumerate() {
        world.server.update(run, |truth| {
            truth.status = "Finished".to_owned();
            truth.started = Some(began + SignedDuration::from_secs(n as i64 * 7));
        });
    }
    let life = world.boot().await;
    for run in runs {
        life.watch(run).await;
    }
    for run in runs {
        let started = world.server.truth(run).started;
        for (status, started) in [("Scheduled", None), ("Running", started)] {
            world.server.update(run, |truth| {
                (truth.status, truth.started) = (status.to_owned(), started);
                truth.finished = None;
            });
            life.engine.poll(&key(run), false).await.unwrap();
        }
    }
    assert_eq!(known(&life), None);
}
