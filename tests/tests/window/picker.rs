//! Runs are found by their process, and made there.

use runwatch_tests::seeds::three_steps;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::SOON;
use runwatch_tests::{by, scene};
use solvexia_sim::ProcessSeed;

#[test]
fn a_run_is_picked_from_its_process_or_created_there_and_not_started() {
    scene("picker", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        let template = three_steps("pr-1", "");
        sim.seed_process(ProcessSeed {
            id: Some("p-77".to_owned()),
            name: "VAT return".to_owned(),
            steps: template.steps,
            ..ProcessSeed::default()
        });
        let mut seed = three_steps("pr-950", "VAT return : October");
        seed.process = Some("p-77".to_owned());
        sim.seed_run(seed);
        let app = scene.open()?;
        app.sign_in(sim)?;

        app.page.click("pick-process")?;
        app.page
            .click(by("process-row").with("data-process-id", "p-77"))?;
        app.page.wait_for(by("process-run-row").run("pr-950"))?;
        scene.picture(&app.page, "process")?;
        app.page.click(by("process-run-row").run("pr-950"))?;
        app.page.wait_for(row("pr-950"))?;

        // The picker goes with what was picked from it.
        app.page.wait_gone("create-run")?;
        app.page.click("pick-process")?;
        app.page
            .click(by("process-row").with("data-process-id", "p-77"))?;
        app.page.click("create-run")?;
        let made = || {
            let all = sim.runs().into_iter();
            Ok(all
                .into_iter()
                .find(|run| run.id != "pr-950")
                .map(|run| run.id))
        };
        let made = runwatch_tests::waiting::until("the new run", SOON, made)?;
        app.page.wait_for(row(&made))?;
        app.wait_status(&made, "NotStarted")?;
        assert_eq!(sim.start_count(&made), 0);
        scene.picture(&app.page, "created")?;
        Ok(())
    });
}
