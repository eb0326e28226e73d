//! A page whose process was killed or has crashed: the window comes back alive, and nothing that asks in the
//! page hangs on the dead one.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::{self, Managed};
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{Scene, by, scene};
use solvexia_sim::RunStatus;

const RUN: &str = "pr-951";
const OTHER: &str = "pr-952";
const NAME: &str = "Payroll upload : November";
const NO_WINDOW: &str = "Runwatch’s window cannot be shown";
/// The key, as X calls it.
const ESCAPE: u32 = 0xff1b;
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

/// How often the steps of the open run were asked for: they are where a run is opened that has ended.
fn openings(scene: &Scene, run: &str) -> usize {
    let steps = format!("/processruns/{run}/steps");
    let requests = scene.sim.requests();
    let asks = requests
        .iter()
        .filter(|request| request.path.ends_with(&steps));
    asks.count()
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
fn open_in_the_tray_brings_a_window_whose_page_has_died_back_to_life() {
    scene("dead-page-tray", |scene| {
        let (_app, before) = start(scene)?;
        comes_back_after(scene, || scene.desktop.tray.click("Open Runwatch"))?;
        until("the new page’s work", SOON, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })
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
        comes_back_after(scene, || desktop.notifications.click(&told))?;
        until("the new page’s work", SOON, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })?;
        until("its run to be open", SOON, || {
            Ok((openings(scene, RUN) > 0).then_some(()))
        })
    });
}

#[test]
fn a_page_that_dies_in_an_open_window_comes_back_by_itself_with_its_run_open() {
    scene("dead-page-alone", |scene| {
        let (mut app, before) = start(scene)?;
        let Scene { sim, desktop, .. } = scene;
        // Not the one that a page opens by itself.
        sim.advance(TO_THE_END);
        let told = desktop.notifications.wait_about("Succeeded", ANEW)?;
        // Its steps were read for the outcome too.
        sim.clear_requests();
        desktop.notifications.click(&told)?;
        until("its run to be open", SOON, || {
            Ok((openings(scene, RUN) > 0).then_some(()))
        })?;
        let place = desktop.window_place(app.child().id())?;
        sim.clear_requests();
        let died = Instant::now();
        comes_back_after(scene, || Ok(()))?;
        until("the new page’s work", SOON, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })?;
        let back = died.elapsed();
        println!("the page was back after {} ms", back.as_millis());
        ensure!(back < Duration::from_secs(5), "only after {back:?}");
        until("the same run to be open again", SOON, || {
            Ok((openings(scene, RUN) > 0).then_some(()))
        })?;
        assert_eq!(desktop.window_place(app.child().id())?, place);
        Ok(())
    });
}

#[test]
fn a_page_that_dies_again_and_again_is_told_in_a_box_of_the_system_and_watching_goes_on() {
    scene("dead-page-loop", |scene| {
        let (mut app, before) = start(scene)?;
        let Scene { sim, desktop, .. } = scene;
        let pid = app.child().id();
        let before = dies_until_it_is_told(scene, pid, before)?;
        // It does not begin anew by itself, and what is watched is told all the same.
        sim.advance(TO_THE_END);
        desktop.notifications.wait_about("Succeeded", ANEW)?;
        assert_eq!(pages_opened(scene)?, before);
        assert!(processes::alive(pid));
        Ok(())
    });
}

#[test]
fn with_nothing_watched_it_goes_on_as_the_box_says_once_that_was_read() {
    scene("dead-page-loop-goes-on", |scene| {
        let (mut app, before) = start(scene)?;
        let pid = app.child().id();
        scene.sim.advance(TO_THE_END);
        scene.desktop.notifications.wait_about("Succeeded", ANEW)?;
        let before = dies_until_it_is_told(scene, pid, before)?;
        scene.desktop.accept_dialog(pid, NO_WINDOW, &[ESCAPE])?;
        std::thread::sleep(Duration::from_secs(3));
        assert!(processes::alive(pid), "the box said that it goes on");
        ensure!(scene.launch_again()?.status()?.success());
        until("a page, as the box advised", ANEW, || {
            Ok((pages_opened(scene)? > before).then_some(()))
        })
    });
}

