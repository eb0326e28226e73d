//! The real engine on a paused clock: its schedule, its reads of steps and status, its grouping.
//! A poller of a fixed interval is the same engine with that interval as the shortest and the longest one.

use rand::SeedableRng;
use rand::rngs::StdRng;
use runwatch_core::closed_window_interval::PollLimits;

use super::chance::{least, lognormal};
use super::office::{Job, Office, Seen};
use super::{Answer, MEAN, VARIATIONS};

/// Runs of each month-end.
const RUNS: usize = 1_600;
/// Those of one team, whose ends share its notifications.
const TEAM: usize = 25;

/// Prints the table.
pub fn print() -> Answer<()> {
    println!("{RUNS} runs of {MEAN} s on average, in teams of {TEAM}; delays in seconds\n");
    println!(
        "| variation | schedule | median | mean | 99 % | to the read, mean | requests a run | \
         × the limit | × the 30 s poller |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for variation in VARIATIONS {
        for seconds in [5, 30, 60] {
            let limits = PollLimits {
                shortest_seconds: seconds,
                longest_seconds: seconds,
            };
            let seen = month_end(variation, 0, limits)?;
            row(variation, &format!("each {seconds} s"), &seen);
        }
        for history in [0, 3, 10, 30] {
            let seen = month_end(variation, history, PollLimits::default())?;
            row(variation, &format!("ours, history of {history}"), &seen);
        }
    }
    Ok(())
}

/// The same ends for all schedules.
fn month_end(variation: f64, history: usize, limits: PollLimits) -> Answer<Vec<Seen>> {
    let (mut ends, mut past) = (StdRng::seed_from_u64(1), StdRng::seed_from_u64(2));
    let mut seen = Vec::new();
    for _ in 0..RUNS / TEAM {
        let job = |_| Job {
            seconds: lognormal(&mut ends, MEAN, variation),
            earlier: (0..history)
                .map(|_| lognormal(&mut past, MEAN, variation))
                .collect(),
        };
        seen.extend(simulated((0..TEAM).map(job).collect(), limits)?);
    }
    Ok(seen)
}

fn simulated(jobs: Vec<Job>, limits: PollLimits) -> Answer<Vec<Seen>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(async { Ok(Office::open(jobs, limits).await?.run().await) })
}

fn row(variation: f64, name: &str, seen: &[Seen]) {
    let n = seen.len() as f64;
    let mean = |of: &dyn Fn(&Seen) -> f64| seen.iter().map(of).sum::<f64>() / n;
    let mut delays: Vec<f64> = seen.iter().filter_map(|seen| seen.shown).collect();
    delays.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * (n - 1.0)) as usize;
        delays.get(place).copied().unwrap_or(0.0)
    };
    let shown = mean(&|seen| seen.shown.unwrap_or(0.0));
    let read = mean(&|seen| seen.read.unwrap_or(0.0));
    let requests = mean(&|seen| seen.reads as f64);
    println!(
        "| {variation} | {name} | {:.1} | {shown:.1} | {:.1} | {read:.1} | {requests:.1} | {:.2} | {:.2} |",
        at(0.5),
        at(0.99),
        read * requests / least(MEAN, variation),
        read * requests / (MEAN / 2.0),
    );
}
