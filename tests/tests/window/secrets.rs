//! Sign-in over time, one app to a folder, and no secret where it does not belong.

use std::time::Instant;

use runwatch_tests::processes::{files_holding, holds, public_face};
use runwatch_tests::scene::CLIENT_SECRET;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Scene, by, scene};
use serde_json::json;
use solvexia_sim::RunStatus;

const RUN: &str = "pr-801";
const NAME: &str = "Management pack : October";

#[test]
fn a_token_that_expires_while_watching_is_renewed_by_itself() {
    scene("renewal", |scene| {
        let sim = &scene.sim;
        let app = scene.watching(RUN, NAME)?;
        sim.expire_tokens();
        sim.clear_requests();
        sim.advance(TO_THE_END);
        scene.desktop.notifications.wait_about(NAME, SOON)?;
        let renewals = sim
            .requests()
            .iter()
            .filter(|one| one.path.contains("token"))
            .count();
        assert_eq!(renewals, 1, "renewed once, not per request");
        assert_eq!(
            app.page.see("error-banner")?.map(|banner| banner.text),
            None
        );
        Ok(())
    });
}

#[test]
fn a_pasted_token_that_expires_asks_for_a_new_sign_in() {
    scene("expired", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
        let app = scene.open()?;
        let token = sim.issue_token("process_read process_execute", 600.0);
        app.sign_in_with_token(sim, &token)?;
        app.add(RUN)?;
        app.show(RUN)?;
        sim.expire_tokens();
        app.page.click("refresh-run")?;
        app.wait_banner("signed-out")?;
        scene.picture(&app.page, "said")?;
        Ok(())
    });
}

/// docs/RULES.md, 21.
#[test]
fn a_second_launch_raises_the_first_one_and_ends() {
    scene("second-launch", |scene| {
        let app = scene.open()?;
        app.go_to_sign_in()?;
        let began = Instant::now();
        let mut second = scene.launch_again()?.spawn()?;
        let ended = until("the second app's end", SOON, || Ok(second.try_wait()?));
        if ended.is_err() {
            second.kill()?;
        }
        assert!(ended?.success());
        println!("the second launch ended after {:?}", began.elapsed());
        assert!(app.alive());
        app.page.wait_for("environment")?;
        Ok(())
    });
}

/// Has the page write down all that it hears from the backend: the answers that come by Tauri's own
/// protocol and, once that is cut, by its second way; and what comes by channels and as events.
const LISTEN: &str = r#"window.heard = [];
    const send = window.fetch;
    window.fetch = async (...request) => {
        if (window.cut) throw new Error('cut by the test');
        const answer = await send(...request);
        answer.clone().text().then((text) => window.heard.push(text));
        return answer;
    };
    const { callbacks } = window.__TAURI_INTERNALS__;
    const find = callbacks.get.bind(callbacks);
    const text = (told) => told instanceof ArrayBuffer
        ? new TextDecoder().decode(told) : JSON.stringify(told) ?? '';
    Object.defineProperty(callbacks, 'get', { value: (id) => {
        const callback = find(id);
        return callback && ((told) => {
            window.heard.push(`${window.cut ? 'second way' : 'first way'} ${text(told)}`);
            return callback(told);
        });
    } });"#;

const HEARD: &str = "return window.heard.some((told) => told.startsWith(arguments[0])
    && told.includes(arguments[1]));";

/// All that is kept for the page or was told to it.
const PAGE: &str = "return JSON.stringify([{...localStorage}, {...sessionStorage},
    document.cookie, document.documentElement.outerHTML, window.heard,
    [...document.querySelectorAll('input')].map((field) => field.value)]);";

const PROXY_PASSWORD: &str = "proxy-secret-Rt5yUi8OpA3s";

