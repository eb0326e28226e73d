//! How long the window stands still with very many rows: an account of 10,000 runs muted, a process of 5,000
//! runs opened. Prints figures. `RUNWATCH_BIN=target/release/runwatch target/debug/crowd`

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    linux::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::time::Duration;

    use anyhow::{Context, Result};
    use runwatch_tests::page::Page;
    use runwatch_tests::processes;
    use runwatch_tests::seeds::three_steps;
    use runwatch_tests::waiting::until;
    use runwatch_tests::{Scene, by, scene};
    use rusqlite::Connection;
    use serde_json::json;
    use solvexia_sim::{ProcessSeed, RunSeed, RunStatus};

    const RUNS: u32 = 10_000;
    const LISTED: u32 = 5_000;
    const LONG: Duration = Duration::from_secs(60);

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

    pub fn main() -> Result<()> {
        scene("crowd", |scene| {
            fill(scene)?;
            let app = scene.open()?;
            let page = &app.page;
            until("the rows", LONG, || {
                let shown = page.text()?.replace(',', "").contains("10000 runs");
                Ok(shown.then_some(()))
            })?;
            page.ask(WATCH, &[])?;
            std::thread::sleep(Duration::from_secs(3));
            for time in ["hour", "unmute"] {
                longest(page)?;
                page.ask(MUTE, &[json!(time)])?;
                std::thread::sleep(Duration::from_secs(6));
                say(&format!("{RUNS} rows, account muted ({time})"), page)?;
            }
            page.click("pick-process")?;
            let process = by("process-row").with("data-process-id", "p-77");
            page.wait_for(process)?;
            longest(page)?;
            page.click(by("process-row").with("data-process-id", "p-77"))?;
            page.wait_for("process-run-row")?;
            std::thread::sleep(Duration::from_secs(3));
            say(&format!("a process of {LISTED} runs opened"), page)?;
            let nodes = page.ask("return document.querySelectorAll('*').length;", &[])?;
            let memory = page_memory(scene).context("no page")?;
            eprintln!("nodes: {nodes}; memory of the page: {memory} MB");
            Ok(())
        });
        Ok(())
    }

    const MUTE: &str = "
        const [time] = arguments;
        const tauri = window.__TAURI_INTERNALS__;
        return tauri.invoke('snapshot').then(({ accounts }) =>
          tauri.invoke('mute_account', { accountId: accounts[0].id, time })).then(() => true);
    ";

    /// The longest standstill since it was asked last, in milliseconds.
    fn longest(page: &Page) -> Result<f64> {
        let longest = page.ask(
            "const is = window.longest; window.longest = 0; return is;",
            &[],
        )?;
        longest.as_f64().context("no figure")
    }

    fn say(what: &str, page: &Page) -> Result<()> {
        eprintln!("{what}: longest standstill {:.0} ms", longest(page)?);
        Ok(())
    }

    /// An ended run, ten thousand times in the history; and a process with half as many.
    fn fill(scene: &Scene) -> Result<()> {
        let sim = &scene.sim;
        sim.set_speed(0.0);
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
        sim.seed_run(three_steps("pr-1", "Payroll : November").status(RunStatus::Finished));
        let app = scene.open()?;
        app.sign_in(sim)?;
        app.add("pr-1")?;
        app.wait_outcome("pr-1", "succeeded")?;
        app.kill()?;
        let history = Connection::open(scene.data_dir().join("history.db"))?;
        let mut columns: Vec<String> = history
            .prepare("SELECT name FROM pragma_table_info('run')")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        columns.retain(|column| column != "run");
        let columns = columns.join(", ");
        history.execute_batch(&format!(
            "WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {RUNS})
             INSERT INTO run (run, {columns}) SELECT 'pr-' || n.n, {columns} FROM run, n WHERE run.run = 'pr-1';"
        ))?;
        Ok(())
    }

    fn page_memory(scene: &Scene) -> Option<u64> {
        let draws = |pid: &u32| {
            let program = processes::program(*pid).unwrap_or_default();
            program.to_string_lossy().contains("WebKitWebProcess") && processes::alive(*pid)
        };
        let pid = scene.desktop.processes().into_iter().find(draws)?;
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let resident = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        resident
            .trim()
            .strip_suffix(" kB")?
            .parse::<u64>()
            .ok()
            .map(|kb| kb / 1024)
    }
}
