//! Sign-in over time, one app to a folder, and no secret where it does not belong.
#![cfg(target_os = "linux")]

use std::time::Instant;

use runwatch_tests::children::{files_holding, holds, public_face};
use runwatch_tests::desktop::until;
use runwatch_tests::page::SOON;
use runwatch_tests::scene::CLIENT_SECRET;
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::{by, scene};
use serde_json::json;
use solvexia_sim::RunStatus;

const RUN: &str = "pr-801";
const NAME: &str = "Management pack : October";

#[test]
fn a_token_that_expires_while_watching_is_renewed_by_itself() {
    scene("renewal", |scene| {
        let sim = &scene.sim;
        sim.set_speed(0.0);
        sim.seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.show(RUN)?;
        app.watch()?;
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

/// `rules.md`, 21.
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

/// `rules.md`, 19: keychain and nowhere else.
#[test]
fn no_secret_is_in_a_file_a_process_or_the_page() {
    scene("no-secret", |scene| {
        let sim = &scene.sim;
        sim.seed_run(three_steps(RUN, NAME));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add(RUN)?;
        app.show(RUN)?;
        app.act("start-run", &[NAME])?;
        app.wait_outcome(RUN, "succeeded")?;

        for process in scene.desktop.processes() {
            assert!(
                !holds(&public_face(process), CLIENT_SECRET),
                "process {process}"
            );
        }
        let storage = "return JSON.stringify([{...localStorage}, {...sessionStorage},
            document.cookie, document.documentElement.outerHTML,
            [...document.querySelectorAll('input')].map((field) => field.value)]);";
        let storage = app.page.ask(storage, &[])?;
        assert!(
            !holds(storage.to_string().as_bytes(), CLIENT_SECRET),
            "the page"
        );
        // Everything but the keychain's own file, which is encrypted anyway.
        app.kill()?;
        for folder in ["runwatch", "home", "config", "cache", "state", "data"] {
            let found = files_holding(&scene.desktop.folder(folder), CLIENT_SECRET);
            assert!(found.is_empty(), "{found:?}");
        }
        Ok(())
    });
}

/// `rules.md`, 21: two folders are two installations.
#[test]
fn two_data_folders_share_neither_runs_nor_secrets() {
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
