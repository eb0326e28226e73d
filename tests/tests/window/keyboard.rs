//! The main job without a mouse.

use runwatch_tests::page::{DOWN, ENTER, TAB};
use runwatch_tests::scene::{CLIENT_ID, CLIENT_SECRET};
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::{by, scene};
use serde_json::json;

const RUN: &str = "pr-971";
const NAME: &str = "AP ageing : October";

#[test]
fn the_main_job_needs_no_mouse() {
    scene("keyboard", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.go_to_sign_in()?;
        let page = &app.page;
        page.tab_to("environment")?;
        page.type_keys("environment", &sim.base_url())?;
        page.tab_to("method-browser")?;
        page.press(DOWN)?;
        for (field, text) in [("client-id", CLIENT_ID), ("client-secret", CLIENT_SECRET)] {
            page.tab_to(field)?;
            page.type_keys(field, text)?;
        }
        page.press(ENTER)?;

        page.wait_for("add-run-id")?;
        page.tab_to("add-run-id")?;
        page.type_keys("add-run-id", RUN)?;
        page.press(ENTER)?;
        page.wait_for(row(RUN))?;
        page.tab_to(row(RUN))?;
        page.press(ENTER)?;
        page.wait_for(by("run-detail").run(RUN))?;

        page.tab_to("start-run")?;
        page.press(ENTER)?;
        page.wait_for("confirm")?;
        let focus = "return document.activeElement?.getAttribute('data-testid');";
        assert_eq!(
            page.ask(focus, &[])?,
            json!("dismiss"),
            "Enter twice must not start a run"
        );
        page.press(TAB)?;
        page.press(ENTER)?;
        page.wait_gone("confirm")?;
        app.wait_status(RUN, "Scheduled")?;
        assert_eq!(sim.start_count(RUN), 1);
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;
        scene.picture(page, "done")?;
        Ok(())
    });
}
