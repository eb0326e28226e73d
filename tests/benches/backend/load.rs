//! What watching costs, by number of watched runs. One in twenty is running, somewhere in its usual
//! hour; the others wait to be started, and are asked each minute. Each has a process of its own with ten earlier runs.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::Managed;
use solvexia_sim::SimHandle;

use crate::meter::{cpu, memory};
use crate::team::{self, Job, lognormal};

/// Until every run was read once and reads have spread over the minute.
const SETTLE: Duration = Duration::from_secs(60);
/// So long it is measured.
const MEASURED: Duration = Duration::from_secs(60);

/// Measures and prints.
pub fn measure(sizes: &[usize]) -> Result<()> {
    println!(
        "| watched | running | requests a minute | CPU ms a minute | ms a request | MB | MB at most |"
    );
    println!("|---|---|---|---|---|---|---|");
    for runs in sizes {
        one(*runs)?;
    }
    Ok(())
}

/// Runs as a month-end's day has them.
pub fn jobs(runs: usize) -> Vec<Job> {
    let mut random = StdRng::seed_from_u64(1);
    let job = |n: usize| {
        let seconds = lognormal(&mut random, 3600.0, 0.3);
        let age = random.random_range(0.0..seconds);
        Job {
            n,
            running: (n % 20 == 10).then_some((age, seconds - age)),
            earlier: (0..10)
                .map(|_| lognormal(&mut random, 3600.0, 0.3))
                .collect(),
        }
    };
    (1..=runs).map(job).collect()
}

fn one(runs: usize) -> Result<()> {
    let desktop = Desktop::start_without_keychain()?;
    let history = desktop.folder("history.db");
    let sim = team::solvexia()?;
    let jobs = jobs(runs);
    team::remember(&history, &sim.base_url(), &jobs)?;
    team::seed(&sim, &jobs);
    let mut backend = start(&desktop, &history)?;
    let pid = backend.child().id();
    sleep(SETTLE);
    let (before, asked, began) = (cpu(pid)?, requests(&sim)?, Instant::now());
    sleep(MEASURED);
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    let work = (cpu(pid)? - before).as_secs_f64() * 1000.0;
    let requests = requests(&sim)? - asked;
    let (now, most) = memory(pid)?;
    println!(
        "| {runs} | {} | {:.0} | {:.0} | {:.2} | {now:.1} | {most:.1} |",
        jobs.iter().filter(|job| job.running.is_some()).count(),
        requests as f64 / minutes,
        work / minutes,
        work / requests as f64,
    );
    Ok(())
}

/// Starts the backend on a desktop.
pub fn start(desktop: &Desktop, history: &Path) -> Result<Managed> {
    let mut command = desktop.command(std::env::current_exe()?);
    command.arg("backend").arg(history).stdin(Stdio::null());
    Managed::start("the backend", command)
}

/// How many requests came in since the beginning.
pub fn requests(sim: &SimHandle) -> Result<u64> {
    let latest = sim.requests().pop();
    Ok(latest.context("nothing was asked")?.number)
}
