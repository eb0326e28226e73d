//! What the desktop shows is the user's choice; the Inbox gets everything.

use anyhow::Result;
use runwatch_tests::seeds::{TO_THE_END, failing, three_steps};
use runwatch_tests::waiting::SOON;
use runwatch_tests::{App, Scene, by, scene};
use solvexia_sim::RunStatus;

const GOOD: &str = "pr-981";
const BAD: &str = "pr-982";
const MUTED: &str = "pr-983";

fn settings(app: &App) -> Result<()> {
    app.open_settings("notifications")?;
    app.page.wait_for("hide-details")?;
    Ok(())
}

#[test]
fn what_is_switched_off_or_muted_stays_off_the_desktop_and_stands_in_the_inbox() {
    scene("choices", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(GOOD, "Secret of the board").status(RunStatus::Running));
        sim.seed_run(failing(BAD, "Ledger of the board", "wrong").status(RunStatus::Running));
        sim.seed_run(failing(MUTED, "Muted of the board", "wrong").status(RunStatus::Running));
        let app = scene.open()?;
        app.sign_in(sim)?;
        for run in [GOOD, BAD, MUTED] {
            app.add_and_watch(run)?;
        }
        app.page.click("mute-forever")?;
        app.page.wait_for(by("muting").with("data-muted", "true"))?;
        scene.picture(&app.page, "muted")?;

        settings(&app)?;
        app.page.click("quiet")?;
        app.page.fill("quiet-from", "25:00")?;
        app.page.click("save-settings")?;
        let refused = app.page.wait_for("notifications-error")?;
        assert!(refused.text.contains("25:00"), "{refused:?}");
        scene.picture(&app.page, "settings")?;
        app.page.click("quiet")?;
        app.page.click("notify-succeeded")?;
        app.page.click("hide-details")?;
        app.save_settings()?;
        app.page.click("dismiss")?;

        sim.advance(TO_THE_END);
        for (run, outcome) in [(GOOD, "succeeded"), (BAD, "failed"), (MUTED, "failed")] {
            app.wait_outcome(run, outcome)?;
        }
        desktop
            .notifications
            .wait_about("A run ended: Failed", SOON)?;
        app.page.click("open-inbox")?;
        for run in [GOOD, BAD, MUTED] {
            app.page.wait_for(by("inbox-item").run(run))?;
        }
        let shown = desktop.notifications.all();
        assert_eq!(shown.len(), 1, "{shown:#?}");
        assert!(desktop.notifications.about("of the board").is_empty());
        app.kill()?;

        // Both last over a restart.
        let app = scene.open()?;
        app.show(MUTED)?;
        app.page.wait_for(by("muting").with("data-muted", "true"))?;
        settings(&app)?;
        let off = "return document.querySelector('[data-testid=notify-succeeded]').checked;";
        assert_eq!(app.page.ask(off, &[])?, false);
        Ok(())
    });
}

#[test]
fn how_often_solvexia_is_asked_is_a_setting_that_lasts() {
    scene("poll-limits", |scene| {
        let app = scene.open()?;
        app.sign_in(&scene.sim)?;
        let open = |app: &App| {
            app.open_settings("poll-limits")?;
            app.page.wait_for("shortest-seconds")
        };
        open(&app)?;
        app.page.fill("shortest-seconds", "0")?;
        app.page.click("save-settings")?;
        let refused = app.page.wait_for("poll-limits-error")?;
        assert!(refused.text.contains("from 2 to 60"), "{refused:?}");
        scene.picture(&app.page, "refused")?;
        app.page.fill("shortest-seconds", "20")?;
        app.save_settings()?;
        app.kill()?;
        let app = scene.open()?;
        let kept = open(&app)?;
        assert_eq!(kept.value, "20");
        Ok(())
    });
}

#[test]
fn a_snoozed_account_stays_so_whatever_else_is_saved_and_can_be_shown_again() {
    scene("snoozed-account", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(GOOD, "Close of October").status(RunStatus::Running));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add_and_watch(GOOD)?;
        settings(&app)?;
        let account = |muted: &str| by("account-muting").with("data-muted", muted);
        app.page.click(account("false").inner("mute-hour"))?;
        let snoozed = app.page.wait_for(account("true"))?;
        assert!(snoozed.text.contains("Snoozed until"), "{snoozed:?}");
        scene.picture(&app.page, "snoozed")?;
        app.page.click("hide-details")?;
        app.save_settings()?;
        app.page.click("dismiss")?;
        let of_run = app.page.wait_for(by("muting").with("data-muted", "true"))?;
        assert!(of_run.text.contains("account is snoozed"), "{of_run:?}");
        app.kill()?;

        let app = scene.open()?;
        settings(&app)?;
        app.page.click(account("true").inner("mute-unmute"))?;
        app.page.wait_for(account("false"))?;
        app.page.click("dismiss")?;
        app.show(GOOD)?;
        app.page
            .wait_for(by("muting").with("data-muted", "false"))?;
        Ok(())
    });
}
