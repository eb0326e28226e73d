//! The earlier closes of a plan, as its processes' complete runs show them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::close::open::{Close, Window, window};
use crate::close::periods::Period;
use crate::close::plan::Plan;
use crate::duration_sample::DurationSample;
use crate::ids::ProcessId;

/// Earlier closes that are looked at: two years of months.
const MOST_CLOSES: usize = 24;

/// One earlier close: what each item's run took, by the items' places in the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierClose {
    /// Its period.
    pub period: Period,
    /// The run of each item; none where no complete run of it is known.
    pub runs: Vec<Option<EarlierRun>>,
}

/// A complete run of an earlier close.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EarlierRun {
    /// When it started (UTC).
    pub started: Timestamp,
    /// When it ended (UTC).
    pub ended: Timestamp,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Complete runs, by their processes.
pub type Known = BTreeMap<ProcessId, EarlierRun>;

impl EarlierRun {
    /// What a sample shows.
    pub fn of(sample: &DurationSample) -> Option<Self> {
        let took = SignedDuration::try_from_secs_f64(sample.seconds).ok()?;
        Some(Self {
            started: sample.ended.checked_sub(took).ok()?,
            ended: sample.ended,
            seconds: sample.seconds,
        })
    }
}

/// The closes before this one, the newest first. Where a process ran several times in one, the last
/// run counts: what came before it was done again.
pub fn earlier_closes(plan: &Plan, close: &Close, samples: &[DurationSample]) -> Vec<EarlierClose> {
    let known = known_runs(plan, close, samples);
    let Some(oldest) = known.iter().flatten().map(|run| run.started).min() else {
        return Vec::new();
    };
    earlier_windows(plan, close.period)
        .take_while(|(_, window)| window.to.is_none_or(|to| to > oldest))
        .take(MOST_CLOSES)
        .map(|(period, window)| EarlierClose {
            period,
            runs: known.iter().map(|runs| last_in(runs, window)).collect(),
        })
        .filter(|earlier| earlier.runs.iter().any(Option::is_some))
        .collect()
}

fn known_runs(plan: &Plan, close: &Close, samples: &[DurationSample]) -> Vec<Vec<EarlierRun>> {
    let mut known = vec![Vec::new(); plan.items().len()];
    for sample in samples {
        let place = plan.place(&sample.process);
        let is_own = sample.key.account == plan.draft().account;
        let run = EarlierRun::of(sample).filter(|run| is_own && run.started < close.window.from);
        if let Some((place, run)) = place.zip(run) {
            known[place].push(run);
        }
    }
    known
}

fn last_in(runs: &[EarlierRun], window: Window) -> Option<EarlierRun> {
    let inside = runs.iter().filter(|run| window.holds(run.started));
    inside.max_by_key(|run| run.started).copied()
}

/// The windows before a period's, the newest first; as far back as the plan has periods.
fn earlier_windows(plan: &Plan, period: Period) -> impl Iterator<Item = (Period, Window)> {
    let draft = plan.draft();
    let before = move |period: &Period| draft.periods.before(*period);
    std::iter::successors(before(&period), before)
        .map_while(move |period| Some((period, window(draft, period).ok()?)))
}
