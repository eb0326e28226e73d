//! Killed in the middle of a renewal: the app, and the keychain. Nobody has to sign in again.

use std::rc::Rc;

use anyhow::Result;
use runwatch_tests::processes;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Scene, by, scene};
use solvexia_sim::{Fault, FaultKind, RunStatus};

const RUN: &str = "pr-821";
const NAME: &str = "Intercompany netting : October";
/// Longer than any of these tests waits.
const NEVER: u64 = 120_000;

/// Signed in by the browser, watching a run, and just renewing: the request is on its way.
fn renewing(scene: &Scene, late: FaultKind) -> Result<Rc<App>> {
    let Scene { sim, desktop, .. } = scene;
    sim.set_speed(0.0);
    sim.seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
    let app = scene.open()?;
    app.sign_in_by_browser(desktop, sim)?;
    app.add_and_watch(RUN)?;
    let after_effect = matches!(
        late,
        FaultKind::Delay {
            after_effect: true,
            ..
        }
    );
    sim.add_fault(Fault::on("/oauth/token", late).times(1));
    sim.clear_requests();
    let given = sim.issued_secrets().len();
    sim.expire_tokens();
    app.page.click("refresh-run")?;
    until("the renewal", SOON, || {
        let asked =
            |one: &solvexia_sim::RequestRecord| one.path == "/oauth/token" && one.status.is_none();
        let under_way = sim.requests().iter().any(asked);
        let has_effect = sim.issued_secrets().len() > given;
        Ok((under_way && has_effect == after_effect).then_some(()))
    })?;
    Ok(app)
}

/// Opens the app again: it goes on by itself, and tells how the run ended.
fn goes_on(scene: &Scene) -> Result<()> {
    let app = scene.open()?;
    app.page.wait_for(row(RUN))?;
    scene.sim.advance(TO_THE_END);
    app.wait_outcome(RUN, "succeeded")?;
    scene.desktop.notifications.wait_about(NAME, SOON)?;
    assert!(app.page.see("error-banner")?.is_none());
    Ok(())
}

#[test]
fn killed_before_solvexia_took_the_refresh_token_it_is_signed_in_again() {
    scene("killed-before", |scene| {
        let late = FaultKind::Delay {
            ms: NEVER,
            after_effect: false,
        };
        renewing(scene, late)?.kill()?;
        goes_on(scene)
    });
}

#[test]
fn killed_before_it_heard_the_answer_it_is_signed_in_again_as_far_as_solvexia_allows() {
    scene("killed-after", |scene| {
        scene.sim.set_refresh_grace(600.0);
        let late = FaultKind::Delay {
            ms: NEVER,
            after_effect: true,
        };
        renewing(scene, late)?.kill()?;
        goes_on(scene)
    });
}

/// The new refresh token comes while there is no keychain: it is held, which is said, and kept once
/// there is one again.
#[test]
fn a_keychain_that_dies_in_the_middle_of_a_renewal_loses_nothing() {
    scene("killed-keychain", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let late = FaultKind::Delay {
            ms: 4_000,
            after_effect: false,
        };
        let app = renewing(scene, late)?;
        processes::kill(desktop.keychain.process()?);
        let said = app.wait_banner("keychain")?;
        assert!(said.contains("until Runwatch is closed"), "{said}");
        scene.picture(&app.page, "said")?;
        // The session goes on meanwhile.
        app.page
            .wait_until("refresh-run", "is done", SOON, |button| button.enabled)?;
        app.page.click("refresh-run")?;
        until("a read with the new token", SOON, || {
            let read = |one: &solvexia_sim::RequestRecord| {
                one.path.contains("runstatus") && one.status == Some(200)
            };
            Ok(sim.requests().iter().any(read).then_some(()))
        })?;
        let _again = desktop.start_keychain_again()?;
        app.page
            .wait_gone(by("error-banner").with("data-code", "keychain"))?;
        app.kill()?;
        goes_on(scene)
    });
}
