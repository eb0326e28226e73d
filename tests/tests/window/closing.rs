//! The window may close: watching goes on in the tray, can be paused there, and is not ended
//! without a question.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use runwatch_tests::processes::{self, Managed};
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::tray::Item;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{Scene, scene};
use solvexia_sim::{RunPatch, RunStatus};

const RUN: &str = "pr-951";
const NAME: &str = "Payroll upload : November";
const ENDS: &str = "Accruals : November";
const GOES_ON: &str = "goes on watching";

/// More time than a watched run in a visible window may wait for its next read.
const A_READ: Duration = Duration::from_secs(8);

/// Starts the app as a user does: with no driver, which would end it with its window.
fn start(scene: &Scene) -> Result<Managed> {
    Managed::start("runwatch", scene.launch_again()?)
}

#[test]
fn a_closed_window_watches_on_says_so_once_ever_and_tells_the_end() {
    scene("closed", |scene| {
        let Scene { sim, desktop, .. } = scene;
        scene.watching(RUN, NAME)?.kill()?;
        let mut app = start(scene)?;
        let pid = app.child().id();
        desktop.close_window(pid)?;
        let said = desktop.notifications.wait_about(GOES_ON, SOON)?;
        assert_eq!(said.summary, "Runwatch goes on watching 1 run");
        assert!(said.body.contains("tray"), "{said:?}");
        // A second launch opens the window again, and closing it says nothing more.
        let second = scene.launch_again()?.status()?;
        assert!(second.success());
        desktop.close_window(pid)?;
        assert!(processes::alive(pid));
        // Its page is gone, and so is the process that drew it.
        until("the page’s process to end", SOON, || {
            let draws = |pid: &u32| {
                let program = processes::program(*pid).unwrap_or_default();
                program.to_string_lossy().contains("WebKitWebProcess")
            };
            Ok((!desktop.processes().iter().any(draws)).then_some(()))
        })?;

        sim.advance(TO_THE_END);
        let told = desktop
            .notifications
            .wait_about(NAME, Duration::from_secs(60))?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        assert_eq!(desktop.notifications.about(GOES_ON).len(), 1);
        // Nothing is watched any more: the last window's close is the end.
        assert!(scene.launch_again()?.status()?.success());
        desktop.close_window(pid)?;
        until("the app’s end", SOON, || {
            Ok((!processes::alive(pid)).then_some(()))
        })
    });
}

#[test]
fn while_watching_is_paused_in_the_tray_nothing_is_asked_and_the_window_says_so() {
    scene("paused", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        let watching = |item: &Item| item.label.contains("watching 1 run");
        desktop.tray.wait_item("counts the run", watching)?;
        desktop.tray.click("Pause watching")?;
        app.page.wait_for("paused")?;
        scene.picture(&app.page, "banner")?;
        let says_so = |item: &Item| item.label.contains("paused");
        desktop.tray.wait_item("says that it is paused", says_so)?;
        let check = |item: &Item| item.label.starts_with("Pause");
        assert!(desktop.tray.wait_item("pauses", check)?.checked);
        // What was asked before it was paused may still arrive.
        sleep(Duration::from_secs(1));
        sim.clear_requests();
        sim.advance(TO_THE_END);
        sleep(A_READ);
        assert_eq!(sim.requests().len(), 0, "{:?}", sim.requests());
        assert!(desktop.notifications.all().is_empty());

        app.page.click("resume-watching")?;
        app.page.wait_gone("paused")?;
        let told = desktop.notifications.wait_about(NAME, SOON)?;
        assert!(told.summary.contains("Succeeded"), "{told:?}");
        let unchecked = |item: &Item| check(item) && !item.checked;
        desktop
            .tray
            .wait_item("does not pause any more", unchecked)?;
        Ok(())
    });
}

