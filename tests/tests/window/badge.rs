//! The number of unread failures on the app's icon.

use std::time::Duration;

use runwatch_tests::dock::Dock;
use runwatch_tests::seeds::{TO_THE_END, failing, three_steps};
use runwatch_tests::waiting::until;
use runwatch_tests::{Scene, scene};
use solvexia_sim::RunStatus;

const FAILS: &str = "pr-951";
const OTHER: &str = "pr-952";
const AN_END: Duration = Duration::from_secs(60);

#[test]
fn a_dock_shows_how_many_failures_are_unread_and_none_once_their_run_was_opened() {
    scene("badge", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let dock = Dock::listen(desktop.bus())?;
        sim.set_speed(0.0);
        let fails = failing(FAILS, "Bank reconciliation : November", "No match");
        sim.seed_run(fails.status(RunStatus::Running));
        let other = three_steps(OTHER, "Payroll upload : November");
        sim.seed_run(other.status(RunStatus::Running));
        let app = scene.open()?;
        app.sign_in(sim)?;
        for run in [FAILS, OTHER] {
            app.add_and_watch(run)?;
        }
        assert_eq!(dock.badge(), None, "nothing has failed yet");
        sim.advance(TO_THE_END);
        until("the number of failures", AN_END, || {
            Ok((dock.badge() == Some((1, true))).then_some(()))
        })?;
        app.show(FAILS)?;
        until("the number to go", AN_END, || {
            Ok((dock.badge() == Some((0, false))).then_some(()))
        })
    });
}
