//! Six earlier month-ends of the demo: the same processes, one after the other, with the delays that people
//! usually leave between them. They are four weeks apart, and so on the same weekday as today.

use jiff::{Span, Timestamp};

use super::ended_runs::between;
use super::processes::{
    ACCRUALS, AP_AGEING, CONSOLIDATION, FIXED_ASSETS, FX_REVALUATION, INTERCOMPANY_MATCHING,
    Process,
};
use crate::model::seeds::RunSeed;

const CLOSES: i64 = 6;
const FIRST_ID: i64 = 18_001;

/// One process of a month-end.
struct Part {
    process: Process,
    /// Minutes after the month-end's begin at which it starts.
    starts: i64,
    /// Minutes that it takes.
    takes: i64,
}

/// Each starts some minutes after what it waits for.
const PARTS: [Part; 6] = [
    part(FX_REVALUATION, 10, 8),
    part(AP_AGEING, 24, 6),
    part(INTERCOMPANY_MATCHING, 25, 12),
    part(FIXED_ASSETS, 44, 9),
    part(ACCRUALS, 46, 11),
    part(CONSOLIDATION, 70, 36),
];

const fn part(process: Process, starts: i64, takes: i64) -> Part {
    Part {
        process,
        starts,
        takes,
    }
}

/// Whether a process is in them: it has no other runs then in the months before.
pub fn has(process: &Process) -> bool {
    PARTS.iter().any(|part| part.process.id == process.id)
}

/// Their runs, the oldest first.
pub fn seeds(now: Timestamp) -> Vec<RunSeed> {
    let closes = (1..=CLOSES).rev();
    let each = closes.flat_map(|back| PARTS.iter().map(move |part| (back, part)));
    each.zip(FIRST_ID..)
        .map(|((back, part), id)| run(now, back, part, &format!("pr-{id}")))
        .collect()
}

/// People and machines are never quite the same: by a few minutes.
fn run(now: Timestamp, back: i64, part: &Part, id: &str) -> RunSeed {
    let begin = now - Span::new().hours(back * 28 * 24);
    let (late, slow) = (back * 7 % 4, back * 5 % 3);
    let started = begin + Span::new().minutes(part.starts + late);
    let takes = i32::try_from(part.takes + slow).unwrap_or_default();
    let period = format!(
        "period to {}",
        (begin - Span::new().hours(24)).strftime("%-d %B %Y")
    );
    between(id, &part.process, &period, started, takes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn in_each_month_end_every_process_starts_after_what_it_waits_for() {
        let now: Timestamp = "2026-11-20T09:00:00Z".parse().expect("a date");
        let seeds = seeds(now);
        assert_eq!(seeds.len(), 36);
        for close in seeds.chunks(PARTS.len()) {
            let times = |seed: &RunSeed| {
                let dates = (seed.date_started, seed.date_finished);
                (seed.process.clone().unwrap_or_default(), dates)
            };
            let times: BTreeMap<String, _> = close.iter().map(times).collect();
            for (before, after) in [
                (&FX_REVALUATION, &AP_AGEING),
                (&FX_REVALUATION, &INTERCOMPANY_MATCHING),
                (&INTERCOMPANY_MATCHING, &FIXED_ASSETS),
                (&INTERCOMPANY_MATCHING, &ACCRUALS),
                (&ACCRUALS, &CONSOLIDATION),
                (&FIXED_ASSETS, &CONSOLIDATION),
            ] {
                assert!(times[before.id].1 < times[after.id].0, "{}", after.name);
            }
        }
    }
}
