//! Plans of the close board, and their calendars.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::periods::Periods;
use runwatch_core::close::plan::{
    DayTime, Gate, Item, PlanDraft, PlanId, StartRule, zone, zone_name,
};
use runwatch_core::close::working_days::{Calendar, WorkingDay};
use runwatch_core::ids::{AccountId, ProcessId};
use serde::{Deserialize, Serialize};

use super::{Stored, parsed};
use crate::errors::invalid_row;

#[derive(Serialize, Deserialize)]
pub struct PlanForm {
    plan: String,
    account: String,
    name: String,
    zone: String,
    calendar: CalendarForm,
    periods: PeriodsForm,
    cut_off: DayTimeForm,
    items: Vec<ItemForm>,
}

#[derive(Serialize, Deserialize)]
pub struct CalendarForm {
    name: String,
    holidays: BTreeMap<Date, String>,
    known_until: Option<Date>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PeriodsForm {
    Months,
    Listed { begin: Date, ends: Vec<Date> },
}

#[derive(Serialize, Deserialize)]
struct DayTimeForm {
    day: i8,
    time: Time,
}

#[derive(Serialize, Deserialize)]
pub struct ItemForm {
    process: String,
    name: String,
    start: StartRuleForm,
    waits_for: Vec<String>,
    gate: String,
    optional: bool,
    estimate: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StartRuleForm {
    ByHand,
    AfterOthers,
    At { at: DayTimeForm, grace_seconds: i64 },
}

#[derive(Serialize, Deserialize)]
pub struct CloseIdForm {
    plan: String,
    last: Date,
}

impl Stored for CloseId {
    type Form = CloseIdForm;

    fn to_form(&self) -> CloseIdForm {
        CloseIdForm {
            plan: self.plan.0.clone(),
            last: self.last,
        }
    }

    fn from_form(form: CloseIdForm) -> rusqlite::Result<Self> {
        Ok(Self {
            plan: PlanId(form.plan),
            last: form.last,
        })
    }
}

impl Stored for PlanDraft {
    type Form = PlanForm;

    fn to_form(&self) -> PlanForm {
        PlanForm {
            plan: self.id.0.clone(),
            account: self.account.0.clone(),
            name: self.name.clone(),
            // A plan's zone is found by its name.
            zone: zone_name(&self.zone).to_owned(),
            calendar: self.calendar.to_form(),
            periods: match &self.periods {
                Periods::Months => PeriodsForm::Months,
                Periods::Listed { begin, ends } => PeriodsForm::Listed {
                    begin: *begin,
                    ends: ends.clone(),
                },
            },
            cut_off: day_time(self.cut_off),
            items: self.items.iter().map(item).collect(),
        }
    }

    fn from_form(form: PlanForm) -> rusqlite::Result<Self> {
        let items = form.items.into_iter().map(read_item);
        Ok(Self {
            id: PlanId(form.plan),
            account: AccountId(form.account),
            name: form.name,
            zone: parsed(&form.zone, zone)?,
            calendar: Calendar::from_form(form.calendar)?,
            periods: match form.periods {
                PeriodsForm::Months => Periods::Months,
                PeriodsForm::Listed { begin, ends } => Periods::Listed { begin, ends },
            },
            cut_off: read_day_time(form.cut_off)?,
            items: items.collect::<rusqlite::Result<_>>()?,
        })
    }
}

impl Stored for Calendar {
    type Form = CalendarForm;

    fn to_form(&self) -> CalendarForm {
        CalendarForm {
            name: self.name.clone(),
            holidays: self.holidays.clone(),
            known_until: self.known_until,
        }
    }

    fn from_form(form: CalendarForm) -> rusqlite::Result<Self> {
        Ok(Self {
            name: form.name,
            holidays: form.holidays,
            known_until: form.known_until,
        })
    }
}

pub fn item(item: &Item) -> ItemForm {
    ItemForm {
        process: item.process.to_string(),
        name: item.name.clone(),
        start: match &item.start {
            StartRule::ByHand => StartRuleForm::ByHand,
            StartRule::AfterOthers => StartRuleForm::AfterOthers,
            StartRule::At { at, grace } => StartRuleForm::At {
                at: day_time(*at),
                grace_seconds: grace.as_secs(),
            },
        },
        waits_for: item.waits_for.iter().map(ToString::to_string).collect(),
        gate: item.gate.to_form(),
        optional: item.optional,
        estimate: item.estimate,
    }
}

pub fn read_item(form: ItemForm) -> rusqlite::Result<Item> {
    let waits_for = form.waits_for.iter().map(|id| process(id));
    Ok(Item {
        process: process(&form.process)?,
        name: form.name,
        start: match form.start {
            StartRuleForm::ByHand => StartRule::ByHand,
            StartRuleForm::AfterOthers => StartRule::AfterOthers,
            StartRuleForm::At { at, grace_seconds } => StartRule::At {
                at: read_day_time(at)?,
                grace: SignedDuration::from_secs(grace_seconds),
            },
        },
        waits_for: waits_for.collect::<rusqlite::Result<_>>()?,
        gate: Gate::from_form(form.gate)?,
        optional: form.optional,
        estimate: form.estimate,
    })
}

fn day_time(of: DayTime) -> DayTimeForm {
    DayTimeForm {
        day: of.day.number(),
        time: of.time,
    }
}

fn read_day_time(form: DayTimeForm) -> rusqlite::Result<DayTime> {
    let day = WorkingDay::new(form.day);
    Ok(DayTime {
        day: day.ok_or_else(|| invalid_row(format!("{} is no working day", form.day)))?,
        time: form.time,
    })
}

pub(super) fn process(id: &str) -> rusqlite::Result<ProcessId> {
    parsed(id, ProcessId::parse)
}
