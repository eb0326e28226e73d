//! What the close board keeps.

use jiff::SignedDuration;
use jiff::civil::{date, time};
use runwatch_core::close::alarms::{AlarmMemory, Cause};
use runwatch_core::close::binding::{Binding, BoundBy};
use runwatch_core::close::board::Expectation;
use runwatch_core::close::kept::{CapturedAttempt, CloseId, CloseWrite, KeptClose, ToldOfClose};
use runwatch_core::close::open::{Close, Due, Window};
use runwatch_core::close::periods::{Period, Periods};
use runwatch_core::close::plan::{DayTime, Gate, Item, PlanDraft, PlanId, StartRule, zone};
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::close::working_days::{Calendar, WorkingDay};

use super::*;

fn process(id: &str) -> ProcessId {
    ProcessId::parse(id).unwrap()
}

pub fn close_id() -> CloseId {
    CloseId {
        plan: PlanId("plan-1".into()),
        last: date(2026, 10, 31),
    }
}

fn calendar() -> Calendar {
    Calendar {
        name: "New South Wales".into(),
        holidays: [(date(2026, 12, 25), "Christmas Day".into())].into(),
        known_until: Some(date(2028, 12, 31)),
    }
}

pub fn plans() -> Vec<PlanDraft> {
    let day_time = |day, hour| DayTime {
        day: WorkingDay::new(day).unwrap(),
        time: time(hour, 30, 0, 0),
    };
    let item = |id: &str, start, waits_for: &[&str]| Item {
        process: process(id),
        name: format!("Item {id}"),
        start,
        waits_for: waits_for.iter().map(|id| process(id)).collect(),
        gate: Gate::WarningsAllowed,
        optional: false,
        estimate: None,
    };
    let at = StartRule::At {
        at: day_time(-1, 9),
        grace: SignedDuration::from_mins(15),
    };
    let months = PlanDraft {
        id: close_id().plan,
        account: key().account,
        name: "Month-end".into(),
        zone: zone("Australia/Sydney").unwrap(),
        calendar: calendar(),
        periods: Periods::Months,
        cut_off: day_time(3, 18),
        items: vec![
            item("p-1", at, &[]),
            item("p-2", StartRule::ByHand, &["p-1"]),
            Item {
                gate: Gate::Succeeded,
                optional: true,
                estimate: Some(1_200.0),
                ..item("p-3", StartRule::AfterOthers, &["p-1", "p-2"])
            },
        ],
    };
    let weeks = PlanDraft {
        id: PlanId("plan-2".into()),
        periods: Periods::Listed {
            begin: date(2026, 6, 28),
            ends: vec![date(2026, 7, 25), date(2026, 8, 22)],
        },
        calendar: Calendar::default(),
        ..months.clone()
    };
    vec![months, weeks]
}

/// The latest period first.
pub fn closes() -> Vec<KeptClose> {
    let by = [BoundBy::StartHere, BoundBy::Rule, BoundBy::Hand];
    let bindings = by.into_iter().zip(1..).map(|(by, n)| Binding {
        accepted: Some(2),
        passed_over: [key_of("pr-8").run].into(),
        ..Binding::new(
            process(&format!("p-{n}")),
            key_of(&format!("pr-{n}")).run,
            by,
        )
    });
    let causes = [
        Cause::ExpectedLate,
        Cause::Late,
        Cause::Blocked(process("p-2")),
    ];
    let close = Close {
        plan: close_id().plan,
        period: Period {
            first: date(2026, 10, 1),
            last: date(2026, 10, 31),
        },
        cut_off: at(500_000),
        window: Window {
            from: at(0),
            to: Some(at(900_000)),
        },
        due: [(
            process("p-1"),
            Due {
                at: at(1_000),
                grace: SignedDuration::from_mins(15),
            },
        )]
        .into(),
        calendar: calendar(),
        seed: u64::MAX,
    };
    let full = KeptClose {
        archived: true,
        bindings: bindings.collect(),
        set_aside: [key_of("pr-9").run].into(),
        taken_off: [key_of("pr-10").run].into(),
        told: ToldOfClose {
            alarms: AlarmMemory {
                under_since: Some(at(60)),
                expected_late: true,
                told: causes.into(),
            },
            next_steps: [process("p-2")].into(),
            did_not_start: [process("p-1")].into(),
        },
        items: Some(plans().remove(0).items),
        through: Some(at(400_000)),
        seen_since_cut_off: true,
        something_failed: true,
        ..KeptClose::new(close.clone())
    };
    let fresh = KeptClose::new(Close {
        period: Period {
            first: date(2026, 9, 1),
            last: date(2026, 9, 30),
        },
        window: Window {
            to: None,
            ..close.window
        },
        seed: 7,
        ..close
    });
    vec![full, fresh]
}

pub fn forecasts() -> Vec<(CloseId, PublishedForecast)> {
    let finish = Expectation {
        early: at(100),
        middle: at(200),
        late: at(300),
    };
    let forecast = |percent| PublishedForecast {
        at: at(60),
        percent,
        finish,
    };
    vec![
        (close_id(), forecast(Some(85))),
        (close_id(), forecast(None)),
    ]
}

pub fn captured() -> CapturedAttempt {
    CapturedAttempt {
        key: key_of("pr-1"),
        process: process("p-1"),
        attempt: 2,
        run_name: "Close 1".into(),
        created: Some(at(0)),
        stamp: stamp_of("Finished", Some(0), Some(20)),
        outcome: Outcome::Warnings,
        because: "Step 1.4 warned.".into(),
        seconds: Some(20.5),
        steps: steps(),
        steps_are_cut: true,
        captured: at(30),
    }
}

/// All that is written for the close board.
pub fn close_writes() -> Vec<CloseWrite> {
    let plans = plans()
        .into_iter()
        .map(|plan| CloseWrite::Plan(Box::new(plan)));
    let closes = closes()
        .into_iter()
        .map(|one| CloseWrite::Close(Box::new(one)));
    let forecasts = forecasts()
        .into_iter()
        .map(|(close, forecast)| CloseWrite::Forecast(close, forecast));
    let captured = CloseWrite::Captured(Box::new(captured()));
    plans
        .chain(closes)
        .chain(forecasts)
        .chain([captured])
        .collect()
}