#[test]
fn what_is_clicked_while_the_box_is_open_opens_once_it_was_read() {
    scene("dead-page-loop-click", |scene| {
        let (mut app, before) = start(scene)?;
        let Scene { sim, desktop, .. } = scene;
        let pid = app.child().id();
        let before = dies_until_it_is_told(scene, pid, before)?;
        sim.advance(TO_THE_END);
        let told = desktop.notifications.wait_about("Succeeded", ANEW)?;
        sim.clear_requests();
        desktop.notifications.click(&told)?;
        std::thread::sleep(Duration::from_secs(1));
        assert_eq!(pages_opened(scene)?, before);
        desktop.accept_dialog(pid, NO_WINDOW, &[ESCAPE])?;
        until("its run to be open", ANEW, || {
            Ok((openings(scene, RUN) > 0).then_some(()))
        })
    });
}

/// No page can ask; the box has said what is missed.
#[test]
fn quit_in_the_tray_quits_while_the_box_is_open_that_says_what_is_missed() {
    scene("dead-page-loop-quit", |scene| {
        let (mut app, before) = start(scene)?;
        let pid = app.child().id();
        dies_until_it_is_told(scene, pid, before)?;
        assert!(processes::alive(pid), "a run is awaited");
        scene.desktop.tray.click("Quit")?;
        until("its end", SOON, || {
            Ok((!processes::alive(pid)).then_some(()))
        })
    });
}

/// The page dies three times within a minute. How many pages have begun by then.
fn dies_until_it_is_told(scene: &Scene, pid: u32, mut before: usize) -> Result<usize> {
    let desktop = &scene.desktop;
    for _ in 0..2 {
        comes_back_after(scene, || Ok(()))?;
        before = until("the new page’s work", SOON, || {
            Ok(Some(pages_opened(scene)?).filter(|n| *n > before))
        })?;
    }
    let third = until("the page", SOON, || Ok(page_process(desktop)))?;
    processes::kill(third);
    until("the message", SOON, || {
        let titles = desktop.window_titles(pid)?;
        Ok(titles.contains(&NO_WINDOW.to_owned()).then_some(()))
    })?;
    Ok(before)
}

#[test]
fn a_page_that_never_begins_gets_fresh_storage_once_and_then_its_user_is_told() {
    scene("dead-page-never", |scene| {
        scene.watching(RUN, NAME)?.kill()?;
        let desktop = &scene.desktop;
        until("the end of its page", SOON, || {
            Ok(page_process(desktop).is_none().then_some(()))
        })?;
        let before = pages_opened(scene)?;
        let mut app = Managed::start("runwatch", scene.launch_again()?)?;
        let pid = app.child().id();
        until("the message", ANEW * 2, || {
            // WebKit itself ends the app where a process dies before it has said its number.
            let begun = page_process(desktop).filter(|pid| processes::threads(*pid) > 3);
            begun.into_iter().for_each(processes::kill);
            let titles = desktop.window_titles(pid)?;
            Ok(titles.contains(&NO_WINDOW.to_owned()).then_some(()))
        })?;
        assert_eq!(pages_opened(scene)?, before, "it was killed in time");
        assert!(scene.data_dir().join("page-set-aside").is_dir());
        assert!(scene.data_dir().join("page").is_dir());
        assert!(processes::alive(pid));
        Ok(())
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

#[test]
fn a_page_that_begins_anew_is_where_its_user_was() {
    scene("place-kept", |scene| {
        let app = scene.watching(RUN, NAME)?;
        let page = &app.page;
        let all = by("view").with("data-view", "all");
        let done = by("view").with("data-view", "done");
        page.click(&done)?;
        page.click("open-activity")?;
        page.fill("add-run-id", "pr-47")?;
        let kept = "return window.__TAURI_INTERNALS__.invoke('snapshot').then(({ place }) => place ?? '');";
        until("its place is kept", SOON, || {
            let place = page.ask(kept, &[])?;
            Ok(place
                .as_str()
                .is_some_and(|place| place.contains("pr-47"))
                .then_some(()))
        })?;
        // As after its process was killed, which would end the driver too.
        page.ask("window.earlier = true; location.reload();", &[])?;
        until("another page", SOON, || {
            let is_new = "return !window.earlier && !!document.querySelector('.page');";
            Ok((page.ask(is_new, &[])? == true).then_some(()))
        })?;
        page.wait_until("add-run-id", "has it", SOON, |field| field.value == "pr-47")?;
        assert_eq!(page.wait_for(&done)?.attribute("aria-selected"), "true");
        assert_eq!(page.wait_for(&all)?.attribute("aria-selected"), "false");
        let panel = page.wait_for("open-activity")?;
        assert_eq!(panel.attribute("aria-expanded"), "true");
        Ok(())
    });
}
