//! A session with the real backend: what each command answers and which updates follow. The page's fake host
//! is compared with the recording that is kept beside it (`ui/src/host/fake/recorded-session.test.ts`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use runwatch_tests::page::Page;
use runwatch_tests::seeds::{TO_THE_END, failing, three_steps};
use runwatch_tests::waiting::SOON;
use runwatch_tests::{Scene, scene};
use serde_json::{Value, json};
use solvexia_sim::RunStatus;

/// Set to write the recording anew.
const RECORD: &str = "RUNWATCH_RECORD";
/// After this long without an update, what a command brought is complete.
const QUIET: Duration = Duration::from_secs(2);

const LISTEN: &str = "
    const tauri = window.__TAURI_INTERNALS__;
    window.session = [];
    const id = tauri.transformCallback(({ message }) => {
      for (const payload of message ?? []) window.session.push({ update: payload.type, payload });
    });
    return tauri.invoke('subscribe', { onUpdate: `__CHANNEL__:${id}` }).then(() => true);
";

const CALL: &str = "
    const [command, named] = arguments;
    const args = Object.fromEntries(named);
    const entry = {
      command: command.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
      payload: named.map(([, value]) => value),
    };
    window.session.push(entry);
    return window.__TAURI_INTERNALS__.invoke(command, args).then((answer) => {
      entry.answer = answer;
      return answer ?? null;
    });
";

/// Calls a command with its arguments in their order, and waits for all that it brings.
fn call(page: &Page, command: &str, arguments: &[(&str, Value)]) -> Result<Value> {
    let answer = page.ask(CALL, &[json!(command), json!(arguments)])?;
    let mut seen = usize::MAX;
    // Nothing says that no update follows: it is quiet for a while.
    loop {
        let length = page.ask("return window.session.length;", &[])?;
        let length = length.as_u64().context("a length")? as usize;
        if length == seen {
            return Ok(answer);
        }
        seen = length;
        std::thread::sleep(QUIET);
    }
}

fn record(scene: &Scene) -> Result<Vec<Value>> {
    let sim = &scene.sim;
    sim.set_speed(0.0);
    sim.seed_run(
        failing("pr-971", "Bank reconciliation", "No bank file").status(RunStatus::Running),
    );
    sim.seed_run(failing("pr-973", "Tax provision", "No tax file").status(RunStatus::Running));
    sim.seed_run(three_steps("pr-972", "Payroll upload"));
    let app = scene.open()?;
    app.sign_in(sim)?;
    app.add_and_watch("pr-971")?;
    app.add_and_watch("pr-973")?;
    app.add("pr-972")?;
    sim.advance(TO_THE_END);
    for (run, name) in [
        ("pr-971", "Bank reconciliation"),
        ("pr-973", "Tax provision"),
    ] {
        app.wait_outcome(run, "failed")?;
        scene.desktop.notifications.wait_about(name, SOON)?;
    }
    let page = &app.page;
    // Nothing comes by itself: no run is polled meanwhile.
    page.ask(
        "return window.__TAURI_INTERNALS__.invoke('set_paused', { paused: true });",
        &[],
    )?;
    page.ask(LISTEN, &[])?;
    let snapshot = call(page, "snapshot", &[])?;
    let account = snapshot["accounts"][0]["id"].clone();
    let run = |id: &str| json!({ "accountId": account, "runId": id });
    let (failed, waits) = (run("pr-971"), run("pr-972"));
    let (one, all) = (("run", json!(failed)), ("runs", json!([failed])));
    let idle = ("run", json!(waits));
    let whole = ("accountId", account.clone());
    let is_other = |item: &&Value| item["runId"] == "pr-973";
    let other = snapshot["inbox"]
        .as_array()
        .and_then(|items| items.iter().find(is_other));
    let other = other.context("an item of the other run")?["id"].clone();
    let (hour, unmute) = (("time", json!("hour")), ("time", json!("unmute")));
    let calls = [
        ("mark_run_read", vec![one.clone()]),
        ("mark_inbox_read", vec![("ids", json!([other]))]),
        (
            "mark_handled",
            vec![all.clone(), ("note", json!("Seen to"))],
        ),
        ("unmark_handled", vec![all.clone()]),
        ("watch_run", vec![idle.clone(), ("watched", json!(true))]),
        ("watch_run", vec![idle.clone(), ("watched", json!(false))]),
        ("mute_run", vec![one.clone(), hour.clone()]),
        ("mute_run", vec![one, unmute.clone()]),
        ("mute_runs", vec![all.clone(), hour.clone()]),
        ("mute_runs", vec![all.clone(), unmute.clone()]),
        ("mute_account", vec![whole.clone(), hour]),
        ("mute_account", vec![whole.clone(), unmute]),
        ("archive_runs", vec![all.clone(), ("archived", json!(true))]),
        ("archive_runs", vec![all, ("archived", json!(false))]),
        ("remove_run", vec![idle.clone()]),
        ("undo_remove", vec![idle]),
        (
            "update_account",
            vec![whole, ("label", json!("Group")), ("colour", json!("green"))],
        ),
        ("set_paused", vec![("paused", json!(false))]),
        ("set_paused", vec![("paused", json!(true))]),
    ];
    for (command, arguments) in calls {
        call(page, command, &arguments)?;
    }
    let session = page.ask("return window.session;", &[])?;
    Ok(without_polls(serde_json::from_value(session)?))
}

/// Without the rows of the polls that begin when watching is resumed.
fn without_polls(session: Vec<Value>) -> Vec<Value> {
    let mut is_polled = false;
    let is_kept = |entry: &Value| match entry["command"].as_str() {
        Some(command) => {
            is_polled = command == "setPaused";
            true
        }
        None => !is_polled || entry["update"] != "run",
    };
    let mut session = session;
    session.retain(is_kept);
    // Nothing of this computer is kept.
    session[0]["answer"]["app"]["dataFolder"] = json!("/data");
    session
}

/// Which kinds of updates follow each command.
fn followed_by(session: &[Value]) -> Vec<(String, BTreeSet<String>)> {
    let mut turns: Vec<(String, BTreeSet<String>)> = Vec::new();
    for entry in session {
        if let Some(command) = entry["command"].as_str() {
            turns.push((command.to_owned(), BTreeSet::new()));
        } else if let (Some(update), Some((_, kinds))) =
            (entry["update"].as_str(), turns.last_mut())
        {
            kinds.insert(update.to_owned());
        }
    }
    turns
}

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/host/fake/recorded-session.json")
}

#[test]
fn the_recorded_session_is_what_the_backend_answers_and_sends() {
    scene("recorded", |scene| {
        let session = record(scene)?;
        if env::var_os(RECORD).is_some() {
            fs::write(kept(), serde_json::to_string_pretty(&session)? + "\n")?;
        }
        let kept: Vec<Value> = serde_json::from_str(&fs::read_to_string(kept())?)?;
        let (now, before) = (followed_by(&session), followed_by(&kept));
        ensure!(now.len() == before.len(), "record it anew with {RECORD}=1");
        for ((command, kinds), (recorded, expected)) in now.iter().zip(&before) {
            ensure!(command == recorded, "{command} in place of {recorded}");
            // A run may be polled at any time.
            let unexpected = kinds
                .iter()
                .find(|kind| *kind != "run" && !expected.contains(*kind));
            ensure!(
                unexpected.is_none(),
                "{command} is followed by {unexpected:?}"
            );
            ensure!(
                expected.is_subset(kinds),
                "{command}: {expected:?} became {kinds:?}"
            );
        }
        Ok(())
    });
}
