//! The main job in the real window: sign in, add a run, start it, watch it, hear of its end.

use std::thread::sleep;
use std::time::Duration;

use runwatch_tests::scene::{CLIENT_ID, CLIENT_SECRET};
use runwatch_tests::seeds::{TO_THE_END, failing, step_id, three_steps};
use runwatch_tests::user_actions::{A_WHILE, row, step_row};
use runwatch_tests::waiting::SOON;
use runwatch_tests::{Scene, by, scene};
use solvexia_sim::{RunStatus, StepStatus};

const BANK: &str = "Bank reconciliation : October";

/// Were there a second notification, it would come within this time.
const A_SECOND_ONE: Duration = Duration::from_secs(4);

#[test]
fn a_run_is_started_watched_and_its_end_is_told_once() {
    scene("main-job", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.set_speed(0.0); // it moves when the test says so
        sim.seed_run(three_steps("pr-501", BANK));
        let app = scene.open()?;
        app.go_to_sign_in()?;
        scene.picture(&app.page, "1-sign-in")?;
        app.sign_in(sim)?;
        assert_eq!(app.add("pr-501")?.attribute("data-status"), "NotStarted");
        app.show("pr-501")?;
        app.watch()?;
        scene.picture(&app.page, "2-added")?;

        let environment = sim.base_url().replace("http://", "");
        app.act("start-run", &[BANK, &environment])?;
        sim.advance(2.0);
        app.wait_status("pr-501", "Running")?;
        app.wait_step(&step_id("pr-501", 1), "Running")?;
        sim.advance(10.0);
        app.wait_step(&step_id("pr-501", 1), "Success")?;
        app.wait_step(&step_id("pr-501", 2), "Running")?;
        scene.picture(&app.page, "3-running")?;
        assert_eq!(
            desktop.notifications.all().len(),
            0,
            "nothing has ended yet"
        );

        sim.advance(TO_THE_END);
        app.wait_outcome("pr-501", "succeeded")?;
        let told = desktop.notifications.wait_about(BANK, SOON)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        assert!(told.body.contains("3 listed steps succeeded"), "{told:?}");
        assert!(
            !told.body.to_lowercase().contains("everything"),
            "rule 5: {told:?}"
        );
        sleep(A_SECOND_ONE);
        assert_eq!(desktop.notifications.all().len(), 1);
        assert_eq!(sim.start_count("pr-501"), 1);
        scene.picture(&app.page, "4-finished")?;

        app.page.click("open-inbox")?;
        let item = by("inbox-item")
            .run("pr-501")
            .with("data-outcome", "succeeded");
        app.page.wait_for(&item)?;
        assert_eq!(app.page.all(&item)?.len(), 1);
        scene.picture(&app.page, "5-inbox")?;
        Ok(())
    });
}

/// docs/RULES.md, 2: `Finished` alone says nothing.
#[test]
fn a_run_that_solvexia_calls_finished_with_a_failed_step_is_told_as_failed() {
    scene("failed", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let why = "3 pairs not matched: the balance of entity 104 is missing";
        sim.set_speed(0.0);
        sim.seed_run(failing("pr-502", "Intercompany matching : October", why));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-502")?;
        app.show("pr-502")?;
        app.act("start-run", &["Intercompany matching : October"])?;
        sim.advance(TO_THE_END);
        assert_eq!(sim.run("pr-502").unwrap().status, RunStatus::Finished);

        app.wait_outcome("pr-502", "failed")?;
        let told = desktop
            .notifications
            .wait_about("Intercompany matching", SOON)?;
        assert!(told.summary.contains("Failed"), "{told:?}");
        assert!(told.body.contains(why), "{told:?}");
        assert!(
            told.body.contains("Match transactions"),
            "the step has a name: {told:?}"
        );
        let message = step_row(&step_id("pr-502", 2)).inner("step-message");
        app.page
            .wait_until(message, "tells why", SOON, |message| message.text == why)?;
        scene.picture(&app.page, "1-told")?;

        let restart = step_row(&step_id("pr-502", 2)).inner("restart-step");
        app.act(restart, &["Intercompany matching : October"])?;
        sim.advance(TO_THE_END);
        app.wait_outcome("pr-502", "succeeded")?;
        let second = || {
            Ok(desktop
                .notifications
                .about("Intercompany")
                .into_iter()
                .nth(1))
        };
        let told = runwatch_tests::waiting::until("the second end", SOON, second)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        let counts = sim.run("pr-502").unwrap().counts;
        assert_eq!((counts.starts, counts.restarts), (1, 1));

        app.page.click("open-activity")?;
        let activity = by("activity-row").run("pr-502").with("data-result", "ok");
        for action in ["start", "restart"] {
            app.page
                .wait_for(activity.clone().with("data-action", action))?;
        }
        scene.picture(&app.page, "2-activity")?;
        Ok(())
    });
}

