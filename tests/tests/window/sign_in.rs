//! Signing in by the browser, and staying signed in.

use std::net::TcpListener;
use std::thread::sleep;
use std::time::Duration;

use runwatch_tests::browser::{decide, visit};
use runwatch_tests::scene::CLIENT_SECRET;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::webdriver::free_port;
use runwatch_tests::{Scene, scene};
use solvexia_sim::RunStatus;

const RUN: &str = "pr-811";
const NAME: &str = "Group consolidation : October";

/// Were there a second notification, it would come within this time.
const A_SECOND_ONE: Duration = Duration::from_secs(5);

#[test]
fn the_browser_signs_in_and_its_refresh_token_outlives_tokens_and_the_app() {
    scene("browser", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
        let app = scene.open()?;
        let port = free_port()?;
        app.begin_in_browser(&sim.base_url(), port)?;
        let consent = desktop.browser.wait_opened(1)?;
        scene.picture(&app.page, "waiting")?;
        let left = app.page.wait_for("time-left")?.text;
        assert!(left.starts_with("5:00") || left.starts_with("4:"), "{left}");
        assert!(app.page.wait_for("copy-callback-url")?.enabled);
        assert!(!app.page.wait_for("environment")?.enabled);
        assert!(
            consent.as_str().starts_with(&sim.base_url()),
            "{}",
            consent.as_str()
        );
        assert!(!consent.as_str().contains(CLIENT_SECRET));
        // Other users can read what the browser was started with.
        let started_with = desktop.browser.opened().remove(0);
        let own = format!("http://127.0.0.1:{port}/begin/");
        assert!(started_with.starts_with(&own), "{started_with}");
        let closing = decide(&consent, "allow")?;
        assert!(closing.contains("Runwatch"), "{closing}");
        app.page.wait_for("add-run-id")?;
        app.add_and_watch(RUN)?;

        sim.expire_tokens();
        sim.clear_requests();
        app.page.click("refresh-run")?;
        // Killed between SolveXia's answer and the keychain, nobody could sign in again: what is read
        // with the new token shows that it was kept.
        until("a read with the new token", SOON, || {
            let requests = sim.requests();
            let good = |part: &str| {
                requests
                    .iter()
                    .position(|one| one.path.contains(part) && one.status == Some(200))
            };
            let renewed = good("/oauth/token");
            let read = requests
                .iter()
                .rposition(|one| one.path.contains("runstatus") && one.status == Some(200));
            Ok((renewed.is_some() && read > renewed).then_some(()))
        })?;
        assert!(app.page.see("error-banner")?.is_none());
        app.kill()?;
        sim.expire_tokens();

        let app = scene.open()?;
        app.page.wait_for(row(RUN))?;
        sim.advance(TO_THE_END);
        app.wait_outcome(RUN, "succeeded")?;
        desktop.notifications.wait_about(NAME, SOON)?;
        Ok(())
    });
}

#[test]
fn consent_refused_a_stop_and_a_taken_port_are_said_and_lead_back_to_the_form() {
    scene("browser-no", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let app = scene.open()?;
        let port = free_port()?;
        app.begin_in_browser(&sim.base_url(), port)?;
        let consent = desktop.browser.wait_opened(1)?;
        // A stranger who knows the port alone ends nothing.
        visit(&format!(
            "http://127.0.0.1:{port}/callback?code=x&state=guess"
        ))?;
        let page = decide(&consent, "refuse")?;
        assert!(page.contains("Runwatch"), "{page}");
        let said = app.page.wait_for("sign-in-error")?.text;
        scene.picture(&app.page, "refused")?;
        assert!(!said.is_empty());

        app.begin_in_browser(&sim.base_url(), port)?;
        desktop.browser.wait_opened(2)?;
        app.page.click("cancel-sign-in")?;
        app.page.wait_for("connect")?;
        assert!(
            app.page.see("sign-in-error")?.is_none(),
            "a stop is no error"
        );

        let taken = TcpListener::bind("127.0.0.1:0")?;
        let port = taken.local_addr()?.port();
        app.begin_in_browser(&sim.base_url(), port)?;
        let said = app.page.wait_for("sign-in-error")?;
        scene.picture(&app.page, "taken")?;
        assert!(said.text.contains(&port.to_string()), "{}", said.text);
        assert_eq!(
            desktop.browser.opened().len(),
            2,
            "tried before the browser opens"
        );
        assert!(
            desktop.keychain.entries()?.is_empty(),
            "nothing is left behind"
        );
        Ok(())
    });
}

