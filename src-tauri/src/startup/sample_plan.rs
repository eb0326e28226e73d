//! The plan of `--demo`: the month-end that the simulated SolveXia has run six times. Its periods go by today,
//! so that one click opens a close whose cut-off lies ahead.

use std::sync::Arc;

use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use runwatch_core::close::periods::Periods;
use runwatch_core::close::plan::{DayTime, Gate, Item, PlanDraft, PlanId, StartRule};
use runwatch_core::close::working_days::{Calendar, WorkingDay};
use runwatch_core::ids::{AccountId, ProcessId};
use runwatch_engine::EngineError;

use crate::app_state::AppState;

/// Each process with those that it waits for.
const ITEMS: [(&str, &str, &[&str]); 6] = [
    ("p-10002", "FX revaluation", &[]),
    ("p-10006", "AP ageing", &["p-10002"]),
    ("p-10003", "Intercompany matching", &["p-10002"]),
    ("p-10007", "Fixed asset roll-forward", &["p-10003"]),
    ("p-10004", "Accruals and prepayments", &["p-10003"]),
    (
        "p-10010",
        "Consolidation",
        &["p-10007", "p-10004", "p-10006"],
    ),
];
/// Periods before the one that can be opened: as many as there are earlier month-ends, and one more.
const EARLIER: i32 = 7;

/// Keeps the plan. One of an earlier day goes, with its closes: sample data begins anew each time.
///
/// # Errors
/// [`EngineError`] where it cannot be kept.
pub async fn keep(app_state: &Arc<AppState>, account: &AccountId) -> Result<(), EngineError> {
    let engine = &app_state.engine;
    let zone = TimeZone::system();
    let zone = if zone.iana_name().is_some() {
        zone
    } else {
        TimeZone::UTC
    };
    let Some(draft) = plan(account, &zone, engine.now()) else {
        return Ok(());
    };
    match engine.closes.plan(&draft.id) {
        Ok(kept) if kept.draft().periods == draft.periods => return Ok(()),
        Ok(_) => engine.delete_plan(&draft.id).await?,
        Err(_) => {}
    }
    engine.save_plan(draft).await.map(drop)
}

/// None where an id or a day is none, which no test has met.
fn plan(account: &AccountId, zone: &TimeZone, now: Timestamp) -> Option<PlanDraft> {
    let yesterday = zone.to_datetime(now).date().yesterday().ok()?;
    let end = |back: i32| yesterday.saturating_sub((28 * back).days());
    let ends: Vec<Date> = (0..EARLIER).rev().map(end).collect();
    let item = |(process, name, waits_for): &(&str, &str, &[&str])| {
        let waits_for: Option<Vec<ProcessId>> = waits_for
            .iter()
            .map(|process| ProcessId::parse(process).ok())
            .collect();
        Some(Item {
            process: ProcessId::parse(process).ok()?,
            name: (*name).to_owned(),
            start: StartRule::ByHand,
            waits_for: waits_for?,
            gate: Gate::WarningsAllowed,
            optional: false,
            estimate: None,
        })
    };
    Some(PlanDraft {
        id: PlanId("sample-plan".into()),
        account: account.clone(),
        name: "Month-end".into(),
        zone: zone.clone(),
        calendar: Calendar {
            name: "Monday to Friday".into(),
            ..Calendar::default()
        },
        periods: Periods::Listed {
            begin: end(EARLIER).tomorrow().ok()?,
            ends,
        },
        cut_off: DayTime {
            day: WorkingDay::new(2)?,
            time: time(12, 0, 0, 0),
        },
        items: ITEMS.iter().map(item).collect::<Option<Vec<Item>>>()?,
    })
}

#[cfg(test)]
mod tests {
    use runwatch_core::close::open::open;
    use runwatch_core::close::plan::Plan;

    use super::*;

    #[test]
    fn on_every_day_the_sample_close_can_be_opened_and_its_cut_off_lies_ahead() {
        for day in 0..60 {
            for hour in [1, 9, 23] {
                let now: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
                let now = now + (day * 24 + hour).hours();
                for zone in ["Australia/Sydney", "America/New_York", "UTC"] {
                    let zone = TimeZone::get(zone).unwrap();
                    let draft = plan(&AccountId("sample".into()), &zone, now).unwrap();
                    let plan = Plan::new(draft).unwrap();
                    let yesterday = zone.to_datetime(now).date().yesterday().unwrap();
                    let period = plan.draft().periods.of_day(yesterday).unwrap();
                    let (close, notes) = open(&plan, period, 1).unwrap();
                    assert!(close.cut_off > now && notes.is_empty(), "{now} {notes:?}");
                    assert!(close.window.holds(now), "{now}");
                }
            }
        }
    }
}
