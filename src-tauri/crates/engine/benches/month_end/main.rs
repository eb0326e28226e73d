//! How late ends are told and what that costs, in a simulated month-end, beside pollers of a fixed
//! interval and the least that can be.
//!
//! `cargo bench -p runwatch-engine --bench month_end` prints the tables of `docs/PERFORMANCE.md`, and with `-- WHAT`
//! one of them:
//!
//! - `delays`: from SolveXia's end to the notification, by the real engine on a paused clock;
//! - `equal`: the schedule alone, at as many requests as a poller of a fixed interval makes;
//! - `steps`: what it would gain to ask for a run's current step instead of the run.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

mod chance;
mod delays;
mod equal;
mod office;
mod steps;
mod window;

use std::error::Error;

type Answer<T> = Result<T, Box<dyn Error>>;

/// The mean duration of the runs, in seconds.
const MEAN: f64 = 600.0;
/// Their coefficients of variation.
const VARIATIONS: [f64; 4] = [0.1, 0.2, 0.3, 0.5];

fn main() -> Answer<()> {
    // Cargo adds a flag of its own.
    let what = std::env::args()
        .skip(1)
        .find(|word| !word.starts_with("--"));
    match what.as_deref() {
        Some("delays") => delays::print(),
        Some("equal") => equal::print(),
        Some("steps") => steps::print(),
        Some(other) => Err(format!("there is no {other}").into()),
        None => delays::print()
            .and_then(|()| equal::print())
            .and_then(|()| steps::print()),
    }
}
