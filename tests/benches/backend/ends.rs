//! From SolveXia's end of a run to its notification's arrival on D-Bus: runs of one to four minutes,
//! all begun at once, with ten earlier runs each.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::time::Duration;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::notifications::Shown;
use runwatch_tests::waiting::until;
use solvexia_sim::SimHandle;

use crate::load::{requests, start};
use crate::meter::summed_up;
use crate::team::{self, Job, lognormal};

const RUNS: usize = 80;
const VARIATION: f64 = 0.3;
/// Nothing takes longer.
const MOST: Duration = Duration::from_secs(1800);

/// Measures and prints.
pub fn measure() -> Result<()> {
    let desktop = Desktop::start_without_keychain()?;
    let history = desktop.folder("history.db");
    let sim = team::solvexia()?;
    let mut random = StdRng::seed_from_u64(1);
    let job = |n: usize| {
        let mean = 60.0 + 180.0 * n as f64 / RUNS as f64;
        let mut seconds = || lognormal(&mut random, mean, VARIATION);
        Job {
            n,
            running: Some((0.0, seconds())),
            earlier: (0..10).map(|_| seconds()).collect(),
        }
    };
    let jobs: Vec<Job> = (1..=RUNS).map(job).collect();
    team::remember(&history, &sim.base_url(), &jobs)?;
    team::seed(&sim, &jobs);
    let _backend = start(&desktop, &history)?;
    until("all ends", MOST, || {
        let shown = desktop.notifications.all();
        Ok(jobs
            .iter()
            .all(|job| told(&shown, job).is_some())
            .then_some(()))
    })?;
    let shown = desktop.notifications.all();
    let mut delays = Vec::new();
    for job in &jobs {
        let at = told(&shown, job).context("untold")?.at;
        delays.push(at.duration_since(end(&sim, job)?).as_secs_f64());
    }
    let (median, mean, most) = summed_up(delays);
    println!("| runs | requests a run, all told | median s | mean s | 99 % s | notifications |");
    println!("|---|---|---|---|---|---|");
    println!(
        "| {RUNS} | {:.1} | {median:.1} | {mean:.1} | {most:.1} | {} |",
        requests(&sim)? as f64 / RUNS as f64,
        shown.len()
    );
    Ok(())
}

/// The notification of a run's end.
fn told<'a>(shown: &'a [Shown], job: &Job) -> Option<&'a Shown> {
    let name = job.name();
    let names = |shown: &&Shown| {
        let text = format!("{}\n{}", shown.summary, shown.body);
        text.lines()
            .any(|line| line.contains(&name) && line.contains("Succeeded"))
    };
    shown.iter().find(names)
}

/// When SolveXia ended it.
fn end(sim: &SimHandle, job: &Job) -> Result<jiff::Timestamp> {
    let run = sim.run(&job.id()).context("no such run")?;
    run.date_finished.context("it goes on")
}
