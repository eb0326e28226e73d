//! A desktop without a keychain: the app works for this session, and says so.
#![cfg(target_os = "linux")]

use runwatch_tests::children::files_holding;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::hands::row;
use runwatch_tests::scene::CLIENT_SECRET;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::{by, scene_on};

#[test]
fn without_a_keychain_it_is_this_session_only_and_said_so() {
    scene_on("no-keychain", Desktop::start_without_keychain, |scene| {
        let sim = &scene.sim;
        sim.seed_run(three_steps("pr-961", "Payroll journal : October"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        let said = app.wait_banner("keychain")?;
        assert!(said.contains("session"), "{said}");
        app.add("pr-961")?;
        scene.picture(&app.page, "said")?;
        app.kill()?;
        let kept = files_holding(&scene.desktop.folder(""), CLIENT_SECRET);
        assert!(kept.is_empty(), "{kept:?}");

        // The list is there again, and asks to sign in.
        let app = scene.open()?;
        app.go_to_sign_in()?;
        app.connect_as(
            &sim.base_url(),
            runwatch_tests::scene::CLIENT_ID,
            CLIENT_SECRET,
        )?;
        app.page.wait_for(row("pr-961"))?;
        app.page
            .wait_for(by("error-banner").with("data-code", "keychain"))?;
        Ok(())
    });
}
