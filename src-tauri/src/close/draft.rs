//! Plans as the page types them, and back.

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use runwatch_contract::{
    AppError, CalendarForm, CloseRef, DayTimeForm, ErrorCode, Holiday, PeriodsForm, PlanForm,
    PlanItemForm, StartRuleForm,
};
use runwatch_core::close::holidays::{MOST_HOLIDAYS, holiday_name};
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::periods::Periods;
use runwatch_core::close::plan::{DayTime, Item, PlanDraft, PlanId, StartRule, zone, zone_name};
use runwatch_core::close::working_days::{Calendar, MOST_DAYS, WorkingDay};
use runwatch_core::ids::{AccountId, shorten};

use crate::api::answer::{Answer, process};

/// Minutes of the longest estimate: a month.
const LONGEST_ESTIMATE: f64 = 31.0 * 24.0 * 60.0;

/// The close that the page names.
///
/// # Errors
/// Where its day is none.
pub fn close_id(close: &CloseRef) -> Answer<CloseId> {
    Ok(CloseId {
        plan: PlanId(close.plan_id.clone()),
        last: date(&close.period_last)?,
    })
}

/// A plan as it was typed; a new one gets an id. Whether it makes sense is checked when it is kept.
///
/// # Errors
/// Where a zone, a day, a time or an id cannot be read.
pub fn read(form: PlanForm) -> Answer<PlanDraft> {
    let new_id = || uuid::Uuid::new_v4().to_string();
    let items = form.items.into_iter().map(read_item);
    Ok(PlanDraft {
        id: PlanId(form.plan_id.unwrap_or_else(new_id)),
        account: AccountId(form.account_id),
        name: form.name,
        zone: zone(&form.zone).map_err(|error| typed(error.to_string()))?,
        calendar: read_calendar(form.calendar)?,
        periods: match form.periods {
            PeriodsForm::Months => Periods::Months,
            PeriodsForm::Listed { begin, ends } => Periods::Listed {
                begin: date(&begin)?,
                ends: ends.iter().map(|end| date(end)).collect::<Answer<_>>()?,
            },
        },
        cut_off: read_day_time(&form.cut_off)?,
        items: items.collect::<Answer<_>>()?,
    })
}

/// A plan as the page shows it.
pub fn show(draft: &PlanDraft) -> PlanForm {
    PlanForm {
        plan_id: Some(draft.id.0.clone()),
        account_id: draft.account.0.clone(),
        name: draft.name.clone(),
        zone: zone_name(&draft.zone).to_owned(),
        calendar: show_calendar(&draft.calendar),
        periods: match &draft.periods {
            Periods::Months => PeriodsForm::Months,
            Periods::Listed { begin, ends } => PeriodsForm::Listed {
                begin: begin.to_string(),
                ends: ends.iter().map(Date::to_string).collect(),
            },
        },
        cut_off: show_day_time(draft.cut_off),
        items: draft.items.iter().map(show_item).collect(),
    }
}

/// A calendar as the page shows it.
pub fn show_calendar(calendar: &Calendar) -> CalendarForm {
    let holiday = |(day, name): (&Date, &String)| Holiday {
        day: day.to_string(),
        name: name.clone(),
    };
    CalendarForm {
        name: calendar.name.clone(),
        holidays: calendar.holidays.iter().map(holiday).collect(),
        known_until: calendar.known_until.map(|day| day.to_string()),
    }
}

/// What starts an item, as the page shows it.
pub fn show_start(start: &StartRule) -> StartRuleForm {
    match start {
        StartRule::ByHand => StartRuleForm::ByHand,
        StartRule::AfterOthers => StartRuleForm::AfterOthers,
        StartRule::At { at, grace } => StartRuleForm::At {
            at: show_day_time(*at),
            grace_minutes: u32::try_from(grace.as_mins()).unwrap_or_default(),
        },
    }
}

fn read_calendar(form: CalendarForm) -> Answer<Calendar> {
    if form.holidays.len() > MOST_HOLIDAYS {
        let most = format!(
            "A calendar has {MOST_HOLIDAYS} days off at most. Leave out years that are over."
        );
        return Err(typed(most));
    }
    let holiday = |holiday: Holiday| Ok((date(&holiday.day)?, holiday_name(&holiday.name)));
    Ok(Calendar {
        name: shorten(form.name.trim(), 100),
        holidays: form
            .holidays
            .into_iter()
            .map(holiday)
            .collect::<Answer<_>>()?,
        known_until: form.known_until.as_deref().map(date).transpose()?,
    })
}