#[test]
fn a_going_run_is_cancelled_after_a_confirmation_that_names_it() {
    scene("cancel", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.seed_run(three_steps("pr-503", "Consolidation : October").status(RunStatus::Running));
        sim.set_speed(0.0);
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add_and_watch("pr-503")?;
        let start = app.page.wait_for("start-run")?;
        assert!(!start.enabled, "a running run cannot be started");

        let environment = sim.base_url().replace("http://", "");
        app.page.click("cancel-run")?;
        app.page.click("dismiss")?;
        app.page.wait_gone("confirm")?;
        assert_eq!(
            sim.run("pr-503").unwrap().counts.cancels,
            0,
            "it was dismissed"
        );
        app.act("cancel-run", &["Consolidation : October", &environment])?;
        app.wait_outcome("pr-503", "cancelled")?;
        assert_eq!(sim.run("pr-503").unwrap().counts.cancels, 1);
        let told = desktop.notifications.wait_about("Consolidation", SOON)?;
        assert!(told.summary.contains("Cancelled"), "{told:?}");

        app.page.click("open-activity")?;
        let done = by("activity-row")
            .run("pr-503")
            .with("data-action", "cancel");
        app.page.wait_for(done.with("data-result", "ok"))?;
        Ok(())
    });
}

/// docs/RULES.md, 8: what had ended before is no news.
#[test]
fn a_run_that_had_ended_at_its_first_sight_is_silent() {
    scene("old-news", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.seed_run(three_steps("pr-504", BANK).status(RunStatus::Finished));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-504")?;
        app.wait_outcome("pr-504", "succeeded")?;
        app.show("pr-504")?;
        app.watch()?;
        sleep(A_SECOND_ONE);
        assert_eq!(desktop.notifications.all().len(), 0);
        Ok(())
    });
}

#[test]
fn a_click_on_the_notification_opens_its_run() {
    scene("click", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.set_speed(0.0);
        for (run, name) in [("pr-505", BANK), ("pr-506", "AP ageing : October")] {
            sim.seed_run(three_steps(run, name).status(RunStatus::Running));
        }
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add_and_watch("pr-505")?;
        app.add("pr-506")?;
        app.show("pr-506")?;
        sim.advance(TO_THE_END);
        let told = desktop.notifications.wait_about(BANK, A_WHILE)?;
        assert!(told.actions.contains(&"default".to_owned()), "{told:?}");
        desktop.notifications.click(&told)?;
        app.page.wait_for(by("run-detail").run("pr-505"))?;
        Ok(())
    });
}

#[test]
fn a_secret_is_kept_in_the_keychain_and_gone_after_signing_out() {
    scene("sign-out", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.seed_run(three_steps("pr-507", BANK));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-507")?;
        let kept = desktop.keychain.entries()?;
        let holds = |entry: &runwatch_tests::keychain::KeychainEntry| {
            runwatch_tests::processes::holds(&entry.secret, CLIENT_SECRET)
        };
        assert!(kept.iter().any(holds), "{}", kept.len());

        // Opened again, it signs in by itself.
        app.close();
        let app = scene.open()?;
        app.page.wait_for(row("pr-507"))?;
        app.show("pr-507")?;
        app.page
            .wait_until("start-run", "can be used", SOON, |start| start.enabled)?;

        app.sign_out()?;
        assert_eq!(desktop.keychain.entries()?.len(), 0);
        let requests = sim.requests().len();
        sleep(Duration::from_secs(6));
        assert_eq!(
            sim.requests().len(),
            requests,
            "signed out, it asks for nothing"
        );
        scene.picture(&app.page, "signed-out")?;
        Ok(())
    });
}

#[test]
fn a_pasted_access_token_signs_in() {
    scene("token", |scene| {
        let sim = &scene.sim;
        sim.seed_run(three_steps("pr-508", BANK));
        let token = sim.issue_token("process process_read process_execute", 600.0);
        let app = scene.open()?;
        app.sign_in_with_token(sim, &token)?;
        app.add("pr-508")?;
        app.show("pr-508")?;
        app.act("start-run", &[BANK])?;
        app.wait_outcome("pr-508", "succeeded")?;
        let granted = sim
            .requests()
            .into_iter()
            .filter(|request| request.path.contains("/oauth/"));
        assert_eq!(granted.count(), 0, "a pasted token needs no other");
        Ok(())
    });
}

#[test]
fn a_wrong_secret_is_refused_in_words_and_kept_nowhere() {
    scene("wrong-secret", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.open()?;
        app.connect_as(&sim.base_url(), CLIENT_ID, "not-the-secret")?;
        let said = app.page.wait_for("sign-in-error")?.text;
        assert!(
            !said.is_empty() && !said.contains("not-the-secret"),
            "{said}"
        );
        assert_eq!(desktop.keychain.entries()?.len(), 0);
        scene.picture(&app.page, "refused")?;
        app.sign_in(sim)?; // and now with the right one
        Ok(())
    });
}

/// A step that the API does not list is added by its id, and counts.
#[test]
fn an_action_step_is_added_by_its_id() {
    scene("action-step", |scene| {
        let sim = &scene.sim;
        let mut seed = three_steps("pr-509", BANK);
        seed.steps[1] = seed.steps[1].clone().id("as-5092").action();
        seed.steps[1].ends = StepStatus::Failed;
        seed.steps[1].completion_message = "The register is locked".to_owned();
        sim.seed_run(seed.status(RunStatus::Finished));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-509")?;
        app.show("pr-509")?;
        app.page.fill("add-step-id", "as-5092")?;
        app.page.click("add-step")?;
        app.wait_step("as-5092", "Failed")?;
        app.wait_outcome("pr-509", "failed")?;
        scene.picture(&app.page, "added")?;
        Ok(())
    });
}
