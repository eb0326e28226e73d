//! A computer whose clock is off: what is shown is right, and that it is off is said.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use runwatch_tests::app::App;
use runwatch_tests::page::Seen;
use runwatch_tests::scene;
use runwatch_tests::scene::Scene;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::SOON;
use solvexia_sim::{ProcessSeed, RunSeed, RunStatus};

const RUN: &str = "pr-980";
const PROCESS: &str = "p-98";

/// A run of ten to twelve minutes that began five minutes ago, on a server whose clock is ahead.
fn seed(scene: &Scene, ahead: i64) {
    let sim = &scene.sim;
    sim.set_speed(0.0);
    sim.set_clock(ahead as f64);
    let ago = |seconds| {
        let seconds = SignedDuration::from_secs(ahead - seconds);
        Timestamp::now().checked_add(seconds).ok()
    };
    let of_process = |run: &str| RunSeed {
        process: Some(PROCESS.to_owned()),
        ..three_steps(run, "Bank reconciliation : November")
    };
    sim.seed_process(ProcessSeed {
        id: Some(PROCESS.to_owned()),
        name: "Bank reconciliation".to_owned(),
        ..ProcessSeed::default()
    });
    for (n, took) in (1..).zip([600, 660, 720, 690, 630]) {
        let ended = n * 86_400;
        sim.seed_run(RunSeed {
            date_started: ago(ended + took),
            date_finished: ago(ended),
            ..of_process(&format!("pr-99{n}")).status(RunStatus::Finished)
        });
    }
    sim.seed_run(RunSeed {
        date_started: ago(300),
        ..of_process(RUN).status(RunStatus::Running)
    });
}

fn sees_the_run_as_it_is(app: &App) -> Result<()> {
    app.add_and_watch(RUN)?;
    let five = |seen: &Seen| seen.text.starts_with("5 min");
    app.page.wait_until(
        row(RUN).inner("run-duration"),
        "is five minutes",
        SOON,
        five,
    )?;
    let known = |seen: &Seen| seen.text.starts_with("Expected to finish");
    let end = app
        .page
        .wait_until("expected-end", "is known", SOON, known)?;
    let in_minutes = app.page.ask(
        "const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
         return [4, 5, 6, 7].map((n) => clock.format(new Date(Date.now() + n * 60000)));",
        &[],
    )?;
    let times: Vec<String> = serde_json::from_value(in_minutes)?;
    let about = |time: &String| end.text.contains(&format!("about {time}"));
    assert!(times.iter().any(about), "{times:?}: {end:?}");
    Ok(())
}

#[test]
fn runs_are_shown_right_on_a_computer_whose_clock_is_off_and_that_is_said() {
    scene("clock-off", |scene| {
        seed(scene, 600);
        let app = scene.open()?;
        app.sign_in(&scene.sim)?;
        sees_the_run_as_it_is(&app)?;
        let banner = app.page.wait_for("clock-off")?;
        assert!(
            banner.text.contains("about 10 minutes behind SolveXia’s"),
            "{banner:?}"
        );
        scene.picture(&app.page, "light")?;
        // Once the clock is right, nothing is said.
        scene.sim.set_clock(0.0);
        app.page.wait_gone("clock-off")
    });
}

#[test]
fn a_clock_that_is_off_by_less_than_a_minute_is_made_up_for_in_silence() {
    scene("clock-off-little", |scene| {
        seed(scene, -40);
        let app = scene.open()?;
        app.sign_in(&scene.sim)?;
        sees_the_run_as_it_is(&app)?;
        assert!(app.page.see("clock-off")?.is_none());
        Ok(())
    });
}
