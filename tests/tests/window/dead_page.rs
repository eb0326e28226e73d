//! A page whose process was killed or has crashed: the window comes back alive, and nothing that asks in the
//! page hangs on the dead one.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::{self, Managed};
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{Scene, scene};
use solvexia_sim::RunStatus;

const RUN: &str = "pr-951";
const OTHER: &str = "pr-952";
const NAME: &str = "Payroll upload : November";
/// The page is given five seconds to answer; then the window and its page are made.
const ANEW: Duration = Duration::from_secs(25);

/// The process that draws the page.
fn page_process(desktop: &Desktop) -> Option<u32> {
    let draws = |pid: &u32| {
        let program = processes::program(*pid).unwrap_or_default();
        program.to_string_lossy().contains("WebKitWebProcess") && processes::alive(*pid)
    };
    desktop.processes().into_iter().find(draws)
}

/// Kills the page, and waits until another one draws.
fn comes_back_after(scene: &Scene, asks_for_it: impl FnOnce() -> Result<()>) -> Result<()> {
    let desktop = &scene.desktop;
    let first = until("the page", SOON, || Ok(page_process(desktop)))?;
    processes::kill(first);
    until("the page’s end", SOON, || {
        Ok((!processes::alive(first)).then_some(()))
    })?;
    asks_for_it()?;
    until("a page that lives", ANEW, || {
        Ok(page_process(desktop).filter(|pid| *pid != first))
    })?;
    Ok(())
}

/// How often a page has taken up its work, as the log says.
fn pages_opened(scene: &Scene) -> Result<usize> {
    let logs = fs::read_dir(scene.data_dir().join("logs"))?;
    let mut opened = 0;
    for log in logs {
        let text = fs::read_to_string(log?.path()).context("a log")?;
        opened += text.matches("a page opened").count();
    }
    Ok(opened)
}

/// Starts the app as a user does: with no driver, which would end with the page. Also says how many pages
/// have been opened by then.
fn start(scene: &Scene) -> Result<(Managed, usize)> {
    let app = scene.watching(RUN, NAME)?;
    // The one that the page opens by itself.
    scene
        .sim
        .seed_run(three_steps(OTHER, "Accruals : November").status(RunStatus::Running));
    app.add(OTHER)?;
    app.kill()?;
    let desktop = &scene.desktop;
    until("the end of its page", SOON, || {
        Ok(page_process(desktop).is_none().then_some(()))
    })?;
    let before = pages_opened(scene)?;
    let app = Managed::start("runwatch", scene.launch_again()?)?;
    let opened = until("a page", ANEW, || {
        Ok(Some(pages_opened(scene)?).filter(|n| *n > before))
    })?;
    Ok((app, opened))
}

#[test]
fn a_second_launch_brings_a_window_whose_page_has_died_back_to_life() {
    scene("dead-page-launch", |scene| {
        let (mut app, before) = start(scene)?;
        let pid = app.child().id();
        comes_back_after(scene, || {
            ensure!(scene.launch_again()?.status()?.success());
            Ok(())
        })?;
        until("the new page’s work", SOON, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })?;
        assert!(processes::alive(pid));
        let said = scene.desktop.notifications.about("goes on watching");
        assert!(said.is_empty(), "nobody closed the window: {said:?}");
        Ok(())
    });
}

#[test]
fn a_clicked_notification_opens_its_run_in_the_page_that_comes_back() {
    scene("dead-page-click", |scene| {
        let (_app, before) = start(scene)?;
        let Scene { sim, desktop, .. } = scene;
        sim.advance(TO_THE_END);
        let told = desktop.notifications.wait_about("Succeeded", ANEW)?;
        sim.clear_requests();
        comes_back_after(scene, || desktop.notifications.click(told.id))?;
        until("the new page’s work", SOON, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })?;
        // The steps of a run that has ended are read where it is opened.
        let steps = format!("/processruns/{RUN}/steps");
        until("its run to be open", SOON, || {
            let opened = sim
                .requests()
                .iter()
                .any(|request| request.path.ends_with(&steps));
            Ok(opened.then_some(()))
        })
    });
}

#[test]
fn quit_in_the_tray_asks_in_a_page_that_lives_however_often_it_is_chosen() {
    scene("dead-page-quit", |scene| {
        let (mut app, before) = start(scene)?;
        let pid = app.child().id();
        comes_back_after(scene, || {
            scene.desktop.tray.click("Quit")?;
            scene.desktop.tray.click("Quit")
        })?;
        until("the new page’s work", SOON, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })?;
        assert!(
            processes::alive(pid),
            "a run is awaited, and nobody said yes"
        );
        Ok(())
    });
}
