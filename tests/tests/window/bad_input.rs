//! Bad input and bad answers: each gives a clear sentence, the app goes on, nothing is lost.

use std::time::Duration;

use anyhow::Result;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, by, scene};
use solvexia_sim::{Fault, FaultKind, Rewrite, RunStatus};

const RUN: &str = "pr-701";
const NAME: &str = "VAT return : October";

/// Waits for a sentence under this code, and that the app still works.
fn told(app: &App, code: &str, what: &str) -> Result<String> {
    let said = app.wait_banner(code)?;
    assert!(said.len() > 15, "{what}: a sentence, not “{said}”");
    let html = said.to_lowercase().contains("<html");
    assert!(!html, "{what}: no proxy's page: “{said}”");
    let rows = app.page.all("run-row")?;
    assert!(
        rows.iter().any(|row| row.attribute("data-run-id") == RUN),
        "{what}: nothing is lost"
    );
    Ok(said)
}

#[test]
fn what_is_no_run_of_this_environment_is_refused_in_words() {
    scene("bad-ids", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME));
        sim.seed_run(three_steps("pr-702", "Accruals : October"));
        sim.seed_run(three_steps("pr-703", "Payroll : October"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        let elsewhere = "https://other.solvexia.com/processes/run/pr-702";
        // Neighbours differ in their code, so that no banner is taken for the one before.
        let cases = [
            ("pr-999999", "not-found", "an id that nobody knows"),
            ("not an id", "bad-id", "no id"),
            (
                elsewhere,
                "other-environment",
                "an address of another environment",
            ),
            ("<b>run</b>", "bad-id", "markup"),
            (
                "pr-424242424242",
                "not-found",
                "another id that nobody knows",
            ),
            ("ds-7011", "bad-id", "the id of a step"),
        ];
        for (text, code, what) in cases {
            app.try_to_add(text)?;
            told(&app, code, what)?;
        }
        scene.picture(&app.page, "refused")?;
        // Empty: either the button says so itself, or the answer does.
        app.page.fill("add-run-id", "")?;
        if app.page.wait_for("add-run")?.enabled {
            app.page.click("add-run")?;
            told(&app, "bad-id", "nothing")?;
        }
        // Blanks around an id are nobody's fault, and an address of this environment is fine.
        app.try_to_add("  pr-702 ")?;
        app.page.wait_for(row("pr-702"))?;
        app.try_to_add(&format!("{}/some/page?run=pr-703#top", sim.base_url()))?;
        app.page.wait_for(row("pr-703"))?;
        assert_eq!(app.page.all("run-row")?.len(), 3);
        Ok(())
    });
}

#[test]
fn a_missing_right_is_named() {
    scene("forbidden", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in_with_token(sim, &sim.issue_token("process_read", 600.0))?;
        app.add(RUN)?;
        app.show(RUN)?;
        app.page.click("start-run")?;
        app.page.click("confirm")?;
        let said = told(&app, "forbidden", "no right to start")?;
        assert!(said.contains("process_execute"), "{said}");
        app.page.wait_for("support-id")?;
        app.page
            .wait_until("start-run", "is of no use", SOON, |start| !start.enabled)?;
        let pane = app.page.wait_for("run-detail")?.text;
        assert!(pane.contains("changed that, sign in again"), "{pane}");
        let advice = "lacks the right “process_execute”";
        assert_eq!(pane.matches(advice).count(), 1, "said once: {pane}");
        scene.picture(&app.page, "said")?;
        app.page.click("refresh-run")?;
        app.page
            .wait_until("start-run", "may be tried again", SOON, |start| {
                start.enabled
            })?;
        assert_eq!(sim.start_count(RUN), 0);
        Ok(())
    });
}

#[test]
fn answers_that_are_not_solvexias_are_told_as_such() {
    scene("bad-answers", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME));
        sim.seed_run(three_steps("pr-702", "Accruals : October"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        let server = FaultKind::Status {
            code: 500,
            body: None,
            headers: Default::default(),
            after_effect: false,
        };
        let cases = [
            (
                FaultKind::Html {
                    code: 200,
                    after_effect: false,
                },
                "bad-answer",
                "a proxy's page",
            ),
            (server, "server", "trouble of SolveXia's own"),
            (FaultKind::Truncated, "bad-answer", "a cut-off answer"),
            (FaultKind::DropBefore, "offline", "a dropped connection"),
            (
                FaultKind::Empty {
                    code: 200,
                    after_effect: false,
                },
                "bad-answer",
                "no body",
            ),
        ];
        for (fault, code, what) in cases {
            sim.add_fault(Fault::on("pr-702", fault));
            app.try_to_add("pr-702")?;
            told(&app, code, what)?;
            sim.clear_faults();
        }
        scene.picture(&app.page, "said")?;
        app.add("pr-702")?;
        Ok(())
    });
}

#[test]
fn a_status_that_nobody_knows_is_shown_as_it_is() {
    scene("unknown-status", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
        let word = Rewrite::StatusWord {
            word: "Paused<b>".to_owned(),
        };
        sim.add_fault(Fault::on(
            &format!("{RUN}/runstatus"),
            FaultKind::Rewrite(word),
        ));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.try_to_add(RUN)?;
        let row = app.wait_status(RUN, "Paused<b>")?;
        assert_eq!(row.attribute("data-outcome"), "");
        assert!(row.text.contains("Paused<b>"), "{row:?}");
        app.show(RUN)?;
        assert!(
            !app.page.wait_for("start-run")?.enabled,
            "nobody knows whether it is safe"
        );
        scene.picture(&app.page, "shown")?;
        sim.clear_faults();
        app.wait_status(RUN, "Running")?;
        Ok(())
    });
}

#[test]
fn without_network_the_app_goes_on_with_what_it_knows() {
    scene("offline", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.show(RUN)?;
        sim.add_fault(Fault::on("", FaultKind::DropBefore));
        app.page.click("refresh-run")?;
        told(&app, "offline", "no network")?;
        let steps = app.page.all("step-row")?.len();
        assert_eq!(steps, 3, "what was known is still shown");
        scene.picture(&app.page, "said")?;
        sim.clear_faults();
        app.page.click("refresh-run")?;
        app.page
            .wait_gone(by("error-banner").with("data-code", "offline"))?;
        Ok(())
    });
}

/// A name of 100,000 characters and a body of 10 MB freeze nothing; markup is text.
#[test]
fn enormous_and_hostile_texts_are_only_texts() {
    scene("enormous", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        let hostile = "<img src=x onerror=\"document.title='owned'\">";
        sim.seed_run(three_steps(
            RUN,
            &format!("{hostile}{}", "long ".repeat(20_000)),
        ));
        sim.seed_run(three_steps("pr-702", "Accruals : October"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.show(RUN)?;
        let began = std::time::Instant::now();
        assert!(
            app.page.text()?.contains("<img src=x"),
            "markup is shown as text"
        );
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "the page is frozen"
        );
        let title = app.page.ask("return document.title;", &[])?;
        assert!(!title.to_string().contains("owned"), "{title}");
        scene.picture(&app.page, "long")?;

        sim.add_fault(Fault::on("pr-702", FaultKind::Huge { bytes: 10_000_000 }));
        app.try_to_add("pr-702")?;
        told(&app, "bad-answer", "ten megabytes")?;
        sim.clear_faults();
        until("the next run", SOON, || Ok(Some(app.add("pr-702")?)))?;
        Ok(())
    });
}
