//! The help desk's report, beside the app that runs on the same folder.

use std::fs;

use runwatch_tests::desktop::Desktop;
use runwatch_tests::scene::{CLIENT_ID, CLIENT_SECRET};
use runwatch_tests::seeds::three_steps;
use runwatch_tests::{scene, scene_on};

const RUN: &str = "pr-901";
const NAME: &str = "Management pack : October";

#[test]
fn a_report_beside_the_running_app_finds_all_and_names_no_secret_and_no_run() {
    scene("check", |scene| {
        scene.sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(&scene.sim)?;
        app.add(RUN)?;
        let entries = scene.desktop.keychain.entries()?.len();

        let output = scene.launch_again()?.arg("--check").output()?;
        let report = String::from_utf8(output.stdout)?;
        assert!(output.status.success(), "{report}");
        let origin = scene.sim.base_url();
        for line in [
            "[ok] Web view: ".to_owned(),
            format!("[ok] Data folder: {}", scene.data_dir().display()),
            "[ok] Database: ".to_owned(),
            "[ok] History: readable; accounts: 1".to_owned(),
            "[ok] Keychain: ".to_owned(),
            format!("[ok] {origin}, proxy: "),
            format!("[ok] {origin}, answer: "),
        ] {
            let told = report.lines().any(|one| one.starts_with(&line));
            assert!(told, "no “{line}” in:\n{report}");
        }
        assert_eq!(
            fs::read_to_string(scene.data_dir().join("check.txt"))?,
            report
        );
        for private in [CLIENT_ID, CLIENT_SECRET, RUN, NAME] {
            assert!(!report.contains(private), "{private} in:\n{report}");
        }
        assert_eq!(scene.desktop.keychain.entries()?.len(), entries);
        assert!(app.alive());
        Ok(())
    });
}

#[test]
fn a_computer_without_a_keychain_is_told_so_and_fails() {
    scene_on(
        "check-no-keychain",
        Desktop::start_without_keychain,
        |scene| {
            fs::create_dir(scene.data_dir())?;
            let output = scene.launch_again()?.arg("--check").output()?;
            let report = String::from_utf8(output.stdout)?;
            assert!(!output.status.success(), "{report}");
            assert!(report.contains("[missing] Keychain: "), "{report}");
            assert_eq!(report.matches("[missing]").count(), 1, "{report}");
            Ok(())
        },
    );
}
