//! A month-end that several tests here share: Sydney, October 2026, cut-off at 18:00 on WD3 (4 November).

use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};

use crate::attempt::{Attempt, Phase};
use crate::close::board::{BoardView, Facts, forecast};
use crate::close::item_state::{BoundRun, ItemFacts};
use crate::close::open::{Close, open};
use crate::close::periods::{Period, Periods};
use crate::close::plan::{DayTime, Gate, Item, Plan, PlanDraft, PlanId, StartRule, zone};
use crate::close::working_days::{Calendar, WorkingDay};
use crate::duration_sample::DurationSample;
use crate::ids::{AccountId, ProcessId, RunId, RunKey};
use crate::outcome::Outcome;
use crate::run::Run;
use crate::status::RunStatus;
use crate::status_stamp::StatusStamp;

pub(crate) fn process(n: usize) -> ProcessId {
    ProcessId::parse(&format!("p-{n}")).unwrap()
}

pub(crate) fn run_id(n: usize) -> RunId {
    RunId::parse(&format!("pr-{n}")).unwrap()
}

/// A moment in Sydney.
pub(crate) fn sydney(text: &str) -> Timestamp {
    let zoned: jiff::ZonedDateTime = format!("{text}[Australia/Sydney]").parse().unwrap();
    zoned.timestamp()
}

pub(crate) fn october() -> Period {
    Periods::Months
        .of_day("2026-10-31".parse().unwrap())
        .unwrap()
}

pub(crate) fn day_time(day: i8, hour: i8) -> DayTime {
    DayTime {
        day: WorkingDay::new(day).unwrap(),
        time: time(hour, 0, 0, 0),
    }
}

/// An item that is started by hand after these.
pub(crate) fn item(n: usize, waits_for: &[usize]) -> Item {
    Item {
        process: process(n),
        name: format!("Item {n}"),
        start: StartRule::ByHand,
        waits_for: waits_for.iter().map(|before| process(*before)).collect(),
        gate: Gate::WarningsAllowed,
        optional: false,
        estimate: None,
    }
}

/// A draft with these items; the first one is due at 9:00 on WD3.
pub(crate) fn draft(items: Vec<Item>) -> PlanDraft {
    PlanDraft {
        id: PlanId("plan".into()),
        account: AccountId("a".into()),
        name: "Month-end".into(),
        zone: zone("Australia/Sydney").unwrap(),
        calendar: Calendar::default(),
        periods: Periods::Months,
        cut_off: day_time(3, 18),
        items,
    }
}

/// Three items, one after the other; the first has its time.
pub(crate) fn chain() -> Plan {
    let mut items = vec![item(1, &[]), item(2, &[1]), item(3, &[2])];
    items[0].start = StartRule::At {
        at: day_time(3, 9),
        grace: SignedDuration::from_mins(15),
    };
    Plan::new(draft(items)).unwrap()
}

pub(crate) fn opened(plan: &Plan) -> Close {
    open(plan, october(), 7).unwrap().0
}

pub(crate) fn sample(n: usize, run: usize, ended: Timestamp, minutes: f64) -> DurationSample {
    DurationSample {
        key: RunKey {
            account: AccountId("a".into()),
            run: run_id(run),
        },
        process: process(n),
        ended,
        seconds: minutes * 60.0,
    }
}

/// Six earlier closes of the chain: an hour each, ten minutes between them.
pub(crate) fn six_closes() -> Vec<DurationSample> {
    let days = [
        "2026-10-05",
        "2026-09-03",
        "2026-08-05",
        "2026-07-03",
        "2026-06-03",
        "2026-05-05",
    ];
    let mut samples = Vec::new();
    for (month, day) in days.iter().enumerate() {
        let wobble = [0.95, 1.0, 1.05][month % 3];
        let mut at = sydney(&format!("{day}T09:00"));
        for n in 1..=3 {
            at += SignedDuration::from_secs_f64(3600.0 * wobble);
            samples.push(sample(n, 100 * month + n, at, 60.0 * wobble));
            at += SignedDuration::from_mins(10);
        }
    }
    samples
}

/// A run of process `n` that stands like this.
pub(crate) fn run(n: usize, status: &str, phase: Phase, dates: [Option<&str>; 2]) -> Run {
    let key = RunKey {
        account: AccountId("a".into()),
        run: run_id(n),
    };
    let [started, finished] = dates.map(|date| date.map(sydney));
    let stamp = StatusStamp {
        status: RunStatus::from_word(status),
        started,
        finished,
    };
    Run {
        attempt: Some(Attempt::first(stamp, phase)),
        ..Run::new(key)
    }
}

pub(crate) fn ended(n: usize, outcome: Outcome, from: &str, to: &str) -> Run {
    let phase = Phase::Ended {
        outcome,
        silent: false,
    };
    run(n, "Finished", phase, [Some(from), Some(to)])
}

pub(crate) fn running(n: usize, from: &str) -> Run {
    run(n, "Running", Phase::Going, [Some(from), None])
}

/// The board of the October close, with these runs at the items' places.
pub(crate) fn board(
    plan: &Plan,
    runs: &[Option<Run>],
    samples: &[DurationSample],
    now: &str,
) -> BoardView {
    let runs: Vec<Option<BoundRun>> = runs
        .iter()
        .map(|run| {
            run.as_ref().map(|run| BoundRun {
                run,
                steps: &[],
                is_accepted: false,
            })
        })
        .chain(std::iter::repeat(None))
        .take(plan.items().len())
        .collect();
    let facts = Facts {
        items: ItemFacts {
            runs: &runs,
            asks: &[],
            gone: &[],
            earlier_steps: &[],
        },
        samples,
        counted: &[],
        account_is_gone: false,
        seen_through: None,
    };
    forecast(plan, &opened(plan), facts, sydney(now))
}
