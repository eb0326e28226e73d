//! From the last step's answer to the notification of the first end in a burst: five apps watch
//! bursts of three runs that end at once, with real client, history and D-Bus.
//!
//! An answer's arrival is not seen from outside. What is counted begins a little earlier, when its
//! request came to SolveXia; rule 4's second read of the status is in it.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::Timestamp;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::ports::Store;
use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::transaction::Transaction;
use runwatch_store::Db;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::notifications::Shown;
use runwatch_tests::simulator::wait;
use solvexia_sim::RequestRecord;

use crate::load::start;
use crate::meter::summed_up;
use crate::team::{self, Job};

const APPS: usize = 5;
const BURSTS: usize = 14;
/// Runs of a burst.
const RUNS: usize = 3;
/// Between two bursts of an app, so that each is a first again.
const APART: f64 = 12.0;
/// Asked each second, the runs of a burst are seen to end nearly at once.
const EACH_SECOND: PollLimits = PollLimits {
    shortest_seconds: 1,
    longest_seconds: 1,
};
/// Before the first one.
const BEFORE: f64 = 20.0;

/// Measures and prints.
pub fn measure() -> Result<()> {
    let desktop = Desktop::start_without_keychain()?;
    let sim = team::solvexia()?;
    let (mut apps, mut bursts) = (Vec::new(), Vec::new());
    for app in 0..APPS {
        let of_app: Vec<Vec<Job>> = (0..BURSTS).map(|burst| jobs(app, burst)).collect();
        let history = desktop.folder(&format!("history-{app}.db"));
        let all = of_app.iter().flatten();
        team::remember(&history, &sim.base_url(), all.clone())?;
        wait(async {
            Db::open(&history)?
                .write(Transaction {
                    setting: Some(Setting::PollLimits(EACH_SECOND)),
                    ..Transaction::default()
                })
                .await
        })?;
        team::seed(&sim, all);
        apps.push(start(&desktop, &history)?);
        bursts.extend(of_app);
    }
    let end = Instant::now() + Duration::from_secs_f64(BEFORE + APART * (BURSTS + 1) as f64);
    let mut steps = Vec::new();
    while Instant::now() < end {
        // The simulation remembers only so many.
        sleep(Duration::from_secs(1));
        let asked = sim.requests();
        sim.clear_requests();
        steps.extend(
            asked
                .into_iter()
                .filter(|request| request.path.contains("/steps/")),
        );
    }
    let shown = desktop.notifications.all();
    let of = |burst: &Vec<Job>| first(burst, &shown, &steps);
    let delays: Result<Vec<f64>> = bursts.iter().map(of).collect();
    let delays = delays?;
    let (n, (median, mean, most)) = (delays.len(), summed_up(delays));
    println!("| bursts | median ms | mean ms | 99 % ms |");
    println!("|---|---|---|---|");
    println!("| {n} | {median:.1} | {mean:.1} | {most:.1} |");
    Ok(())
}

fn jobs(app: usize, burst: usize) -> Vec<Job> {
    let seconds = BEFORE + APART * (burst as f64 + app as f64 / APPS as f64);
    let job = |run| Job {
        n: (app * BURSTS + burst) * RUNS + run + 1,
        running: Some((0.0, seconds)),
        earlier: Vec::new(),
    };
    (0..RUNS).map(job).collect()
}

/// Milliseconds to the first notification of a burst, which is about one run alone.
fn first(burst: &[Job], shown: &[Shown], steps: &[RequestRecord]) -> Result<f64> {
    let about = |job: &Job| {
        let name = job.name();
        let one = shown.iter().find(|shown| shown.summary.contains(&name))?;
        Some((one.at, job.id()))
    };
    let told: Vec<(Timestamp, String)> = burst.iter().filter_map(about).collect();
    let (at, run) = told
        .iter()
        .min()
        .context("no end of a burst was told alone")?;
    let path = format!("/processruns/{run}/steps/");
    let asked = steps
        .iter()
        .filter(|step| step.path.contains(&path) && step.time < *at);
    let last = asked.map(|step| step.time).max();
    let last = last.context("its steps were not read")?;
    Ok(at.duration_since(last).as_secs_f64() * 1000.0)
}
