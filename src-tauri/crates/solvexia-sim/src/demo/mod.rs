//! The demo data: a finance team's month-end. Its months are relative to now, so that it never
//! looks old; the ids in `ids` are fixed.
//!
//! Waiting to be started, at speed 1: [`DEMO_QUICK_RUN`] succeeds after 20 seconds,
//! [`DEMO_FAILING_RUN`] fails after 15 in the middle and succeeds when it is restarted from
//! [`DEMO_FAILING_STEP`], [`DEMO_WARNING_RUN`] warns, [`DEMO_LONG_RUN`] takes a quarter of an hour.
//! [`DEMO_LIVE_RUN`] is always at work: half a minute after it has ended it begins again.

mod calendar;
mod ended_runs;
mod ids;
mod month_ends;
mod processes;
mod run_seeds;
mod waiting_runs;

use jiff::Timestamp;

pub use ids::*;

use crate::catalogue::{Catalogue, File};
use crate::server_log::ServerLog;

/// Fills an empty catalogue with the demo.
pub(crate) fn fill(catalogue: &mut Catalogue, server_log: &mut ServerLog, now: Timestamp) {
    catalogue.files = files();
    for seed in processes::seeds(now) {
        catalogue.add_process(seed, now);
    }
    for seed in ended_runs::seeds(now)
        .into_iter()
        .chain(month_ends::seeds(now))
        .chain(waiting_runs::seeds(now))
    {
        catalogue.add_run(seed, now);
    }
    write_log(catalogue, server_log);
}

fn files() -> Vec<File> {
    let file = |id: &str, name: &str, size, extension: &str| File {
        id: id.to_owned(),
        name: name.to_owned(),
        size,
        extension: extension.to_owned(),
    };
    vec![
        file(DEMO_FILE, "Bank statements.csv", 482_113, "csv"),
        file("f-30002", "Reconciliation report.xlsx", 96_740, "xlsx"),
    ]
}

fn write_log(catalogue: &Catalogue, server_log: &mut ServerLog) {
    let mut starts: Vec<_> = catalogue
        .runs
        .iter()
        .filter_map(|run| Some((run.started?, &run.name)))
        .collect();
    starts.sort();
    for (time, name) in starts {
        server_log.write(format!("Process run '{name}' was started."), time);
    }
}

#[cfg(test)]
mod tests;
