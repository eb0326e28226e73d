//! Runwatch is started with the computer where its user wishes: asked once, a switch afterwards.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use runwatch_tests::processes::program;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Launch, Scene, by, scene};
use solvexia_sim::demo::DEMO_QUICK_RUN;

const RUN: &str = "pr-981";
const NAME: &str = "Month end : November";

/// The desktop's entries of what starts at login.
fn entries(scene: &Scene) -> Vec<PathBuf> {
    let folder = scene.desktop.folder("config").join("autostart");
    let files = fs::read_dir(folder).into_iter().flatten();
    files.flatten().map(|entry| entry.path()).collect()
}

fn only_entry(scene: &Scene) -> Result<PathBuf> {
    until("the entry", SOON, || Ok(entries(scene).pop()))
}

/// Opens the settings at the switch, and waits for what it says.
fn wait_switch(app: &App, on: bool) -> Result<()> {
    app.open_settings("start")?;
    app.page.wait_for("launch-at-login")?;
    let box_is = "return document.querySelector('[data-testid=\"launch-at-login\"]').checked";
    until("the switch", SOON, || {
        Ok((app.page.ask(box_is, &[])? == on).then_some(()))
    })
}

#[test]
fn it_is_asked_with_the_first_watch_starts_hidden_at_login_and_can_be_switched_off() {
    scene("launch-at-login", |scene| {
        let app = scene.watching(RUN, NAME)?;
        app.page.wait_for("launch-question")?;
        scene.picture(&app.page, "question")?;
        assert!(entries(scene).is_empty(), "nobody has answered");
        app.page.click("launch-yes")?;
        app.page.wait_gone("launch-question")?;
        let entry = only_entry(scene)?;
        app.kill()?;

        // As the desktop starts it at login.
        let mut start = scene.desktop.command("gio");
        ensure!(start.arg("launch").arg(&entry).status()?.success());
        let lock = scene.data_dir().join("in-use");
        let runs = || {
            let all = scene.desktop.processes().into_iter().filter_map(program);
            all.filter(|path| path.ends_with("runwatch")).count()
        };
        // The file is there since the first start: that it is held says that the app is.
        until("the app", SOON, || {
            let is_held = fs::File::open(&lock)?.try_lock().is_err();
            Ok((runs() > 0 && is_held).then_some(()))
        })?;
        let hidden = scene.launch_again()?.arg("--hidden").output()?;
        ensure!(hidden.status.success(), "{hidden:?}");
        for pid in scene.desktop.processes() {
            if program(pid).is_some_and(|path| path.ends_with("runwatch")) {
                runwatch_tests::processes::kill(pid);
            }
        }
        until("its end", SOON, || Ok((runs() == 0).then_some(())))?;

        // The program has moved since.
        let text = fs::read_to_string(&entry)?;
        let exec = text
            .lines()
            .find(|line| line.starts_with("Exec="))
            .unwrap_or_default();
        ensure!(
            exec.contains("--hidden") && exec.contains("--data-dir"),
            "{exec}"
        );
        fs::write(
            &entry,
            text.replace(exec, "Exec=\"/gone/runwatch\" --hidden"),
        )?;
        let app = scene.open()?;
        until("the mended entry", SOON, || {
            Ok((fs::read_to_string(&entry)? == text).then_some(()))
        })?;
        app.page.wait_for(by("run-row").run(RUN))?;
        wait_switch(&app, true)?;
        assert!(
            app.page.see("launch-question")?.is_none(),
            "it is asked once"
        );
        app.page.click("launch-at-login")?;
        until("no entry", SOON, || {
            Ok(entries(scene).is_empty().then_some(()))
        })?;
        scene.picture(&app.page, "switch")?;
        Ok(())
    });
}

#[test]
fn an_entry_that_was_switched_off_in_the_desktop_stays_off_and_the_switch_says_so() {
    scene("launch-off", |scene| {
        let app = scene.watching(RUN, NAME)?;
        app.page.click("launch-yes")?;
        let entry = only_entry(scene)?;
        app.page.wait_gone("launch-question")?;
        app.kill()?;
        let off = fs::read_to_string(&entry)?.replace("enabled=true", "enabled=false");
        fs::write(&entry, &off)?;
        let app = scene.open()?;
        app.page.wait_for(by("run-row").run(RUN))?;
        wait_switch(&app, false)?;
        let note = app.page.wait_for("launch-at-login-note")?.text;
        assert!(note.contains("startup applications"), "{note}");
        assert_eq!(fs::read_to_string(&entry)?, off);
        Ok(())
    });
}

#[test]
fn sample_data_is_never_started_with_the_computer() {
    scene("launch-demo", |scene| {
        let app = scene.open_with(&Launch {
            arguments: vec!["--demo".into()],
            data_dir: Some(scene.data_dir()),
            ..Launch::default()
        })?;
        // It has not been started: it is under “To start”.
        app.page.click(by("view").with("data-view", "all"))?;
        app.page.wait_for(by("run-row").run(DEMO_QUICK_RUN))?;
        app.show(DEMO_QUICK_RUN)?;
        app.watch()?;
        wait_switch(&app, false)?;
        let note = app.page.wait_for("launch-at-login-note")?.text;
        assert!(note.contains("Sample data"), "{note}");
        assert!(app.page.see("launch-question")?.is_none());
        assert!(entries(scene).is_empty());
        Ok(())
    });
}
