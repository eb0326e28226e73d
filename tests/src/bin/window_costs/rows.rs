//! How long the window stands still with very many rows: 10,000 runs searched and muted, a process of 5,000 opened.

use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};
use runwatch_tests::page::Page;
use runwatch_tests::seeds::three_steps;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{Scene, by, meter, scene};
use serde_json::json;
use solvexia_sim::{ProcessSeed, RunSeed};

use crate::figures::{fill, middle_and_worst, say};

const RUNS: u32 = 10_000;
const LISTED: u32 = 5_000;
const BACKSPACE: char = '\u{E003}';

/// Notes how long the page's only thread does nothing else.
const WATCH: &str = "
    window.longest = 0;
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      setTimeout(() => { last = Math.max(last, performance.now() - 5); port2.postMessage(0); }, 0);
    };
    port2.postMessage(0);
";

/// Notes how long it takes from a key to the painted list.
const WATCH_KEYS: &str = "
    window.waits = [];
    addEventListener('input', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() =>
      window.waits.push(performance.now() - timeStamp))), { capture: true });
";

const MUTE: &str = "
    const [time] = arguments;
    const tauri = window.__TAURI_INTERNALS__;
    return tauri.invoke('snapshot').then(({ accounts }) =>
      tauri.invoke('mute_account', { accountId: accounts[0].id, time })).then(() => true);
";

/// Measures and prints.
pub fn measure() {
    scene("rows", |scene| {
        let sim = &scene.sim;
        sim.seed_process(ProcessSeed {
            id: Some("p-77".to_owned()),
            name: "Bank reconciliation".to_owned(),
            ..ProcessSeed::default()
        });
        for n in 0..LISTED {
            sim.seed_run(RunSeed {
                process: Some("p-77".to_owned()),
                ..three_steps(
                    &format!("pr-{}", 200_000 + n),
                    "Bank reconciliation : November",
                )
            });
        }
        fill(scene, RUNS)?;
        let app = scene.open()?;
        let page = &app.page;
        page.click(by("view").with("data-view", "all"))?;
        until("the rows", SOON, || {
            let shown = page.text()?.replace(',', "").contains("10000 runs");
            Ok(shown.then_some(()))
        })?;
        search(page)?;
        page.ask(WATCH, &[])?;
        sleep(Duration::from_secs(3));
        for time in ["hour", "unmute"] {
            longest(page)?;
            page.ask(MUTE, &[json!(time)])?;
            sleep(Duration::from_secs(6));
            standstill(&format!("{RUNS} rows, account muted ({time})"), page)?;
        }
        open_process(scene, page)
    });
}

fn search(page: &Page) -> Result<()> {
    page.click("search")?;
    page.ask(WATCH_KEYS, &[])?;
    let words = ["payroll", "pr-20", "nov", "failed"];
    let mut keys = 0;
    let mut typed = Vec::new();
    for word in words {
        let back = word.chars().map(|_| BACKSPACE);
        for key in word.chars().chain(back) {
            page.press(key)?;
            keys += 1;
            typed.push(match key {
                BACKSPACE => format!("a letter of “{word}” taken back"),
                key => format!("“{key}” of “{word}”"),
            });
            until("the painted list", SOON, || {
                let done = page.ask("return window.waits.length;", &[])?;
                Ok((done.as_u64() >= Some(keys)).then_some(()))
            })?;
        }
    }
    let waits = page.ask("return window.waits;", &[])?;
    let waits: Vec<f64> = serde_json::from_value(waits)?;
    let worst = waits.iter().zip(&typed).max_by(|a, b| a.0.total_cmp(b.0));
    let worst = worst.map_or("", |(_, key)| key);
    say(
        &format!("a key to the painted list, {RUNS} rows"),
        &format!("{}, by {worst}", middle_and_worst(waits.clone())),
    );
    Ok(())
}

fn open_process(scene: &Scene, page: &Page) -> Result<()> {
    page.click("pick-process")?;
    let process = by("process-row").with("data-process-id", "p-77");
    page.wait_for(&process)?;
    longest(page)?;
    page.click(&process)?;
    page.wait_for("process-run-row")?;
    sleep(Duration::from_secs(3));
    standstill(&format!("a process of {LISTED} runs opened"), page)?;
    let nodes = page.ask("return document.querySelectorAll('*').length;", &[])?;
    let memory = scene.desktop.web_page().context("no page")?;
    let memory = meter::share(memory)?;
    say("with both open", &format!("{nodes} nodes, {memory:.0} MB"));
    Ok(())
}

/// The longest standstill since it was asked last, in milliseconds.
fn longest(page: &Page) -> Result<f64> {
    let script = "const is = window.longest; window.longest = 0; return is;";
    page.ask(script, &[])?.as_f64().context("no figure")
}

fn standstill(what: &str, page: &Page) -> Result<()> {
    say(
        what,
        &format!("longest standstill {:.0} ms", longest(page)?),
    );
    Ok(())
}
