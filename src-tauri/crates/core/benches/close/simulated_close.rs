//! Simulated month-ends: a plan whose processes have durations of their own, and its closes.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::rngs::StdRng;
use runwatch_core::close::open::{Close, open};
use runwatch_core::close::periods::{Period, Periods};
use runwatch_core::close::plan::{DayTime, Gate, Item, Plan, PlanDraft, PlanId, StartRule, zone};
use runwatch_core::close::working_days::{Calendar, WorkingDay};
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};

use crate::Answer;

/// How closes behave.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Items follow each other, or some run beside each other.
    pub is_chain: bool,
    /// Earlier closes.
    pub history: usize,
    /// The spread of what all durations of a close have in common.
    pub common: f64,
    /// The chance that a run takes two to three times as long.
    pub straggler: f64,
}

/// One plan with what chance does to it.
pub struct SimulatedClose {
    pub plan: Plan,
    pub close: Close,
    pub samples: Vec<DurationSample>,
    items: Vec<Nature>,
    kind: Kind,
}

/// How long an item takes and lets wait, as nobody knows it.
struct Nature {
    minutes: f64,
    spread: f64,
    delay_minutes: f64,
    delay_spread: f64,
}

/// What happened to one item, in seconds after the first start.
#[derive(Clone, Copy)]
pub struct Happened {
    pub start: f64,
    pub end: f64,
}

/// The month whose close is forecast.
const PERIOD: Date = date(2026, 10, 31);

impl SimulatedClose {
    /// A close of this kind; `making_it` is the share of its closes that make the cut-off.
    pub fn new(random: &mut StdRng, kind: Kind, making_it: f64) -> Answer<Self> {
        let items = random.random_range(6..=8);
        Self::with_items(random, kind, making_it, items)
    }

    /// A close with so many items.
    pub fn with_items(
        random: &mut StdRng,
        kind: Kind,
        making_it: f64,
        count: usize,
    ) -> Answer<Self> {
        let before = if kind.is_chain {
            chain(count)
        } else {
            diamond(random, count)
        };
        let items: Vec<Nature> = (0..count).map(|_| Nature::by_chance(random)).collect();
        let probe = |random: &mut StdRng| {
            let mut ends: Vec<f64> = (0..400)
                .map(|_| last_end(&play(random, &items, &before, kind)))
                .collect();
            ends.sort_by(f64::total_cmp);
            ends[(400.0 * making_it) as usize]
        };
        let plan = plan(&before, probe(random))?;
        let period = period_of(&plan, PERIOD)?;
        let (close, _) = open(&plan, period, random.random())?;
        let mut simulated = Self {
            samples: Vec::new(),
            plan,
            close,
            items,
            kind,
        };
        let mut period = period;
        for _ in 0..kind.history {
            period = simulated
                .plan
                .draft()
                .periods
                .before(period)
                .ok_or("no month")?;
            let (earlier, _) = open(&simulated.plan, period, 0)?;
            let happened = simulated.play(random);
            simulated.learn_from(&earlier, &happened)?;
        }
        Ok(simulated)
    }

    /// One close by chance.
    pub fn play(&self, random: &mut StdRng) -> Vec<Happened> {
        let before: Vec<Vec<usize>> = (0..self.items.len())
            .map(|place| self.plan.before(place).to_vec())
            .collect();
        play(random, &self.items, &before, self.kind)
    }

    fn learn_from(&mut self, close: &Close, happened: &[Happened]) -> Answer<()> {
        let begin = begin(close)?;
        for (item, one) in self.plan.items().iter().zip(happened) {
            let number = self.samples.len();
            self.samples.push(DurationSample {
                key: RunKey {
                    account: self.plan.draft().account.clone(),
                    run: RunId::parse(&format!("pr-{number}"))?,
                },
                process: item.process.clone(),
                ended: begin + SignedDuration::from_secs_f64(one.end),
                seconds: one.end - one.start,
            });
        }
        Ok(())
    }
}

