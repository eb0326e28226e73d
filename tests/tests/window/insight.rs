//! What earlier runs of its process say about the open run: the usual duration, the expected end.

use jiff::{SignedDuration, Timestamp};
use runwatch_tests::page::Seen;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::SOON;
use runwatch_tests::{by, scene};
use solvexia_sim::{ProcessSeed, RunSeed, RunStatus};

const RUN: &str = "pr-970";
const NEW: &str = "pr-971";
const PROCESS: &str = "p-97";

/// Seconds that earlier runs of the process took.
const EARLIER: [i64; 5] = [600, 660, 720, 690, 630];

fn ago(seconds: i64) -> Option<Timestamp> {
    Timestamp::now()
        .checked_sub(SignedDuration::from_secs(seconds))
        .ok()
}

fn of_process(run: &str, name: &str) -> RunSeed {
    RunSeed {
        process: Some(PROCESS.to_owned()),
        ..three_steps(run, name)
    }
}

#[test]
fn the_open_run_shows_how_long_it_usually_takes_and_when_it_ends() {
    scene("insight", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_process(ProcessSeed {
            id: Some(PROCESS.to_owned()),
            name: "Bank reconciliation".to_owned(),
            ..ProcessSeed::default()
        });
        for (n, took) in (1..).zip(EARLIER) {
            let ended = n * 86_400;
            sim.seed_run(RunSeed {
                date_started: ago(ended + took),
                date_finished: ago(ended),
                ..of_process(&format!("pr-96{n}"), "earlier").status(RunStatus::Finished)
            });
        }
        sim.seed_run(RunSeed {
            date_started: ago(300),
            ..of_process(RUN, "Bank reconciliation : November").status(RunStatus::Running)
        });
        sim.seed_run(three_steps(NEW, "Nobody ran this before"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.show(RUN)?;
        let not_yet = |seen: &Seen| seen.text.contains("not known yet");
        app.page
            .wait_until("usual", "makes nothing up", SOON, not_yet)?;
        app.watch()?;

        let known = |seen: &Seen| {
            seen.text.starts_with("Usually 11 min (") && seen.text.ends_with("from 5 runs)")
        };
        app.page.wait_until("usual", "is known", SOON, known)?;
        let end = app.page.wait_for("expected-end")?;
        assert!(end.text.contains("between"), "{end:?}");
        let bar = app.page.wait_for("progress")?;
        assert_eq!(bar.attribute("role"), "progressbar");
        let percent: u32 = bar.attribute("aria-valuenow").parse()?;
        assert!((30..60).contains(&percent), "{bar:?}");
        let said = bar.attribute("aria-valuetext");
        assert!(said.contains("0 of 3 steps"), "{bar:?}");
        assert!(said.contains("Expected to finish"), "{bar:?}");
        let ends = |cell: &Seen| cell.text.starts_with("≈ ");
        app.page
            .wait_until(row(RUN).inner("run-ends"), "says when it ends", SOON, ends)?;
        let step = app.page.wait_for(row(RUN).inner("run-now-at"))?;
        assert_eq!(step.text, "1 of 3 · Import statements");
        let chart = app.page.wait_for("durations-chart")?;
        assert!(chart.attribute("aria-label").contains("latest 5 runs"));
        scene.picture(&app.page, "chart")?;
        app.page.click("durations-toggle")?;
        let table = app.page.wait_for("durations-table")?;
        assert!(table.text.contains("pr-961"), "{table:?}");
        assert!(table.text.contains("12 min"), "{table:?}");
        scene.picture(&app.page, "table")?;

        app.add(NEW)?;
        app.page.wait_for(by("run-detail").run(NEW))?;
        app.page
            .wait_until("usual", "makes nothing up", SOON, not_yet)?;
        assert!(app.page.see("expected-end")?.is_none());
        assert!(app.page.see("progress")?.is_none());
        Ok(())
    });
}
