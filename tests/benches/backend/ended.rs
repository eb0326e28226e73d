//! What runs that are over cost behind a closed window, and whether the one that goes beside them keeps its pace: the
//! same run is watched at the same time by another app that has nothing else to ask for.
//!
//! Nothing is known of how long the going run's process takes, so that it is asked each ten seconds whatever its age.
//! With a history the two would differ by what the ends teach: only an end shows the zone of the dates, and
//! until it is known a run's age counts from its first sight here.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Result, ensure};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::Managed;
use runwatch_tests::stored_data::count;
use runwatch_tests::waiting::until;
use solvexia_sim::{RequestRecord, SimHandle};

use crate::closed::start;
use crate::team::{self, Job};

/// The number of the run that goes; no other one's begins with it.
const GOING: usize = 90_001;
/// A row of the table, and about how long a bunch is.
const ROW: Duration = Duration::from_mins(10);
const BUNCH: Duration = Duration::from_secs(30);
/// All ends are seen and proven by then.
const MOST: Duration = Duration::from_mins(10);

/// An app with its desktop and its SolveXia; ended in this order.
struct World {
    _app: Managed,
    _desktop: Desktop,
    sim: SimHandle,
    data_dir: PathBuf,
}

/// What was asked since it was last forgotten.
struct Asked {
    going: Vec<RequestRecord>,
    ended: Vec<RequestRecord>,
}

/// Measures and prints, a row each ten minutes from the last proven end on.
pub fn measure(runs: usize, rows: u32) -> Result<()> {
    let alone = World::begin(0)?;
    let beside = World::begin(runs)?;
    until("all ends to be proven", MOST, || {
        sleep(Duration::from_secs(1));
        Ok((count(&beside.data_dir, "history")? == runs).then_some(()))
    })?;
    println!(
        "| minutes | requests for {runs} ended runs | most in 30 s | for the going run | for it, without the others |"
    );
    println!("|---|---|---|---|---|");
    for row in 1..=rows {
        for world in [&alone, &beside] {
            world.sim.clear_requests();
        }
        sleep(ROW);
        let (asked, own) = (beside.asked(), alone.asked());
        ensure!(!own.going.is_empty(), "nobody watches the run that goes");
        println!(
            "| {} to {} | {} | {} | {} | {} |",
            10 * (row - 1),
            10 * row,
            asked.ended.len(),
            largest_bunch(&asked.ended),
            asked.going.len(),
            own.going.len()
        );
    }
    Ok(())
}

impl World {
    /// Watches a run that goes on for hours, and so many that end together in a minute.
    fn begin(ending: usize) -> Result<Self> {
        let job = |n, left| Job {
            n,
            running: Some((600.0, left)),
            earlier: Vec::new(),
        };
        let going = std::iter::once(job(GOING, 36_000.0));
        let jobs: Vec<Job> = going.chain((1..=ending).map(|n| job(n, 60.0))).collect();
        let desktop = Desktop::start()?;
        let data_dir = desktop.folder("runwatch");
        let sim = team::solvexia()?;
        let app = start(&desktop, &data_dir, &sim, &jobs)?;
        Ok(Self {
            _app: app,
            _desktop: desktop,
            sim,
            data_dir,
        })
    }

    fn asked(&self) -> Asked {
        let is_call = |request: &RequestRecord| request.path.starts_with("/api");
        let requests = self.sim.requests().into_iter().filter(is_call);
        let is_of_going = |request: &RequestRecord| request.path.contains(&GOING.to_string());
        let (going, ended) = requests.partition(is_of_going);
        Asked { going, ended }
    }
}

/// The most requests within half a minute.
fn largest_bunch(requests: &[RequestRecord]) -> usize {
    let bunch = |(n, first): (usize, &RequestRecord)| {
        let later = requests.iter().skip(n);
        let is_near = |request: &&RequestRecord| {
            request.time.duration_since(first.time).unsigned_abs() < BUNCH
        };
        later.take_while(is_near).count()
    };
    requests.iter().enumerate().map(bunch).max().unwrap_or(0)
}