fn read_item(form: PlanItemForm) -> Answer<Item> {
    let estimate = form.estimate_minutes.map(|minutes| minutes * 60.0);
    if form
        .estimate_minutes
        .is_some_and(|minutes| minutes > LONGEST_ESTIMATE)
    {
        let name = shorten(&form.name, 60);
        return Err(typed(format!(
            "“{name}” cannot take more than a month. Type fewer minutes."
        )));
    }
    let waits_for = form.waits_for.iter().map(|id| process(id));
    Ok(Item {
        process: process(&form.process_id)?,
        name: form.name,
        start: match &form.start {
            StartRuleForm::ByHand => StartRule::ByHand,
            StartRuleForm::AfterOthers => StartRule::AfterOthers,
            StartRuleForm::At { at, grace_minutes } => StartRule::At {
                at: read_day_time(at)?,
                grace: SignedDuration::from_mins(i64::from(*grace_minutes)),
            },
        },
        waits_for: waits_for.collect::<Answer<_>>()?,
        gate: form.gate,
        optional: form.optional,
        estimate,
    })
}

fn show_item(item: &Item) -> PlanItemForm {
    PlanItemForm {
        process_id: item.process.to_string(),
        name: item.name.clone(),
        start: show_start(&item.start),
        waits_for: item.waits_for.iter().map(ToString::to_string).collect(),
        gate: item.gate,
        optional: item.optional,
        estimate_minutes: item.estimate.map(|seconds| seconds / 60.0),
    }
}

fn read_day_time(form: &DayTimeForm) -> Answer<DayTime> {
    let day = WorkingDay::new(form.day).ok_or_else(|| {
        typed(format!(
            "A working day is 1 to {MOST_DAYS} after the period’s end, or −1 to −{MOST_DAYS} before it. There is \
             no working day 0."
        ))
    })?;
    let time: Result<Time, _> = form.time.parse();
    let no_time = |_| {
        let typed_text = shorten(&form.time, 20);
        typed(format!(
            "“{typed_text}” is no time of day. Type it as 18:00."
        ))
    };
    Ok(DayTime {
        day,
        time: time.map_err(no_time)?,
    })
}

fn show_day_time(of: DayTime) -> DayTimeForm {
    DayTimeForm {
        day: of.day.number(),
        time: of.time.strftime("%H:%M").to_string(),
    }
}

fn date(text: &str) -> Answer<Date> {
    let no_day = |_| {
        typed(format!(
            "“{}” is no day. Type it as 2026-10-31.",
            shorten(text, 20)
        ))
    };
    text.parse().map_err(no_day)
}

fn typed(message: String) -> AppError {
    AppError::new(ErrorCode::BadId, message)
}

#[cfg(test)]
mod tests {
    use runwatch_core::close::plan::Gate;

    use super::*;

    fn form() -> PlanForm {
        PlanForm {
            plan_id: Some("plan".into()),
            account_id: "a".into(),
            name: "Month-end".into(),
            zone: "Australia/Sydney".into(),
            calendar: CalendarForm {
                name: "New South Wales".into(),
                holidays: vec![Holiday {
                    day: "2026-12-25".into(),
                    name: "Christmas Day".into(),
                }],
                known_until: Some("2028-12-31".into()),
            },
            periods: PeriodsForm::Listed {
                begin: "2026-06-28".into(),
                ends: vec!["2026-07-25".into()],
            },
            cut_off: DayTimeForm {
                day: 3,
                time: "18:00".into(),
            },
            items: vec![PlanItemForm {
                process_id: "p-1".into(),
                name: "Bank load".into(),
                start: StartRuleForm::At {
                    at: DayTimeForm {
                        day: -1,
                        time: "09:30".into(),
                    },
                    grace_minutes: 15,
                },
                waits_for: vec!["p-2".into()],
                gate: Gate::WarningsAllowed,
                optional: true,
                estimate_minutes: Some(20.0),
            }],
        }
    }

    #[test]
    fn a_plan_comes_back_to_the_page_as_it_was_typed() {
        assert_eq!(show(&read(form()).unwrap()), form());
    }

    #[test]
    fn what_cannot_be_read_is_named_with_what_to_type() {
        let refused = |change: &dyn Fn(&mut PlanForm)| {
            let mut changed = form();
            change(&mut changed);
            let error = read(changed).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadId);
            error.message
        };
        let zone = refused(&|form| form.zone = "Sydney".into());
        assert!(zone.contains("such as Australia/Sydney"), "{zone}");
        let time = refused(&|form| form.cut_off.time = "25:00".into());
        assert!(time.contains("“25:00” is no time of day"), "{time}");
        let day = refused(&|form| form.cut_off.day = 0);
        assert!(day.contains("no working day 0"), "{day}");
        let holiday = refused(&|form| form.calendar.holidays[0].day = "3/4/2026".into());
        assert!(holiday.contains("Type it as 2026-10-31"), "{holiday}");
        let process = refused(&|form| form.items[0].process_id = "pr-1".into());
        assert!(!process.is_empty());
        let long = refused(&|form| form.items[0].estimate_minutes = Some(1e9));
        assert!(long.contains("more than a month"), "{long}");
    }
}