/// When the first item of a close is due.
pub fn begin(close: &Close) -> Answer<Timestamp> {
    let first = close.due.values().next().ok_or("nothing is due")?;
    Ok(first.at)
}

pub fn last_end(happened: &[Happened]) -> f64 {
    happened.iter().map(|one| one.end).fold(0.0, f64::max)
}

fn period_of(plan: &Plan, day: Date) -> Answer<Period> {
    Ok(plan.draft().periods.of_day(day).ok_or("no period")?)
}

impl Nature {
    fn by_chance(random: &mut StdRng) -> Self {
        Self {
            minutes: random.random_range(15.0..45.0),
            spread: random.random_range(0.08..0.3),
            delay_minutes: random.random_range(2.0..10.0),
            delay_spread: random.random_range(0.4..0.9),
        }
    }
}

fn chain(count: usize) -> Vec<Vec<usize>> {
    (0..count)
        .map(|place| place.checked_sub(1).into_iter().collect())
        .collect()
}

/// One item, then two or three beside each other, then one, and so on.
fn diamond(random: &mut StdRng, count: usize) -> Vec<Vec<usize>> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new()];
    let mut gate = 0;
    while before.len() < count {
        let beside: usize = random.random_range(2..=3).min(count - before.len());
        let first = before.len();
        before.extend((0..beside).map(|_| vec![gate]));
        if before.len() < count {
            gate = before.len();
            before.push((first..gate).collect());
        }
    }
    before
}

fn play(random: &mut StdRng, items: &[Nature], before: &[Vec<usize>], kind: Kind) -> Vec<Happened> {
    let slow = (kind.common * normal(random)).exp();
    let mut happened: Vec<Happened> = Vec::new();
    for (item, before) in items.iter().zip(before) {
        let free = before
            .iter()
            .map(|place| happened[*place].end)
            .reduce(f64::max);
        let delay = 60.0 * item.delay_minutes * (item.delay_spread * normal(random)).exp();
        let start = free.map_or(0.0, |free| free + delay);
        let straggles = random.random_bool(kind.straggler);
        let factor = if straggles {
            random.random_range(2.0..3.0)
        } else {
            1.0
        };
        let own = (item.spread * normal(random)).exp();
        let end = start + 60.0 * item.minutes * slow * own * factor;
        happened.push(Happened { start, end });
    }
    happened
}

fn normal(random: &mut StdRng) -> f64 {
    let (a, b): (f64, f64) = (random.random_range(f64::EPSILON..1.0), random.random());
    (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

fn plan(before: &[Vec<usize>], cut_off_after: f64) -> Answer<Plan> {
    let day = WorkingDay::new(3).ok_or("no WD3")?;
    let early = jiff::civil::time(1, 0, 0, 0);
    let cut_off = early.checked_add(SignedDuration::from_secs_f64(cut_off_after))?;
    let process = |place: usize| ProcessId::parse(&format!("p-{place}"));
    let item = |(place, before): (usize, &Vec<usize>)| {
        let waits_for: Result<Vec<_>, _> = before.iter().map(|place| process(*place)).collect();
        let at = DayTime { day, time: early };
        let grace = SignedDuration::from_mins(15);
        Ok::<_, runwatch_core::ids::IdError>(Item {
            process: process(place)?,
            name: format!("Item {place}"),
            start: match before.is_empty() {
                true => StartRule::At { at, grace },
                false => StartRule::ByHand,
            },
            waits_for: waits_for?,
            gate: Gate::WarningsAllowed,
            optional: false,
            estimate: None,
        })
    };
    let items: Result<Vec<Item>, _> = before.iter().enumerate().map(item).collect();
    Ok(Plan::new(PlanDraft {
        id: PlanId("plan".into()),
        account: AccountId("a".into()),
        name: "Month-end".into(),
        zone: zone("Australia/Sydney")?,
        calendar: Calendar::default(),
        periods: Periods::Months,
        cut_off: DayTime { day, time: cut_off },
        items: items?,
    })?)
}
