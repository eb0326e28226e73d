//! docs/RULES.md, 9–12: an action is sent once, whatever comes back.

use std::rc::Rc;
use std::thread::sleep;
use std::time::Duration;

use anyhow::Result;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Scene, by, scene};
use solvexia_sim::{Fault, FaultKind, RunPatch, RunStatus, SimHandle};

const RUN: &str = "pr-601";
const NAME: &str = "FX revaluation : October";

/// The POSTs that came in for starts, by either call, whatever became of them.
fn starts_sent(sim: &SimHandle) -> usize {
    let starts = |path: &str| path.ends_with("/start") || path.ends_with("/requests");
    sim.requests()
        .iter()
        .filter(|one| one.method == "POST" && starts(&one.path))
        .count()
}

fn signed_in_with_the_run_open(scene: &Scene) -> Result<Rc<App>> {
    scene.sim.set_speed(0.0);
    scene.sim.seed_run(three_steps(RUN, NAME));
    let app = scene.open()?;
    app.sign_in(&scene.sim)?;
    app.add(RUN)?;
    app.show(RUN)?;
    Ok(app)
}

fn activity_results(app: &App) -> Result<Vec<String>> {
    let rows = app.page.all(by("activity-row").run(RUN))?;
    Ok(rows
        .iter()
        .map(|row| row.attribute("data-result").to_owned())
        .collect())
}

#[test]
fn a_double_click_on_confirm_sends_one_start() {
    scene("double-click", |scene| {
        let app = signed_in_with_the_run_open(scene)?;
        // The first click must still be under way when the second one comes.
        let slow = FaultKind::Delay {
            ms: 1500,
            after_effect: false,
        };
        scene
            .sim
            .add_fault(Fault::on("/start", slow).method("POST"));
        app.page.click("start-run")?;
        app.page.wait_for("confirm")?;
        app.page.double_click("confirm")?;
        app.page.wait_gone("confirm")?;
        app.wait_status(RUN, "Scheduled")?;
        sleep(Duration::from_secs(3));
        assert_eq!(starts_sent(&scene.sim), 1);
        Ok(())
    });
}

/// docs/RULES.md, 11: the answer was lost, the start was not.
#[test]
fn a_start_whose_answer_was_lost_is_found_out_by_reading_and_never_sent_again() {
    scene("lost-answer", |scene| {
        let app = signed_in_with_the_run_open(scene)?;
        scene
            .sim
            .add_fault(Fault::on("/start", FaultKind::DropAfter).method("POST"));
        app.act("start-run", &[NAME])?;
        app.wait_status(RUN, "Scheduled")?;
        scene.sim.advance(5.0);
        app.wait_status(RUN, "Running")?;
        scene.picture(&app.page, "found-out")?;
        scene.sim.advance(TO_THE_END);
        // Rule 8: a run started here always tells.
        scene.desktop.notifications.wait_about(NAME, SOON)?;
        assert_eq!(starts_sent(&scene.sim), 1);

        app.page.click("open-activity")?;
        until("a known result", SOON, || {
            let results = activity_results(&app)?;
            assert!(
                !results.contains(&"refused".to_owned()),
                "it was not refused: {results:?}"
            );
            Ok((results == ["ok"]).then_some(()))
        })?;
        Ok(())
    });
}

/// docs/RULES.md, 11: nobody knows whether the start arrived.
#[test]
fn a_start_that_may_not_have_arrived_is_locked_with_its_reason() {
    scene("locked", |scene| {
        let app = signed_in_with_the_run_open(scene)?;
        scene
            .sim
            .add_fault(Fault::on("/start", FaultKind::DropBefore).method("POST"));
        app.act("start-run", &[NAME])?;
        until("one start", SOON, || {
            Ok((starts_sent(&scene.sim) == 1).then_some(()))
        })?;
        app.page
            .wait_until("start-run", "is locked", SOON, |start| !start.enabled)?;
        sleep(Duration::from_secs(12));
        let start = app.page.wait_for("start-run")?;
        assert!(!start.enabled, "it stays locked for two minutes");
        assert!(
            app.page.text()?.contains("starting twice"),
            "the reason is in the page"
        );
        scene.picture(&app.page, "locked")?;
        assert_eq!(starts_sent(&scene.sim), 1);

        app.page.click("open-activity")?;
        app.page.wait_for(by("activity-row").run(RUN))?;
        let results = activity_results(&app)?;
        assert_eq!(results.len(), 1);
        assert!(
            ["unknown", "pending"].contains(&results[0].as_str()),
            "{results:?}"
        );
        Ok(())
    });
}

/// docs/RULES.md, 9: no renewal-and-repeat.
#[test]
fn a_start_that_was_answered_with_401_is_not_repeated() {
    scene("refused", |scene| {
        let app = signed_in_with_the_run_open(scene)?;
        let refuse = FaultKind::Status {
            code: 401,
            body: None,
            headers: Default::default(),
            after_effect: false,
        };
        scene
            .sim
            .add_fault(Fault::on("/start", refuse).method("POST"));
        app.act("start-run", &[NAME])?;
        until("one start", SOON, || {
            Ok((starts_sent(&scene.sim) == 1).then_some(()))
        })?;
        sleep(Duration::from_secs(5));
        assert_eq!(starts_sent(&scene.sim), 1);
        assert_eq!(scene.sim.start_count(RUN), 0);
        Ok(())
    });
}

/// docs/RULES.md, 9: the status is read before an action, and what was confirmed must still hold.
#[test]
fn a_run_that_was_started_elsewhere_while_the_question_was_open_is_not_started_again() {
    scene("changed", |scene| {
        let app = signed_in_with_the_run_open(scene)?;
        app.page.click("start-run")?;
        app.page.wait_for("confirm")?;
        let elsewhere = RunPatch {
            status: Some(RunStatus::Running),
            ..RunPatch::default()
        };
        scene.sim.change_run(RUN, elsewhere);
        app.page.click("confirm")?;
        app.wait_status(RUN, "Running")?;
        scene.picture(&app.page, "said")?;
        sleep(Duration::from_secs(2));
        assert_eq!(starts_sent(&scene.sim), 0);
        Ok(())
    });
}

/// docs/RULES.md, 12: the deprecated call is a second action, confirmed on its own.
#[test]
fn the_older_call_is_offered_where_the_current_one_is_unknown() {
    scene("deprecated", |scene| {
        let app = signed_in_with_the_run_open(scene)?;
        let unknown = FaultKind::Status {
            code: 404,
            body: None,
            headers: Default::default(),
            after_effect: false,
        };
        scene
            .sim
            .add_fault(Fault::on("/start", unknown).method("POST"));
        app.page.click("start-run")?;
        app.page.click("confirm")?;
        until("one start", SOON, || {
            Ok((starts_sent(&scene.sim) == 1).then_some(()))
        })?;
        // Asked again, in other words.
        until("the offer", SOON, || {
            let offered = app.page.see("confirm")?.is_some() && app.question()?.contains("older");
            Ok(offered.then_some(()))
        })?;
        scene.picture(&app.page, "offer")?;
        assert_eq!(
            starts_sent(&scene.sim),
            1,
            "nothing is sent before it is confirmed"
        );
        app.page.click("confirm")?;
        app.wait_status(RUN, "Scheduled")?;
        assert_eq!(starts_sent(&scene.sim), 2);
        assert_eq!(scene.sim.start_count(RUN), 1);
        Ok(())
    });
}
