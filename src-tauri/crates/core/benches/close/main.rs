//! How right the close board is, in simulated month-ends, beside means and a normal curve.
//!
//! `cargo bench -p runwatch-core --bench close` prints the tables of `docs/PERFORMANCE.md`.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

mod backtest;
mod baseline;
mod looks;
mod score;
mod simulated_close;
mod speed;

use std::error::Error;

type Answer<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Answer<()> {
    let what = std::env::args()
        .skip(1)
        .find(|word| !word.starts_with("--"));
    match what.as_deref() {
        Some("backtest") => backtest::print(),
        Some("speed") => speed::print(),
        Some(other) => Err(format!("there is no {other}").into()),
        None => speed::print().and_then(|()| backtest::print()),
    }
}