#[test]
fn a_refused_refresh_token_asks_once_to_sign_in_and_keeps_every_watch() {
    scene("revoked", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
        let app = scene.open()?;
        app.sign_in_by_browser(desktop, sim)?;
        app.add_and_watch(RUN)?;
        sim.revoke_refresh_tokens();
        sim.expire_tokens();
        app.wait_banner("signed-out")?;
        desktop.notifications.wait_about("Sign in", SOON)?;
        scene.picture(&app.page, "said")?;
        sleep(A_SECOND_ONE);
        assert_eq!(desktop.notifications.all().len(), 1);
        app.kill()?;

        let app = scene.open()?;
        app.wait_banner("signed-out")?;
        sleep(A_SECOND_ONE);
        assert_eq!(
            desktop.notifications.all().len(),
            1,
            "not again after a restart"
        );
        app.page.click("sign-in-again")?;
        let port = free_port()?;
        app.page.fill("client-secret", CLIENT_SECRET)?;
        app.choose_port(port)?;
        app.page.click("connect")?;
        decide(&desktop.browser.wait_opened(2)?, "allow")?;
        app.page.wait_for(row(RUN))?;
        app.show(RUN)?;
        let watch = app.page.wait_for("watch-run")?;
        assert_eq!(watch.attribute("aria-pressed"), "true");
        sim.advance(TO_THE_END);
        desktop.notifications.wait_about(NAME, SOON)?;
        Ok(())
    });
}

#[test]
fn an_application_that_may_only_read_has_its_buttons_off_with_the_reason() {
    scene("read-only", |scene| {
        let sim = &scene.sim;
        sim.add_client(solvexia_sim::Client {
            scopes: "process_read".into(),
            ..solvexia_sim::Client::new("reader", "reader-secret")
        });
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.connect_as(&sim.base_url(), "reader", "reader-secret")?;
        app.page.wait_for("add-run-id")?;
        app.add(RUN)?;
        app.show(RUN)?;
        let start = app
            .page
            .wait_until("start-run", "is off", SOON, |button| !button.enabled)?;
        scene.picture(&app.page, "buttons")?;
        assert!(
            app.page.text()?.contains("process_execute"),
            "the reason is said, not only hinted at: {start:?}"
        );
        assert_eq!(sim.start_count(RUN), 0);
        Ok(())
    });
}

#[test]
fn two_accounts_keep_their_runs_apart_and_one_is_removed_whole() {
    scene("accounts", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.add_client(solvexia_sim::Client::new("second", "second-secret"));
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        let first = desktop.keychain.entries()?.len();
        app.page.click("account")?;
        app.page.click("add-account")?;
        app.connect_as(&sim.base_url(), "second", "second-secret")?;
        app.page.wait_for("add-run-id")?;
        // One list over all accounts.
        app.page.wait_for(row(RUN))?;
        app.add(RUN)?;
        until("a row of each account", SOON, || {
            Ok((app.page.all(row(RUN))?.len() == 2).then_some(()))
        })?;
        app.page.click("account")?;
        scene.picture(&app.page, "menu")?;
        app.page.click("remove-account")?;
        let question = app.question()?;
        assert!(question.contains("second"), "{question}");
        scene.picture(&app.page, "remove")?;
        app.page.click("confirm")?;
        app.page.wait_gone("confirm")?;
        // The other account takes its place, with its own run.
        until("the row of the other account alone", SOON, || {
            Ok((app.page.all(row(RUN))?.len() == 1).then_some(()))
        })?;
        assert_eq!(desktop.keychain.entries()?.len(), first);
        app.page.click("account")?;
        assert!(!app.page.text()?.contains("second"));
        Ok(())
    });
}