/// A whole session with every kind of secret; they are in the keychain and nowhere else.
#[test]
fn rule_19_no_secret_is_in_a_file_a_process_the_page_or_an_answer_to_it() {
    scene("no-secret", |scene| {
        let Scene { sim, desktop, .. } = scene;
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.go_to_sign_in()?;
        app.page.ask(LISTEN, &[])?;
        // Refused once, by the browser, with a token, and with client credentials.
        app.connect_as(&sim.base_url(), "nobody", CLIENT_SECRET)?;
        app.page.wait_for("sign-in-error")?;
        app.sign_in_by_browser(desktop, sim)?;
        set_proxy(&app)?;
        sim.expire_tokens();
        app.add(RUN)?;
        app.show(RUN)?;
        app.act("start-run", &[NAME])?;
        app.wait_outcome(RUN, "succeeded")?;
        app.page.ask("window.cut = true;", &[])?;
        app.page.click("account")?;
        app.page.click("add-account")?;
        let pasted = sim.issue_token("process_read", 600.0);
        app.sign_in_with_token(sim, &pasted)?;
        app.open_settings("diagnostics")?;
        let said = app.page.wait_for("diagnostics")?.text;
        assert!(said.contains("Runwatch") && !said.contains(NAME), "{said}");
        scene.picture(&app.page, "diagnostics")?;

        let mut secrets = sim.issued_secrets();
        assert!(
            secrets.len() >= 6,
            "{} secrets were given away",
            secrets.len()
        );
        secrets.extend([CLIENT_SECRET, PROXY_PASSWORD].map(str::to_owned));
        let kept = desktop.keychain.entries()?;
        let is_kept = |secret: &str| kept.iter().any(|entry| holds(&entry.secret, secret));
        assert!(is_kept(CLIENT_SECRET) && is_kept(PROXY_PASSWORD) && is_kept(&pasted));

        for (way, what) in [
            ("first way", r#""type":"activity""#),
            ("second way", r#""tokenExpiresAt":1"#),
            ("second way", "Runwatch"),
        ] {
            let heard = app.page.ask(HEARD, &[json!(way), json!(what)])?;
            assert_eq!(heard, json!(true), "{what} by the {way}");
        }
        let page = app.page.ask(PAGE, &[])?.to_string();
        assert!(page.contains(NAME), "the answers are there: {page}");
        let faces: Vec<Vec<u8>> = desktop.processes().into_iter().map(public_face).collect();
        // Everything but the keychain's own file, which is encrypted anyway.
        app.kill()?;
        for secret in &secrets {
            assert!(!holds(page.as_bytes(), secret), "the page");
            assert!(!faces.iter().any(|face| holds(face, secret)), "a process");
            for folder in ["runwatch", "home", "config", "cache", "state", "data"] {
                let found = files_holding(&desktop.folder(folder), secret);
                assert!(found.is_empty(), "{found:?}");
            }
        }
        Ok(())
    });
}

/// A proxy with a password, which this computer's own addresses never use.
fn set_proxy(app: &App) -> anyhow::Result<()> {
    app.open_settings("connection")?;
    app.page.click("proxy-manual")?;
    app.page.fill("proxy-address", "proxy.firm.example:8080")?;
    app.page.fill("proxy-user", "reader")?;
    app.page.fill("proxy-password", PROXY_PASSWORD)?;
    app.save_settings()?;
    app.page.click("check-connection")?;
    let signed_in = by("hop")
        .with("data-kind", "sign-in")
        .with("data-state", "good");
    app.page.wait_for(signed_in)?;
    app.page.click("dismiss")
}

/// Uninstallers call it: the keychain's entries go, of this folder alone, and history stays.
#[test]
fn forget_deletes_the_entries_of_this_folder_alone() {
    scene("forget", |scene| {
        let Scene { sim, desktop, .. } = scene;
        let other = runwatch_tests::Launch {
            data_dir: Some(desktop.folder("other")),
            ..Default::default()
        };
        let stays = scene.open_with(&other)?;
        stays.sign_in(sim)?;
        stays.close();
        let before = desktop.keychain.entries()?.len();
        let app = scene.open()?;
        app.sign_in_by_browser(desktop, sim)?;
        assert!(desktop.keychain.entries()?.len() > before);
        let forget = || -> anyhow::Result<std::process::Output> {
            Ok(scene.launch_again()?.arg("--forget").output()?)
        };
        assert!(!forget()?.status.success(), "an open app would write back");
        app.kill()?;
        let done = forget()?;
        assert!(done.status.success(), "{done:?}");
        assert_eq!(desktop.keychain.entries()?.len(), before);
        let app = scene.open()?;
        app.page.wait_for("environment")?;
        Ok(())
    });
}

/// Two folders are two installations.
#[test]
fn rule_21_two_data_folders_share_neither_runs_nor_secrets() {
    scene("two-folders", |scene| {
        let sim = &scene.sim;
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.close();
        let before = scene.desktop.keychain.entries()?.len();

        let other = runwatch_tests::Launch {
            data_dir: Some(scene.desktop.folder("other")),
            ..Default::default()
        };
        let other = scene.open_with(&other)?;
        other.go_to_sign_in()?;
        other.sign_in(sim)?;
        assert_eq!(other.page.all("run-row")?.len(), 0);
        other.sign_out()?;
        assert_eq!(
            scene.desktop.keychain.entries()?.len(),
            before,
            "the first one's stay"
        );
        Ok(())
    });
}

/// A secret crosses the page once: its field is empty afterwards.
#[test]
fn the_secrets_field_is_cleared_when_it_was_sent() {
    scene("cleared", |scene| {
        let app = scene.open()?;
        app.connect_as(&scene.sim.base_url(), "nobody", CLIENT_SECRET)?;
        app.page.wait_for("sign-in-error")?;
        let value = app.page.ask(
            "return document.querySelector(arguments[0])?.value ?? '';",
            &[json!(by("client-secret").css())],
        )?;
        assert_eq!(value, json!(""));
        Ok(())
    });
}
