//! The app ends, and comes back: nothing is lost, and nothing is told twice.

use std::thread::sleep;
use std::time::Duration;

use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::SOON;
use runwatch_tests::{Scene, by, scene};
use solvexia_sim::{Fault, FaultKind};

const RUN: &str = "pr-901";
const NAME: &str = "Bank reconciliation : October";

/// Were there a second notification, it would come within this time.
const A_SECOND_ONE: Duration = Duration::from_secs(5);

/// docs/RULES.md, 14 and 15: what ended while the app was off is told at its next start, once.
#[test]
fn an_end_while_the_app_was_killed_is_told_once_at_its_next_start() {
    scene("killed", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        app.kill()?;
        sim.advance(TO_THE_END);

        let app = scene.open()?;
        app.wait_outcome(RUN, "succeeded")?;
        let told = desktop.notifications.wait_about(NAME, SOON)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        sleep(A_SECOND_ONE);
        app.kill()?;

        let app = scene.open()?;
        app.page.wait_for(row(RUN))?;
        sleep(A_SECOND_ONE);
        assert_eq!(desktop.notifications.all().len(), 1);
        app.page.click("open-inbox")?;
        let item = by("inbox-item").run(RUN);
        app.page.wait_for(&item)?;
        assert_eq!(app.page.all(&item)?.len(), 1);
        Ok(())
    });
}

/// docs/RULES.md, 10 and 11: written down before it is sent, found out after the next start.
#[test]
fn a_start_whose_answer_the_app_never_lived_to_see_is_found_out_and_not_sent_again() {
    scene("killed-mid-start", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.show(RUN)?;
        let late = FaultKind::Delay {
            ms: 20_000,
            after_effect: true,
        };
        sim.add_fault(Fault::on("/start", late).method("POST"));
        app.page.click("start-run")?;
        app.page.click("confirm")?;
        let sent = || Ok((sim.start_count(RUN) == 1).then_some(()));
        runwatch_tests::waiting::until("the start", SOON, sent)?;
        app.kill()?;
        sim.clear_faults();

        let app = scene.open()?;
        sim.advance(5.0);
        app.wait_status(RUN, "Running")?;
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;
        desktop.notifications.wait_about(NAME, SOON)?;
        assert_eq!(sim.start_count(RUN), 1);
        app.page.click("open-activity")?;
        let done = by("activity-row").run(RUN).with("data-action", "start");
        app.page.wait_for(done.with("data-result", "ok"))?;
        scene.picture(&app.page, "found-out")?;
        Ok(())
    });
}
