//! The Inbox: what is read there, and what a click on a notification opens (docs/RULES.md, 23).

use anyhow::Result;
use runwatch_tests::seeds::{TO_THE_END, failing, three_steps};
use runwatch_tests::tray::Item;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Scene, by, scene};
use serde_json::json;
use solvexia_sim::RunStatus;

const RUNS: [(&str, &str); 3] = [
    ("pr-961", "Payroll : November"),
    ("pr-962", "Accruals : November"),
    ("pr-963", "Tax provision : November"),
];

/// Watches runs that fail once they are let go on; the one looked at is another one.
fn watching(scene: &Scene, runs: usize) -> Result<std::rc::Rc<App>> {
    let sim = &scene.sim;
    sim.set_speed(0.0);
    sim.seed_run(failing("pr-960", "Looked at", "No").status(RunStatus::Running));
    let app = scene.open()?;
    app.sign_in(sim)?;
    for (run, name) in &RUNS[..runs] {
        sim.seed_run(failing(run, name, "No bank file").status(RunStatus::Running));
        app.add_and_watch(run)?;
    }
    app.add("pr-960")?;
    app.show("pr-960")?;
    Ok(app)
}

#[test]
fn rule_23_a_failure_whose_notification_was_clicked_is_read_in_badge_and_tray() {
    scene("inbox-clicked", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = watching(scene, 1)?;
        let (run, name) = RUNS[0];
        sim.advance(TO_THE_END);
        let told = desktop.notifications.wait_about(name, SOON)?;
        let failed = |item: &Item| item.label.contains("1 failure not seen yet");
        desktop
            .tray
            .wait_item("says that a failure was not seen", failed)?;
        desktop.notifications.click(&told)?;
        app.page
            .wait_for(by("run-detail").with("data-run-id", run))?;
        let calm = |item: &Item| {
            item.label.starts_with("Runwatch: ") && !item.label.contains("not seen yet")
        };
        desktop
            .tray
            .wait_item("is calm once the run was opened", calm)?;
        app.page
            .wait_until("open-inbox", "has no badge", SOON, |inbox| {
                !inbox.text.contains('1')
            })?;
        Ok(())
    });
}

/// Whether the newest failure of the Inbox has the focus.
const AT_NEWEST_FAILURE: &str = "
    const failed = '[data-testid=inbox-item][data-outcome=failed]';
    const number = (item) => Number(item?.getAttribute('data-item-id'));
    const newest = Math.max(...[...document.querySelectorAll(failed)].map(number));
    return document.activeElement?.matches(failed) && number(document.activeElement) === newest;";

#[test]
fn a_notification_of_several_failures_opens_the_inbox_at_the_newest_of_them() {
    scene("inbox-group", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = watching(scene, 3)?;
        sim.advance(TO_THE_END);
        let told = desktop
            .notifications
            .wait_about("2 more runs ended", SOON)?;
        for (run, _) in RUNS {
            app.page.wait_until(row(run), "has failed", SOON, |row| {
                row.attribute("data-outcome") == "failed"
            })?;
        }
        // What is newer than all failures is none.
        let (good, name) = ("pr-964", "Bank : November");
        sim.seed_run(three_steps(good, name).status(RunStatus::Running));
        app.add_and_watch(good)?;
        sim.advance(TO_THE_END);
        desktop.notifications.wait_about(name, SOON)?;
        desktop.notifications.click(&told)?;
        let newest = app.page.wait_for("inbox-item")?;
        assert_eq!(newest.attribute("data-run-id"), good);
        until("the newest failure has the focus", SOON, || {
            let is_there = app.page.ask(AT_NEWEST_FAILURE, &[])?;
            Ok((is_there == json!(true)).then_some(()))
        })?;
        scene.picture(&app.page, "opened")?;
        Ok(())
    });
}
