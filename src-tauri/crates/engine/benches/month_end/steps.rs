//! What it gains to ask for a run's current step instead of the run.
//!
//! The answer for a step has its dates, so it says exactly how far the run is: when step i began,
//! and that it had not ended at the time of asking. What is left of the run then varies less. Of n
//! equal steps, each varies by σ/√n where the run varies by σ; once the last one is known to have
//! begun, the end is uncertain by σ/√n alone. For small variations the least product of delay and
//! requests, ½(∫√(f·S) dt)², is about 0.95 times the standard deviation of the end, so that the gain
//! can be no more than the last step's product over the run's: about 1/√n for equal steps, nothing
//! where one long last step decides, nearly all where one long earlier step does. What it costs to
//! find out where the steps end, a request or two for each, comes off that.
//!
//! Here the steps come one after the other; each is lognormal and varies as much as makes the whole
//! run vary as the row says. The next request is due when the effort ∫√(h/2) since the last moment
//! at which the run is known to have gone on adds up to √price, h being the hazard of the run's end
//! as far as is known now. It asks for the step that is most likely the current one; the last step's
//! end is the run's. “The run alone” is the same with a run of one step.

mod belief;
mod durations;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::chance::{least, lognormal, price_of};
use super::{Answer, MEAN, VARIATIONS};
use belief::{Belief, Met};
use durations::Durations;

/// Runs of each figure.
const RUNS: usize = 600;
/// Those that the price is found with.
const TRIED: usize = 150;
/// Earlier runs that are learned from.
const HISTORY: usize = 10;
/// As many as a poller each 30 s.
const REQUESTS: f64 = MEAN / 30.0 + 0.5;
/// The shortest and the longest interval, in seconds.
const LIMITS: (f64, f64) = (1.0, 300.0);

/// How a run's time is shared among its steps.
struct Shape {
    name: &'static str,
    shares: Vec<f64>,
}

/// A run, and what is known of the durations of each step in advance.
struct Case {
    steps: Vec<f64>,
    known: Vec<Durations>,
}

fn shapes() -> Vec<Shape> {
    let equal = |name, n: usize| Shape {
        name,
        shares: vec![1.0 / n as f64; n],
    };
    let shape = |name, shares: [f64; 5]| Shape {
        name,
        shares: shares.to_vec(),
    };
    vec![
        equal("2 equal", 2),
        equal("5 equal", 5),
        equal("10 equal", 10),
        shape("5, the third takes 70 %", [0.075, 0.075, 0.7, 0.075, 0.075]),
        shape("5, the last takes 70 %", [0.075, 0.075, 0.075, 0.075, 0.7]),
    ]
}

/// Prints the table.
pub fn print() -> Answer<()> {
    println!("\nMean delay in seconds at {REQUESTS} requests a run\n");
    println!(
        "| steps | variation | run alone, known | by steps | share | the last step's limit | \
         run alone, {HISTORY} earlier runs | by steps | share |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for shape in shapes() {
        for variation in VARIATIONS {
            row(&shape, variation);
        }
    }
    Ok(())
}

fn row(shape: &Shape, variation: f64) {
    let squares: f64 = shape.shares.iter().map(|share| share * share).sum();
    let of_step = variation / squares.sqrt();
    let mut figures = Vec::new();
    for history in [None, Some(HISTORY)] {
        let alone = delay(&cases(shape, of_step, history, true));
        let by_steps = delay(&cases(shape, of_step, history, false));
        figures.push(format!(
            "{alone:.1} | {by_steps:.1} | {:.2}",
            by_steps / alone
        ));
    }
    let last = shape.shares.last().map_or(1.0, |share| share * MEAN);
    let limit = least(last, of_step) / least(MEAN, variation);
    println!(
        "| {} | {variation} | {} | {limit:.2} | {} |",
        shape.name, figures[0], figures[1]
    );
}

/// The same runs for all; `whole` knows nothing of their steps.
fn cases(shape: &Shape, of_step: f64, history: Option<usize>, whole: bool) -> Vec<Case> {
    let mut random = StdRng::seed_from_u64(1);
    let run = |random: &mut StdRng| -> Vec<f64> {
        let steps = shape.shares.iter();
        let steps = steps.map(|share| lognormal(random, share * MEAN, of_step));
        match whole {
            true => vec![steps.sum()],
            false => steps.collect(),
        }
    };
    let parts = if whole { 1 } else { shape.shares.len() };
    let column = |runs: &[Vec<f64>], part: usize| -> Vec<f64> {
        runs.iter()
            .filter_map(|run| run.get(part).copied())
            .collect()
    };
    let mut others = StdRng::seed_from_u64(2);
    let all: Vec<Vec<f64>> = (0..20_000).map(|_| run(&mut others)).collect();
    let known: Vec<Durations> = (0..parts)
        .map(|part| Durations::of(column(&all, part)))
        .collect();
    let case = |_| {
        let steps = run(&mut random);
        let learned = history.map(|history| {
            let earlier: Vec<Vec<f64>> = (0..history).map(|_| run(&mut others)).collect();
            let learn = |part| Durations::learned(&column(&earlier, part));
            (0..parts).map(learn).collect()
        });
        let known = learned.unwrap_or_else(|| known.clone());
        Case { steps, known }
    };
    (0..RUNS).map(case).collect()
}

/// The mean delay at so many requests.
fn delay(cases: &[Case]) -> f64 {
    let tried = cases.get(..TRIED).unwrap_or(cases);
    let price = price_of(REQUESTS, |price| played(tried, price).1);
    let (delay, requests) = played(cases, price);
    // A little more or less was asked than wanted.
    delay * requests / REQUESTS
}

/// Mean delay and requests at a price.
fn played(cases: &[Case], price: f64) -> (f64, f64) {
    let mut random = StdRng::seed_from_u64(3);
    let (mut delay, mut requests) = (0.0, 0.0);
    for case in cases {
        let end: f64 = case.steps.iter().sum();
        let (mut belief, mut now) = (Belief::new(&case.known), 0.0);
        loop {
            let (at, step) = belief.next(price, now, LIMITS, &mut random);
            now = at;
            requests += 1.0;
            if belief.learn(step, now, met(&case.steps, step, now)) {
                break;
            }
        }
        delay += now - end;
    }
    let n = cases.len() as f64;
    (delay / n, requests / n)
}

/// What SolveXia says of a step.
fn met(steps: &[f64], step: usize, now: f64) -> Met {
    let began: f64 = steps.iter().take(step).sum();
    let ended = began + steps.get(step).copied().unwrap_or(0.0);
    if now < began {
        Met::NotStarted
    } else if now < ended {
        Met::Running { began }
    } else {
        Met::Ended { ended }
    }
}
