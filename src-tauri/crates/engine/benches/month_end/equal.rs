//! The schedule alone, at the price that makes it ask as often as a poller each 30 s.

use rand::SeedableRng;
use rand::rngs::StdRng;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::duration_model::DurationModel;

use super::chance::{least, lognormal, price_of};
use super::{Answer, MEAN, VARIATIONS};

/// Runs of each row.
const RUNS: usize = 4_000;
/// The fixed interval.
const POLLER: f64 = 30.0;
/// Enough to know the distribution itself.
const ALL: usize = 20_000;

/// Prints the table.
pub fn print() -> Answer<()> {
    // Its first request comes at any moment of its interval, its last one after the end.
    let (requests, delay) = (MEAN / POLLER + 0.5, POLLER / 2.0);
    println!(
        "\nMean delay to the read at {requests} requests a run, over the {POLLER} s poller's {delay} s\n"
    );
    println!(
        "| variation | price, s | history of 3 | of 10 | of 30 | distribution known | the limit |"
    );
    println!("|---|---|---|---|---|---|---|");
    for variation in VARIATIONS {
        let mut shares = Vec::new();
        let mut price = 0.0;
        for history in [3, 10, 30, ALL] {
            let runs = runs(variation, history).ok_or("no model")?;
            price = price_of(requests, |price| asked(&runs, price).1);
            shares.push(format!("{:.2}", asked(&runs, price).0 / delay));
        }
        let limit = least(MEAN, variation) / (MEAN / 2.0);
        println!(
            "| {variation} | {price:.2} | {} | {limit:.2} |",
            shares.join(" | ")
        );
    }
    Ok(())
}

/// Durations, each with what earlier runs taught; from very many all learn the same.
fn runs(variation: f64, history: usize) -> Option<Vec<(f64, DurationModel)>> {
    let mut random = StdRng::seed_from_u64(1);
    let learn = |random: &mut StdRng| {
        let earlier: Vec<f64> = (0..history)
            .map(|_| lognormal(random, MEAN, variation))
            .collect();
        DurationModel::learn(&earlier)
    };
    let all = match history {
        ALL => Some(learn(&mut random)?),
        _ => None,
    };
    let run = |_| {
        let model = all.clone().or_else(|| learn(&mut random))?;
        Some((lognormal(&mut random, MEAN, variation), model))
    };
    (0..RUNS).map(run).collect()
}

/// Mean delay and requests of all of them at this price.
fn asked(runs: &[(f64, DurationModel)], price: f64) -> (f64, f64) {
    let limits = PollLimits::default();
    let (shortest, longest) = (
        f64::from(limits.shortest_seconds),
        f64::from(limits.longest_seconds),
    );
    let (mut delay, mut requests) = (0.0, 0.0);
    for (end, model) in runs {
        let mut at = 0.0;
        while at < *end {
            at += model.wait(at, price).clamp(shortest, longest);
            requests += 1.0;
        }
        delay += at - end;
    }
    let n = runs.len() as f64;
    (delay / n, requests / n)
}
