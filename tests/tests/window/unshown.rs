//! What ended and was not shown yet is not lost: not when the window is closed, not at Quit, not
//! where the desktop shows no notifications.

use std::time::Duration;

use anyhow::ensure;
use runwatch_tests::processes::{self, Managed};
use runwatch_tests::seeds::TO_THE_END;
use runwatch_tests::waiting::SOON;
use runwatch_tests::{Scene, by, scene};

const RUN: &str = "pr-951";
const NAME: &str = "Payroll upload : November";
/// The desktop is tried again after 1, 5 and 30 seconds.
const TRIED_AGAIN: Duration = Duration::from_secs(60);

#[test]
fn what_is_snoozed_keeps_the_app_when_its_window_closes_and_quitting_names_it() {
    scene("unshown-snoozed", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        app.page.click("mute-hour")?;
        app.page.wait_for(by("muting").with("data-muted", "true"))?;
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;

        app.page.click("account")?;
        app.page.click("quit")?;
        let question = app.question()?;
        ensure!(
            question.contains("1 notification was not shown yet"),
            "{question}"
        );
        ensure!(question.contains(NAME), "{question}");
        scene.picture(&app.page, "question")?;
        app.page.click("dismiss")?;
        app.page.wait_gone("confirm")?;
        assert!(app.alive());
        app.kill()?;

        // As a user starts it: with no driver, which would end it with its window.
        let mut app = Managed::start("runwatch", scene.launch_again()?)?;
        let pid = app.child().id();
        desktop.close_window(pid)?;
        let said = desktop.notifications.wait_about("stays open", SOON)?;
        assert!(
            said.summary.contains("1 notification not shown yet"),
            "{said:?}"
        );
        assert!(processes::alive(pid));
        assert!(desktop.notifications.about(NAME).is_empty());
        desktop.tray.click("Quit")?;
        // The question's window is there; however often it is chosen, Quit waits for an answer.
        desktop.close_window(pid)?;
        assert!(processes::alive(pid));
        desktop.tray.click("Quit")?;
        desktop.tray.click("Quit")?;
        std::thread::sleep(Duration::from_secs(1));
        assert!(processes::alive(pid));
        Ok(())
    });
}

#[test]
fn rule_14_what_a_desktop_without_notifications_did_not_show_is_said_and_shown_once_it_can() {
    scene("unshown-desktop", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        desktop.notifications.switch_off()?;
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;
        let said = app.page.wait_for("no-desktop")?;
        ensure!(said.text.contains("Everything is in the Inbox"), "{said:?}");
        scene.picture(&app.page, "said")?;
        assert!(desktop.notifications.all().is_empty());

        desktop.notifications.switch_on()?;
        let told = desktop.notifications.wait_about(NAME, TRIED_AGAIN)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        app.page.wait_gone("no-desktop")?;
        assert_eq!(desktop.notifications.about(NAME).len(), 1);
        Ok(())
    });
}
