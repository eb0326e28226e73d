//! The backend as it runs behind a closed window, against a simulated SolveXia in another process:
//! real clock, real client, real history on disk, real D-Bus.
//!
//! `cargo bench -p runwatch-tests --bench backend -- WHAT` prints the tables of
//! `docs/PERFORMANCE.md`; WHAT is one of
//!
//! - `load [RUNS…]`: CPU, requests and memory by number of watched runs;
//! - `ends`: the time from SolveXia's end of a run to its notification's arrival on D-Bus;
//! - `bursts`: the time from the last step's answer to the first notification of a burst;
//! - `closed [RUNS]`: the whole app behind a closed window (`RUNWATCH_BIN` names it);
//! - `ended [RUNS ROWS]`: what runs that are over cost the whole app, and the one that goes beside them, so many
//!   times ten minutes.
//!
//! The program itself holds simulation and desktop; what is measured is another instance of it
//! (`backend HISTORY`), or the app.

#[cfg(target_os = "linux")]
mod backend;
#[cfg(target_os = "linux")]
mod bursts;
#[cfg(target_os = "linux")]
mod closed;
#[cfg(target_os = "linux")]
mod ended;
#[cfg(target_os = "linux")]
mod ends;
#[cfg(target_os = "linux")]
mod load;
#[cfg(target_os = "linux")]
mod meter;
#[cfg(target_os = "linux")]
mod team;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    // Cargo adds a flag of its own.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let all: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let sizes = |sizes: &[&str]| sizes.iter().map(|size| size.parse()).collect();
    match all.as_slice() {
        ["backend", history] => backend::run(history.as_ref()),
        [] => anyhow::bail!("say what to measure: load, ends, bursts, closed or ended"),
        ["load"] => load::measure(&[10, 100, 1_000, 10_000]),
        ["load", runs @ ..] => {
            let runs: Result<Vec<usize>, _> = sizes(runs);
            load::measure(&runs?)
        }
        ["ends"] => ends::measure(),
        ["bursts"] => bursts::measure(),
        ["closed"] => closed::measure(1_000),
        ["closed", runs] => closed::measure(runs.parse()?),
        ["ended"] => ended::measure(200, 3),
        ["ended", runs, rows] => ended::measure(runs.parse()?, rows.parse()?),
        other => anyhow::bail!("there is no {other:?}"),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {}
