//! Links to Runwatch: they show something, whether it runs or not, and do nothing else.

use std::process::{ExitStatus, Stdio};
use std::rc::Rc;

use anyhow::{Context, Result};
use runwatch_tests::refused_launch::refused;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Launch, Scene, app, by, scene};
use solvexia_sim::RunStatus;

const GOING: &str = "pr-971";
const WAITING: &str = "pr-972";

/// The app in its usual folder, to which addresses lead; a run goes, and another one waits.
fn with_two_runs(scene: &Scene, launch: &Launch) -> Result<Rc<App>> {
    scene.sim.set_speed(0.0);
    let going = three_steps(GOING, "Bank reconciliation");
    scene.sim.seed_run(going.status(RunStatus::Running));
    scene.sim.seed_run(three_steps(WAITING, "Payroll"));
    let app = scene.open_with(launch)?;
    app.sign_in(&scene.sim)?;
    app.add(GOING)?;
    app.add(WAITING)?;
    app.show(GOING)?;
    Ok(app)
}

fn address(scene: &Scene, run: &str) -> String {
    let origin = scene.sim.base_url();
    format!(
        "runwatch://run/{}/{run}",
        origin.trim_start_matches("http://")
    )
}

fn launch(scene: &Scene, arguments: &[&str]) -> Result<ExitStatus> {
    let mut command = scene.desktop.command(app::binary()?);
    command.args(arguments).stdin(Stdio::null());
    Ok(command.status()?)
}

#[test]
fn an_address_opens_its_run_in_the_open_window_and_after_the_app_has_ended() {
    scene("address", |scene| {
        let app = with_two_runs(scene, &Launch::default())?;
        assert!(launch(scene, &[&address(scene, WAITING)])?.success());
        app.page.wait_for(by("run-detail").run(WAITING))?;
        app.kill()?;

        // By itself it would open the run that goes.
        let app = scene.open_with(&Launch {
            arguments: vec![address(scene, WAITING)],
            ..Launch::default()
        })?;
        app.page.wait_for(row(GOING))?;
        app.page.wait_for(by("run-detail").run(WAITING))?;
        assert!(launch(scene, &["runwatch://inbox"])?.success());
        app.page
            .wait_until("open-inbox", "is open", SOON, |button| {
                button.attribute("aria-expanded") == "true"
            })?;
        assert!(launch(scene, &["runwatch://inbox/987654"])?.success());
        let said = app.page.wait_for("note")?.text;
        assert!(said.contains("not in the Inbox any more"), "{said}");
        Ok(())
    });
}

/// Whether nothing lies over the open run.
const IS_ON_TOP: &str = "const pane = document.querySelector('[data-testid=\"run-detail\"]');
    const { left, top } = pane.getBoundingClientRect();
    return pane.contains(document.elementFromPoint(left + 60, top + 40));";

#[test]
fn an_address_brings_its_run_into_sight_also_while_the_settings_are_open() {
    scene("address-settings", |scene| {
        let app = with_two_runs(scene, &Launch::default())?;
        app.open_settings("start")?;
        assert!(launch(scene, &[&address(scene, WAITING)])?.success());
        app.page.wait_for(by("run-detail").run(WAITING))?;
        app.page.wait_gone("settings")?;
        assert_eq!(app.page.ask(IS_ON_TOP, &[])?, true);
        Ok(())
    });
}

#[test]
fn an_address_that_shows_nothing_here_is_said_in_the_window_and_changes_nothing() {
    scene("address-unknown", |scene| {
        let app = with_two_runs(scene, &Launch::default())?;
        let sent = scene.sim.requests().len();
        let long = format!("runwatch://run/app/{}", "1".repeat(100_000));
        for (address, said) in [
            (
                "runwatch://run/other.solvexia.com/pr-971",
                "no account here is of it",
            ),
            (&address(scene, "pr-12345"), "is not in your list"),
            ("runwatch://start/pr-971", "does not know the address"),
            (&long, "too long"),
        ] {
            assert!(launch(scene, &[address])?.success());
            until(said, SOON, || {
                let notes = app.page.all("note")?;
                Ok(notes
                    .iter()
                    .any(|note| note.text.contains(said))
                    .then_some(()))
            })?;
        }
        scene.picture(&app.page, "said")?;
        app.page.wait_for(by("run-detail").run(GOING))?;
        let acted = scene.sim.requests();
        assert!(
            acted[sent..].iter().all(|request| request.method == "GET"),
            "{acted:?}"
        );
        // Whoever writes an address may have put more behind it.
        let mut more = scene.desktop.command(app::binary()?);
        more.args([&address(scene, WAITING), "--forget"]);
        assert!(!refused(&scene.desktop, more)?.status.success());
        assert_eq!(app.page.all(by("run-row"))?.len(), 2);
        Ok(())
    });
}

#[test]
fn the_desktop_opens_addresses_by_the_program_whose_path_has_spaces_and_letters_of_all_kinds() {
    scene("address-desktop", |scene| {
        let place = scene.desktop.folder("Jörg Übel “山田” $x");
        std::fs::create_dir(&place)?;
        let binary = place.join("run watch");
        std::fs::copy(app::binary()?, &binary)?;
        let app = with_two_runs(
            scene,
            &Launch {
                binary: Some(binary),
                ..Launch::default()
            },
        )?;
        let entry = scene
            .desktop
            .folder("data")
            .join("applications/runwatch-address.desktop");
        until("its entry", SOON, || Ok(entry.is_file().then_some(())))?;
        let known = scene.desktop.folder("config").join("mimeapps.list");
        until("the desktop to know it", SOON, || {
            Ok(known.is_file().then_some(()))
        })?;
        let mut open = scene.desktop.command("gio");
        let opened = open.arg("open").arg(address(scene, WAITING)).status();
        assert!(opened.context("gio is not here")?.success());
        app.page.wait_for(by("run-detail").run(WAITING))?;
        Ok(())
    });
}
