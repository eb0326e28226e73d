//! How late ends are seen and what that costs, in a simulated month-end on a paused clock, beside
//! pollers of a fixed interval and the least that can be; then how much work many runs are.
//!
//! `cargo bench -p runwatch-engine` prints the tables of `docs/PERFORMANCE.md`. The engine and
//! its schedule are the real ones; SolveXia answers after 20 ms.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

mod office;

use std::error::Error;
use std::time::Instant;

use office::{Job, Office};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

type Answer<T> = Result<T, Box<dyn Error>>;

/// Runs of each month-end.
const RUNS: usize = 1_600;
/// Those of one team.
const TEAM: usize = 25;
/// Their mean duration, in seconds.
const MEAN: f64 = 600.0;

fn main() -> Answer<()> {
    delays()?;
    work()
}

/// A duration of this mean and coefficient of variation.
fn lognormal(random: &mut StdRng, variation: f64) -> f64 {
    let spread = (1.0 + variation * variation).ln().sqrt();
    let (a, b): (f64, f64) = (random.random_range(f64::EPSILON..1.0), random.random());
    let normal = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
    (MEAN.ln() - spread * spread / 2.0 + spread * normal).exp()
}

fn delays() -> Answer<()> {
    println!(
        "{RUNS} runs of {MEAN} s on average; delays in seconds from SolveXia's end to its first read\n"
    );
    println!(
        "| variation | schedule | median | mean | 99 % | requests a run | × the limit | × the 30 s poller |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for variation in [0.1, 0.2, 0.3, 0.5] {
        let mut random = StdRng::seed_from_u64(1);
        let ends: Vec<f64> = (0..RUNS)
            .map(|_| lognormal(&mut random, variation))
            .collect();
        let least = least(variation);
        for interval in [5.0, 30.0, 60.0] {
            let poll = |end: &f64| {
                let first = random.random_range(0.0..interval);
                let polls = ((end - first) / interval).ceil().max(0.0);
                (first + polls * interval - end, polls + 1.0)
            };
            let seen = ends.iter().map(poll).collect();
            row(variation, &format!("each {interval} s"), seen, least);
        }
        for history in [0, 3, 10, 30] {
            let job = |end: &f64| Job {
                seconds: *end,
                earlier: (0..history)
                    .map(|_| lognormal(&mut random, variation))
                    .collect(),
                running: true,
            };
            let mut jobs = ends.iter().map(job);
            let mut seen = Vec::new();
            while seen.len() < RUNS {
                let team = jobs.by_ref().take(TEAM).collect();
                seen.extend(simulated(team, 24 * 3600)?.0);
            }
            row(
                variation,
                &format!("ours, history of {history}"),
                seen,
                least,
            );
        }
    }
    Ok(())
}

/// What became of each job, and all requests.
fn simulated(jobs: Vec<Job>, seconds: u64) -> Answer<(Vec<(f64, f64)>, usize)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(async {
        let office = Office::open(jobs).await?;
        office.run(seconds).await;
        Ok((office.seen(), office.requests()))
    })
}

/// ½(∫√(f·S) dt)²: the least product of mean delay and requests (`core::cadence` derives it).
fn least(variation: f64) -> f64 {
    let spread = (1.0f64 + variation * variation).ln().sqrt();
    let median = MEAN.ln() - spread * spread / 2.0;
    let step = 1e-3;
    let (mut left, mut sum) = (1.0, 0.0);
    for i in -8000..8000 {
        let z = f64::from(i) * step;
        let share = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt() * step;
        let width = spread * step * (median + spread * z).exp();
        sum += (share / width * f64::max(left, 0.0)).sqrt() * width;
        left -= share;
    }
    sum * sum / 2.0
}

fn row(variation: f64, name: &str, seen: Vec<(f64, f64)>, least: f64) {
    let n = seen.len() as f64;
    let mut delays: Vec<f64> = seen.iter().map(|(delay, _)| *delay).collect();
    delays.sort_by(f64::total_cmp);
    let at = |share: f64| {
        delays
            .get((share * (n - 1.0)) as usize)
            .copied()
            .unwrap_or(0.0)
    };
    let mean = delays.iter().sum::<f64>() / n;
    let requests = seen.iter().map(|(_, requests)| requests).sum::<f64>() / n;
    let product = mean * requests;
    println!(
        "| {variation} | {name} | {:.1} | {mean:.1} | {:.1} | {requests:.1} | {:.2} | {:.2} |",
        at(0.5),
        at(0.99),
        product / least,
        product / (MEAN / 2.0),
    );
}

/// One run in twenty runs on; the others wait to be started.
fn work() -> Answer<()> {
    let minutes = 30;
    println!("\n{minutes} minutes behind a closed window, one run in twenty running\n");
    println!("| watched runs | requests a minute | ms of work a minute |");
    println!("|---|---|---|");
    for runs in [10, 100, 1_000, 10_000] {
        let job = |n: usize| Job {
            seconds: 1e6,
            earlier: vec![3600.0; 10],
            running: n.is_multiple_of(20),
        };
        let begun = Instant::now();
        let requests = simulated((0..runs).map(job).collect(), minutes * 60)?.1;
        let millis = begun.elapsed().as_millis() as f64 / minutes as f64;
        println!(
            "| {runs} | {:.0} | {millis:.0} |",
            requests as f64 / minutes as f64
        );
    }
    Ok(())
}
