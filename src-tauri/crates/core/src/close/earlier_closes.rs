//! The earlier closes of a plan, as its processes' complete runs show them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::close::local_time::moment;
use crate::close::open::{Close, Window, window};
use crate::close::periods::Period;
use crate::close::plan::{Plan, PlanDraft};
use crate::duration_sample::DurationSample;
use crate::ids::{ProcessId, RunId};

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

/// The closes before this one, the newest first. Where a process ran several times in one, the run counts that
/// stood for its item; where that is not known, the last one that was started before the cut-off, as what came before
/// it was done again, and what came after it may have nothing to do with the close.
pub fn earlier_closes(
    plan: &Plan,
    close: &Close,
    samples: &[DurationSample],
    counted: &[RunId],
) -> Vec<EarlierClose> {
    let known = known_runs(plan, close, samples, counted);
    let Some(oldest) = known.iter().flatten().map(|known| known.run.started).min() else {
        return Vec::new();
    };
    earlier_windows(plan, close.period)
        .take_while(|(_, window)| window.to.is_none_or(|to| to > oldest))
        .take(MOST_CLOSES)
        .map(|(period, window)| {
            let cut_off = cut_off(plan.draft(), period);
            let run_of = |runs: &Vec<KnownRun>| run_of_close(runs, window, cut_off);
            EarlierClose {
                period,
                runs: known.iter().map(run_of).collect(),
            }
        })
        .filter(|earlier| earlier.runs.iter().any(Option::is_some))
        .collect()
}

/// A complete run from before this close.
#[derive(Clone)]
struct KnownRun {
    run: EarlierRun,
    /// It stood for an item of a close.
    is_counted: bool,
}

fn known_runs(
    plan: &Plan,
    close: &Close,
    samples: &[DurationSample],
    counted: &[RunId],
) -> Vec<Vec<KnownRun>> {
    let mut known = vec![Vec::new(); plan.items().len()];
    for sample in samples {
        let place = plan.place(&sample.process);
        let is_own = sample.key.account == plan.draft().account;
        let run = EarlierRun::of(sample).filter(|run| is_own && run.started < close.window.from);
        if let Some((place, run)) = place.zip(run) {
            let is_counted = counted.contains(&sample.key.run);
            known[place].push(KnownRun { run, is_counted });
        }
    }
    known
}

fn run_of_close(
    runs: &[KnownRun],
    window: Window,
    cut_off: Option<Timestamp>,
) -> Option<EarlierRun> {
    let inside = || runs.iter().filter(|known| window.holds(known.run.started));
    let started = |known: &&KnownRun| known.run.started;
    let in_time = |known: &&KnownRun| cut_off.is_none_or(|cut_off| started(known) < cut_off);
    let counted = inside()
        .filter(|known| known.is_counted)
        .max_by_key(started);
    let before = || inside().filter(in_time).max_by_key(started);
    // A close that was late has the first one after it.
    let after = || inside().min_by_key(started);
    let found = counted.or_else(before).or_else(after);
    found.map(|known| known.run)
}

/// The cut-off of an earlier period, as the plan has it now; none where its day is not there.
fn cut_off(draft: &PlanDraft, period: Period) -> Option<Timestamp> {
    let day = draft.calendar.day(period, draft.cut_off.day).ok()?;
    Some(moment(day, draft.cut_off.time, &draft.zone)?.at)
}

/// The windows before a period's, the newest first; as far back as the plan has periods.
fn earlier_windows(plan: &Plan, period: Period) -> impl Iterator<Item = (Period, Window)> {
    let draft = plan.draft();
    let before = move |period: &Period| draft.periods.before(*period);
    std::iter::successors(before(&period), before)
        .map_while(move |period| Some((period, window(draft, period).ok()?)))
}
