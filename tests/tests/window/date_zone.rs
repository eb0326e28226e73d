//! Run dates that name no zone, written in some local time (docs/RULES.md, 24).

use runwatch_tests::page::Seen;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::SOON;
use runwatch_tests::{by, scene};

const RUN: &str = "pr-982";
const NAME: &str = "Intercompany : November";

fn is_right_in_a_zone(name: &str, minutes: i32) {
    scene(name, |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.set_zone(minutes);
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add_and_watch(RUN)?;
        app.act("start-run", &[NAME])?;
        // Out of the queue, into the first step.
        sim.advance(6.0);
        app.wait_status(RUN, "Running")?;
        // Its own start has told the zone.
        app.page.wait_gone("zone-unknown")?;
        let seconds = |seen: &Seen| {
            let young = seen
                .text
                .strip_suffix(" s")
                .and_then(|text| text.parse().ok());
            young.is_some_and(|seconds: u32| (1..30).contains(&seconds))
        };
        app.page.wait_until(
            row(RUN).inner("run-duration"),
            "counts from its start",
            SOON,
            seconds,
        )?;
        scene.picture(&app.page, "going")?;
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;
        let told = scene.desktop.notifications.wait_about(NAME, SOON)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        assert_eq!(scene.desktop.notifications.about(NAME).len(), 1);
        app.page.click("account")?;
        app.page.click("account-details")?;
        app.page
            .wait_until(by("date-zone"), "is said", SOON, |seen| {
                seen.text.contains("UTC")
            })?;
        scene.picture(&app.page, "details")?;
        Ok(())
    });
}

#[test]
fn rule_24_five_hours_behind_a_run_is_as_old_as_it_is() {
    is_right_in_a_zone("zone-behind", -300);
}

#[test]
fn rule_24_ten_hours_ahead_a_run_is_as_old_as_it_is() {
    is_right_in_a_zone("zone-ahead", 600);
}
