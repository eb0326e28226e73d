//! SolveXia cannot be reached: said once and calmly, asked patiently, and over by itself. A run that
//! is not there any more is no outage.

use std::thread::sleep;
use std::time::Duration;

use runwatch_tests::page::Seen;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{by, scene};
use solvexia_sim::{Fault, FaultKind, RunStatus};

const RUNS: [&str; 4] = ["pr-991", "pr-992", "pr-993", "pr-994"];

/// Long enough to see how often it is tried again.
const A_WHILE: Duration = Duration::from_secs(15);
/// Each of four visible runs would be asked every few seconds, were the host there.
const MOST: usize = 12;

#[test]
fn an_outage_is_one_banner_with_the_datas_age_no_storm_and_ends_by_itself() {
    scene("outage", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        let app = scene.open()?;
        app.sign_in(sim)?;
        for run in RUNS {
            sim.seed_run(three_steps(run, &format!("Close of {run}")).status(RunStatus::Running));
            app.add_and_watch(run)?;
        }
        sim.add_fault(Fault::on("", FaultKind::DropBefore));
        let offline = by("error-banner").with("data-code", "offline");
        let banner = app.page.wait_for(&offline)?;
        assert!(
            banner.text.contains("Last heard from SolveXia"),
            "{banner:?}"
        );
        sim.advance(TO_THE_END);
        sim.clear_requests();
        sleep(A_WHILE);
        let tries = sim.requests().len();
        assert!(
            (1..=MOST).contains(&tries),
            "{tries}: {:#?}",
            sim.requests()
        );
        assert_eq!(app.page.all("error-banner")?.len(), 1);
        assert!(scene.desktop.notifications.all().is_empty());
        scene.picture(&app.page, "banner")?;

        // Who knows that it is back need not wait.
        sim.clear_requests();
        app.page.click("try-now")?;
        until("a try at once", Duration::from_secs(3), || {
            Ok((!sim.requests().is_empty()).then_some(()))
        })?;

        sim.clear_faults();
        app.page.wait_gone(&offline)?;
        for run in RUNS {
            app.wait_outcome(run, "succeeded")?;
            scene.desktop.notifications.wait_about(run, SOON)?;
        }
        Ok(())
    });
}

#[test]
fn a_run_that_was_deleted_is_shown_as_such_and_nothing_can_be_done_with_it() {
    scene("deleted", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        let app = scene.open()?;
        app.sign_in(sim)?;
        let run = RUNS[0];
        sim.seed_run(three_steps(run, "Close of October").status(RunStatus::Running));
        app.add_and_watch(run)?;
        sim.delete_run(run);
        let gone = |row: &Seen| row.text.contains("No longer in SolveXia");
        app.page.wait_until(row(run), "is gone", SOON, gone)?;
        let open = app.page.wait_for("run-detail")?.text;
        scene.picture(&app.page, "gone")?;
        assert!(open.contains("SolveXia no longer has this run"), "{open}");
        assert!(open.contains("It was last seen as"), "{open}");
        assert!(!open.contains("It is running"), "{open}");
        let duration = || app.page.wait_for(row(run).inner("run-duration"));
        let before = duration()?.text;
        sleep(Duration::from_secs(3));
        assert_eq!(duration()?.text, before, "it does not go on");
        for button in ["start-run", "cancel-run"] {
            let seen = app.page.wait_for(button)?;
            assert!(!seen.enabled, "{seen:?}");
        }
        Ok(())
    });
}
