//! A plan made from the last close: which processes ran in it, in which order, and how long each usually
//! takes. It is a proposal: its owner looks at it, and changes what is wrong.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use crate::close::earlier_closes::{EarlierRun, Known};
use crate::close::open::{Window, window};
use crate::close::periods::Period;
use crate::close::plan::{DayTime, MOST_ITEMS, PlanDraft, StartRule};
use crate::close::working_days::WorkingDay;
use crate::duration_sample::DurationSample;
use crate::ids::ProcessId;

/// Closes that are compared, the last one included.
const COMPARED: usize = 6;
/// A process that begins so punctually, in so many closes, is taken to have a time.
const PUNCTUAL: SignedDuration = SignedDuration::from_mins(5);
const ENOUGH: usize = 3;
/// The grace of a time that is proposed.
const GRACE: SignedDuration = SignedDuration::from_mins(15);

/// One item of a proposed plan.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedItem {
    /// Its process.
    pub process: ProcessId,
    /// What seems to start it.
    pub start: StartRule,
    /// What it came after in nearly all closes.
    pub waits_for: Vec<ProcessId>,
    /// Seconds that it usually takes.
    pub usual_seconds: f64,
    /// Seconds for which it usually waits after what it waits for; none where it waits for nothing.
    pub usual_delay: Option<f64>,
    /// Closes that this was seen in.
    pub seen_in: usize,
}

/// Proposes the items of a plan from the close of this period, in the order in which they usually start: what
/// was run once more, at another time, does not change it. The draft says account, zone, calendar and periods;
/// its own items do not matter. Nothing where no complete run of that close is known.
pub fn propose(draft: &PlanDraft, period: Period, samples: &[DurationSample]) -> Vec<ProposedItem> {
    let bare = PlanDraft {
        items: Vec::new(),
        ..draft.clone()
    };
    let closes = closes(&bare, period, samples);
    let Some(last) = closes.first() else {
        return Vec::new();
    };
    let mut processes: Vec<&ProcessId> = last.runs.keys().collect();
    processes.sort_by_cached_key(|process| usual_place(&closes, process));
    processes.truncate(MOST_ITEMS);
    let item = |place: usize| proposed(&bare, &closes, &processes, place);
    (0..processes.len()).filter_map(item).collect()
}

struct SeenClose {
    period: Period,
    runs: Known,
}

impl SeenClose {
    fn run(&self, process: &ProcessId) -> Option<EarlierRun> {
        self.runs.get(process).copied()
    }
}

fn closes(draft: &PlanDraft, period: Period, samples: &[DurationSample]) -> Vec<SeenClose> {
    let before = |period: &Period| draft.periods.before(*period);
    std::iter::successors(Some(period), before)
        .take(COMPARED)
        .map_while(|period| Some((period, window(draft, period).ok()?)))
        .map(|(period, window)| SeenClose {
            period,
            runs: known_in(draft, window, samples),
        })
        .filter(|close| !close.runs.is_empty() || close.period == period)
        .collect()
}

/// The last complete run of each process in a window.
fn known_in(draft: &PlanDraft, window: Window, samples: &[DurationSample]) -> Known {
    let mut known = Known::new();
    for sample in samples
        .iter()
        .filter(|sample| sample.key.account == draft.account)
    {
        let Some(run) = EarlierRun::of(sample).filter(|run| window.holds(run.started)) else {
            continue;
        };
        let kept = known.entry(sample.process.clone()).or_insert(run);
        if kept.started < run.started {
            *kept = run;
        }
    }
    known
}

fn proposed(
    draft: &PlanDraft,
    closes: &[SeenClose],
    processes: &[&ProcessId],
    place: usize,
) -> Option<ProposedItem> {
    let process = processes[place];
    let runs = || closes.iter().filter_map(|close| close.run(process));
    let waits_for = directly_before(closes, processes, place);
    let delay = |close: &SeenClose| {
        let start = close.run(process)?.started;
        let ends = waits_for
            .iter()
            .filter_map(|before| Some(close.run(before)?.ended));
        Some(start.duration_since(ends.max()?).as_secs_f64())
    };
    Some(ProposedItem {
        process: process.clone(),
        start: punctual(draft, closes, process).unwrap_or(StartRule::ByHand),
        usual_seconds: middle(runs().map(|run| run.seconds))?,
        usual_delay: middle(closes.iter().filter_map(delay)),
        seen_in: runs().count(),
        waits_for,
    })
}

/// Seconds after a close's first start at which a process usually starts.
fn usual_place(closes: &[SeenClose], process: &ProcessId) -> Option<i64> {
    let after_first = |close: &SeenClose| {
        let first = close.runs.values().map(|run| run.started).min()?;
        let start = close.run(process)?.started;
        Some(start.duration_since(first).as_secs_f64())
    };
    middle(closes.iter().filter_map(after_first)).map(|seconds| seconds as i64)
}

/// What ended before this one started in nearly all closes, four of five, without what is before one of those
/// anyway.
fn directly_before(closes: &[SeenClose], processes: &[&ProcessId], place: usize) -> Vec<ProcessId> {
    let usually = |before: usize, after: usize| {
        let both =
            |close: &SeenClose| Some((close.run(processes[before])?, close.run(processes[after])?));
        let pairs: Vec<_> = closes.iter().filter_map(both).collect();
        let held = pairs
            .iter()
            .filter(|(before, after)| before.ended <= after.started);
        before < after && held.count() * 5 >= pairs.len() * 4
    };
    let all: BTreeSet<usize> = (0..place)
        .filter(|before| usually(*before, place))
        .collect();
    let is_direct = |before: &&usize| !all.iter().any(|between| usually(**before, *between));
    all.iter()
        .filter(is_direct)
        .map(|before| processes[*before].clone())
        .collect()
}

/// The time at which a process always begins, where there is one.
fn punctual(draft: &PlanDraft, closes: &[SeenClose], process: &ProcessId) -> Option<StartRule> {
    let start = |close: &SeenClose| {
        let local = draft.zone.to_datetime(close.run(process)?.started);
        Some((
            draft.calendar.number(close.period, local.date()),
            local.time(),
        ))
    };
    let starts: Vec<_> = closes.iter().filter_map(start).collect();
    let (day, first) = *starts.iter().min_by_key(|(_, time)| *time)?;
    let fits = |(of, time): &(i32, jiff::civil::Time)| {
        *of == day && time.duration_since(first) <= PUNCTUAL
    };
    let day = WorkingDay::new(i8::try_from(day).ok()?)?;
    let time = jiff::civil::time(first.hour(), first.minute(), 0, 0);
    (starts.len() >= ENOUGH && starts.iter().all(fits)).then_some(StartRule::At {
        at: DayTime { day, time },
        grace: GRACE,
    })
}

fn middle(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
#[path = "from_history_tests.rs"]
mod tests;
