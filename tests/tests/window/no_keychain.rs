//! A desktop without a keychain, or with a locked one: the app goes on as far as it can, and says so.

use std::time::Duration;

use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::files_holding;
use runwatch_tests::scene::CLIENT_SECRET;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::SOON;
use runwatch_tests::{Scene, by, scene, scene_on};

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

        // The list is there again; that there is no keychain is said, and is no sign-out.
        let app = scene.open()?;
        let said = app.wait_banner("keychain")?;
        assert!(said.contains("cannot be reached"), "{said}");
        scene.picture(&app.page, "again")?;
        app.page.click("sign-in-anew")?;
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

/// A desktop may bring its keychain later than Runwatch.
#[test]
fn a_keychain_that_comes_late_signs_in_with_what_it_holds() {
    scene_on("late-keychain", Desktop::start_without_keychain, |scene| {
        let Scene { sim, desktop, .. } = scene;
        let keyring = desktop.start_keychain_again()?;
        sim.seed_run(three_steps("pr-963", "Payroll journal : December"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-963")?;
        app.kill()?;
        drop(keyring);

        let app = scene.open()?;
        app.wait_banner("keychain")?;
        app.page.click("sign-in-anew")?;
        app.go_to_sign_in()?;
        scene.picture(&app.page, "form")?;
        let _keyring = desktop.start_keychain_again()?;
        // By itself, within its first pauses.
        let most = Duration::from_secs(60);
        app.page
            .wait_until("start-run", "can be used", most, |button| button.enabled)?;
        Ok(())
    });
}

/// That the keychain cannot be read is not a sign-out: nothing is lost, and a button tries again.
#[test]
fn a_locked_keychain_pauses_and_goes_on_once_it_is_unlocked() {
    scene("locked-keychain", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.seed_run(three_steps("pr-962", "Payroll journal : November"));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-962")?;
        app.kill()?;
        desktop.keychain.lock()?;

        let app = scene.open()?;
        // It is asked with a deadline that leaves time to type its password.
        let most = Duration::from_secs(40);
        app.page
            .wait_until("retry-keychain", "is offered", most, |button| {
                button.enabled
            })?;
        app.page.wait_for(row("pr-962"))?;
        scene.picture(&app.page, "locked")?;
        desktop.keychain.unlock()?;
        desktop.keychain.wait_unlocked()?;
        app.page.click("retry-keychain")?;
        app.page.wait_gone("retry-keychain")?;
        app.show("pr-962")?;
        app.page
            .wait_until("start-run", "can be used", SOON, |button| button.enabled)?;
        Ok(())
    });
}