#[test]
fn closed_while_watching_is_paused_it_says_each_time_that_nothing_is_told() {
    scene("closed-paused", |scene| {
        let Scene { desktop, .. } = scene;
        scene.watching(RUN, NAME)?.kill()?;
        let mut app = start(scene)?;
        let pid = app.child().id();
        let watching = |item: &Item| item.label.contains("watching 1 run");
        desktop.tray.wait_item("counts the run", watching)?;
        desktop.tray.click("Pause watching")?;
        let says_so = |item: &Item| item.label.contains("paused");
        desktop.tray.wait_item("says that it is paused", says_so)?;
        let told = |times: usize| {
            until("being told that watching is paused", SOON, || {
                let told = desktop.notifications.about("Watching is paused");
                Ok((told.len() == times).then_some(told))
            })
        };
        desktop.close_window(pid)?;
        let said = told(1)?.remove(0);
        assert!(said.body.contains("nothing is told until"), "{said:?}");
        assert!(said.body.contains("tray"), "{said:?}");

        // Nobody is sent to a tray that is not there.
        desktop.tray.take_away()?;
        assert!(scene.launch_again()?.status()?.success());
        desktop.close_window(pid)?;
        let said = told(2)?.remove(1);
        assert!(!said.body.contains("tray"), "{said:?}");
        assert!(said.body.contains("start Runwatch again"), "{said:?}");
        assert!(processes::alive(pid));
        Ok(())
    });
}

#[test]
fn the_tray_does_not_call_a_run_watched_that_cannot_be_seen() {
    scene("closed-signed-out", |scene| {
        let Scene { desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        app.sign_out()?;
        let cannot =
            |item: &Item| item.label == "Runwatch: cannot see 1 watched run: sign in again";
        desktop.tray.wait_item("says what to do", cannot)?;
        Ok(())
    });
}

#[test]
fn quitting_asks_first_while_a_run_is_watched_however_often_it_is_chosen() {
    scene("quitting", |scene| {
        let Scene { desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        desktop.tray.click("Quit")?;
        let question = app.question()?;
        ensure!(question.contains(NAME), "{question}");
        ensure!(
            question.contains("1 watched run has not ended yet"),
            "{question}"
        );
        scene.picture(&app.page, "question")?;
        app.page.click("dismiss")?;
        app.page.wait_gone("confirm")?;
        assert!(app.alive());

        // Also twice at once, before the question can be drawn.
        desktop.tray.click("Quit")?;
        desktop.tray.click("Quit")?;
        app.page.wait_for("confirm")?;
        desktop.tray.click("Quit")?;
        sleep(Duration::from_secs(1));
        assert!(app.alive(), "nobody has said yes");
        // The window is gone before the driver can say that it clicked.
        let _ = app.page.click("confirm");
        until("the app’s end", SOON, || Ok((!app.alive()).then_some(())))?;
        // What ends the app closes its window too: that is no news.
        assert!(desktop.notifications.about(GOES_ON).is_empty());
        Ok(())
    });
}

#[test]
fn quitting_asks_first_although_the_desktop_does_not_answer() {
    scene("quitting-silent", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.watching(RUN, NAME)?;
        sim.seed_run(three_steps("pr-952", ENDS).status(RunStatus::Running));
        app.add_and_watch("pr-952")?;
        desktop.notifications.fall_silent();
        let cancelled = RunPatch {
            status: Some(RunStatus::Cancelled),
            ..RunPatch::default()
        };
        sim.change_run("pr-952", cancelled);
        desktop.notifications.wait_about(ENDS, SOON)?;
        desktop.tray.click("Quit")?;
        let asked = Instant::now();
        let question = app.question()?;
        ensure!(
            asked.elapsed() < Duration::from_secs(3),
            "{:?}",
            asked.elapsed()
        );
        ensure!(question.contains(NAME), "{question}");
        desktop.tray.click("Quit")?;
        sleep(Duration::from_secs(1));
        ensure!(app.alive(), "nobody has said yes");
        Ok(())
    });
}
