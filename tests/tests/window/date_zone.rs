//! Run dates that name no zone, written in some local time (docs/RULES.md, 24).

use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use runwatch_tests::page::Seen;
use runwatch_tests::processes::Managed;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::{A_WHILE, row};
use runwatch_tests::waiting::SOON;
use runwatch_tests::{App, Scene, by, scene};
use solvexia_sim::{ProcessSeed, RunSeed, RunStatus, StepSeed};

const RUN: &str = "pr-982";
const NAME: &str = "Intercompany : November";

fn is_right_in_a_zone(name: &str, minutes: i32) {
    scene(name, |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.set_zone(minutes);
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add_and_watch(RUN)?;
        app.act("start-run", &[NAME])?;
        // Out of the queue, into the first step.
        sim.advance(6.0);
        app.wait_status(RUN, "Running")?;
        // Its own start has told the zone.
        app.page.wait_gone("zone-unknown")?;
        let seconds = |seen: &Seen| {
            let young = seen
                .text
                .strip_suffix(" s")
                .and_then(|text| text.parse().ok());
            young.is_some_and(|seconds: u32| (1..30).contains(&seconds))
        };
        app.page.wait_until(
            row(RUN).inner("run-duration"),
            "counts from its start",
            SOON,
            seconds,
        )?;
        scene.picture(&app.page, "going")?;
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;
        let told = scene.desktop.notifications.wait_about(NAME, SOON)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        assert_eq!(scene.desktop.notifications.about(NAME).len(), 1);
        app.page.click("account")?;
        app.page.click("account-details")?;
        app.page
            .wait_until(by("date-zone"), "is said", SOON, |seen| {
                seen.text.contains("UTC")
            })?;
        scene.picture(&app.page, "details")?;
        Ok(())
    });
}

#[test]
fn rule_24_five_hours_behind_a_run_is_as_old_as_it_is() {
    is_right_in_a_zone("zone-behind", -300);
}

#[test]
fn rule_24_ten_hours_ahead_a_run_is_as_old_as_it_is() {
    is_right_in_a_zone("zone-ahead", 600);
}

const TAKES: f64 = 62.0;
/// An end behind a closed window: the shortest interval of the schedule, and the reads that prove the outcome.
const LATE_AT_MOST: f64 = 12.0;

/// A run of 62 s that waits to be started, of a process whose five earlier runs took about as long.
fn seed_short_process(scene: &Scene) {
    let sim = &scene.sim;
    sim.seed_process(ProcessSeed {
        id: Some("p-98".to_owned()),
        name: "Intercompany".to_owned(),
        ..ProcessSeed::default()
    });
    let of_process = |run: &str| RunSeed {
        process: Some("p-98".to_owned()),
        name: Some(NAME.to_owned()),
        ..RunSeed::new(
            run,
            vec![StepSeed::new("1.1", "Match", TAKES - 1.0).id("ds-9821")],
        )
    };
    let ago = |seconds| {
        Timestamp::now()
            .checked_sub(SignedDuration::from_secs(seconds))
            .ok()
    };
    for (n, took) in (1..).zip([62, 61, 63, 62, 64]) {
        sim.seed_run(RunSeed {
            date_started: ago(n * 86_400 + took),
            date_finished: ago(n * 86_400),
            ..of_process(&format!("pr-97{n}")).status(RunStatus::Finished)
        });
    }
    sim.seed_run(of_process(RUN));
}

/// What the window says of it some seconds after its start, printed and checked.
fn is_told_as_it_is(app: &App) -> Result<()> {
    let usual = app.page.wait_until("usual", "is known", SOON, |seen| {
        seen.text.starts_with("Usually")
    })?;
    let age = app.page.wait_for(row(RUN).inner("run-duration"))?.text;
    let ends = app.page.wait_for("expected-end")?.text;
    let bar = app.page.wait_for("progress")?;
    let percent: f64 = bar.attribute("aria-valuenow").parse()?;
    // Both to this moment, the run's own clock being the simulation's.
    let to_end = app.page.ask(
        "const end = document.querySelector('[data-testid=\"expected-end\"] time');
         return (Date.parse(end.dateTime) - Date.now()) / 1000;",
        &[],
    )?;
    let to_end = to_end.as_f64().context("no expected end")?;
    eprintln!(
        "running for {age}; {}; {ends}, in {to_end:.0} s; about {percent} %",
        usual.text
    );
    assert!(usual.text.starts_with("Usually 1 min"), "{usual:?}");
    let seconds: f64 = age.strip_suffix(" s").context("no seconds")?.parse()?;
    assert!((5.0..40.0).contains(&seconds), "{age}");
    assert!((seconds + to_end - TAKES).abs() < 10.0, "{age}, {to_end}");
    assert!(
        (percent - 100.0 * seconds / TAKES).abs() < 15.0,
        "{age}, {percent}"
    );
    assert!(app.page.see("longer")?.is_none());
    Ok(())
}

fn a_short_run_is_told_in_time_in_a_zone(name: &str, minutes: i32) {
    scene(name, |scene| {
        let sim = &scene.sim;
        sim.set_zone(minutes);
        seed_short_process(scene);
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add_and_watch(RUN)?;
        app.act("start-run", &[NAME])?;
        app.wait_status(RUN, "Running")?;
        sleep(Duration::from_secs(8));
        is_told_as_it_is(&app)?;
        // As a user starts it: a driver would end it with its window.
        app.kill()?;
        let mut app = Managed::start("runwatch", scene.launch_again()?)?;
        scene.desktop.close_window(app.child().id())?;
        let told = scene
            .desktop
            .notifications
            .wait_about("Succeeded", A_WHILE * 2)?;
        let run = sim.run(RUN).context("no such run")?;
        let ended = run.date_finished.context("it has not ended")?;
        let late = told.at.duration_since(ended).as_secs_f64();
        eprintln!("{minutes} min of zone: told {late:.1} s after its end");
        assert!((0.0..LATE_AT_MOST).contains(&late), "{late} s late");
        Ok(())
    });
}

#[test]
fn rule_24_five_hours_behind_a_short_run_is_told_in_time_behind_a_closed_window() {
    a_short_run_is_told_in_time_in_a_zone("zone-behind-closed", -300);
}

#[test]
fn rule_24_ten_hours_ahead_a_short_run_is_told_in_time_behind_a_closed_window() {
    a_short_run_is_told_in_time_in_a_zone("zone-ahead-closed", 600);
}
