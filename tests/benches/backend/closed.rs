//! The whole app, started without its window, with this many watched runs.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use runwatch_core::ports::Store;
use runwatch_store::Db;
use runwatch_tests::app::binary;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::{self, Managed};
use runwatch_tests::simulator::wait;
use runwatch_tests::{App, Launch};
use solvexia_sim::SimHandle;

use crate::load::{jobs, requests};
use crate::meter::{cpu, memory, share};
use crate::team::{self, Job};

const SETTLE: Duration = Duration::from_secs(60);
const MEASURED: Duration = Duration::from_secs(60);

/// Measures and prints.
pub fn measure(runs: usize) -> Result<()> {
    let desktop = Desktop::start()?;
    let sim = team::solvexia()?;
    let folder = desktop.folder("runwatch");
    let mut app = start(&desktop, &folder, &sim, &jobs(runs))?;
    let pid = app.child().id();
    sleep(SETTLE);
    let (before, asked, began) = (cpu(pid)?, requests(&sim)?, Instant::now());
    sleep(MEASURED);
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    let work = (cpu(pid)? - before).as_secs_f64() * 1000.0 / minutes;
    let (now, most) = memory(pid)?;
    println!("| process | requests a minute | CPU ms a minute | MB | MB at most | its share, MB |");
    println!("|---|---|---|---|---|---|");
    let asked = (requests(&sim)? - asked) as f64 / minutes;
    println!(
        "| the app | {asked:.0} | {work:.0} | {now:.1} | {most:.1} | {:.1} |",
        share(pid)?
    );
    for other in desktop
        .processes()
        .into_iter()
        .filter(|other| *other != pid)
    {
        let program = processes::program(other).unwrap_or_default();
        if program.to_string_lossy().contains("WebKit") {
            let (now, most) = memory(other)?;
            println!(
                "| {} | | | {now:.1} | {most:.1} | {:.1} |",
                program.display(),
                share(other)?
            );
        }
    }
    Ok(())
}

/// Starts the app on a desktop and a data folder without its window, signed in and watching these runs.
pub fn start(desktop: &Desktop, folder: &Path, sim: &SimHandle, jobs: &[Job]) -> Result<Managed> {
    // Signed in once by the window, so that keychain and history have the account.
    let launch = Launch {
        data_dir: Some(folder.to_owned()),
        ..Launch::default()
    };
    let app = App::open(desktop, &launch)?;
    app.sign_in(sim)?;
    drop(app);
    wait(async {
        let store = Db::open(&folder.join("history.db"))?;
        let account = store
            .accounts()
            .await?
            .pop()
            .context("nobody is signed in")?;
        team::watch(&store, &account.id, jobs).await
    })?;
    team::seed(sim, jobs);
    let mut command = desktop.command(binary()?);
    command
        .arg("--data-dir")
        .arg(folder)
        .arg("--hidden")
        .stdin(Stdio::null());
    Managed::start("runwatch", command)
}
