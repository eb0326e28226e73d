use super::*;
use crate::close::holidays::Preset;
use crate::close::plan::Plan;
use crate::close::test_support::{chain, day_time, draft, item, october, opened, sydney};

#[test]
fn a_close_has_its_cut_off_its_times_and_a_window_that_ends_where_the_next_begins() {
    let plan = chain();
    let close = opened(&plan);
    assert_eq!(close.cut_off, sydney("2026-11-04T18:00"));
    assert_eq!(
        close.due.values().next().unwrap().at,
        sydney("2026-11-04T09:00")
    );
    assert_eq!(close.window.from, sydney("2026-10-26T00:00"));
    assert_eq!(close.window.to, Some(sydney("2026-11-24T00:00")));
    let november = plan.draft().periods.after(october()).unwrap();
    let next = window(plan.draft(), november).unwrap();
    assert_eq!(close.window.to, Some(next.from));
    assert!(!close.window.holds(next.from));
}

#[test]
fn a_cut_off_after_the_next_close_begins_is_refused_and_the_day_is_said() {
    let mut draft = draft(vec![item(1, &[])]);
    // The window of November opens on 24 November, which is WD16 of October.
    draft.cut_off = day_time(15, 18);
    let opened = |draft| open(&Plan::new(draft).unwrap(), october(), 1);
    assert!(opened(draft.clone()).is_ok());
    draft.cut_off = day_time(17, 18);
    let error = opened(draft).unwrap_err();
    assert_eq!(error, OpenError::AfterNext("2026-11-24".parse().unwrap()));
}

#[test]
fn a_cut_off_before_its_close_begins_is_refused_and_the_day_is_said() {
    let mut draft = draft(vec![item(1, &[])]);
    // The window of October opens on 26 October, which is WD−5.
    draft.cut_off = day_time(-5, 18);
    let opened = |draft| open(&Plan::new(draft).unwrap(), october(), 1);
    assert!(opened(draft.clone()).is_ok());
    draft.cut_off = day_time(-6, 18);
    let error = opened(draft).unwrap_err();
    assert!(
        error.to_string().contains("begins on 2026-10-26"),
        "{error}"
    );
}

#[test]
fn an_item_with_an_early_time_opens_the_window_earlier() {
    let mut items = vec![item(1, &[])];
    items[0].start = StartRule::At {
        at: day_time(-8, 7),
        grace: SignedDuration::from_mins(5),
    };
    let plan = Plan::new(draft(items)).unwrap();
    assert_eq!(opened(&plan).window.from, sydney("2026-10-21T00:00"));
}

#[test]
fn a_time_that_the_clocks_leave_out_is_taken_later_and_said() {
    // In Cairo the clocks go forward in the night to a Friday, which is WD1 here.
    let mut draft = draft(vec![item(1, &[])]);
    draft.zone = crate::close::plan::zone("Africa/Cairo").unwrap();
    draft.periods = crate::close::periods::Periods::Listed {
        begin: "2026-04-01".parse().unwrap(),
        ends: vec!["2026-04-23".parse().unwrap()],
    };
    draft.cut_off = day_time(1, 0);
    let plan = Plan::new(draft).unwrap();
    let period = plan.draft().periods.of_day("2026-04-23".parse().unwrap());
    let (close, notes) = open(&plan, period.unwrap(), 1).unwrap();
    let one_o_clock: jiff::ZonedDateTime = "2026-04-24T01:00[Africa/Cairo]".parse().unwrap();
    assert_eq!(close.cut_off, one_o_clock.timestamp());
    assert!(matches!(
        &notes[..],
        [CloseNote::Clock(None, ClockShift::Missing { .. })]
    ));
}

#[test]
fn a_calendar_that_ends_before_the_close_is_said() {
    let mut draft = draft(vec![item(1, &[])]);
    draft.calendar = Preset::by_code("au-nsw").unwrap().calendar();
    draft.calendar.known_until = Some("2026-10-31".parse().unwrap());
    let plan = Plan::new(draft).unwrap();
    let (_, notes) = open(&plan, october(), 1).unwrap();
    assert_eq!(
        notes,
        [CloseNote::KnownUntil("2026-10-31".parse().unwrap())]
    );
}

#[test]
fn an_item_after_the_cut_off_and_a_period_without_working_days_are_refused() {
    let mut late = chain().draft().clone();
    late.cut_off = day_time(3, 8);
    let error = open(&Plan::new(late).unwrap(), october(), 1).unwrap_err();
    assert_eq!(error, OpenError::AfterCutOff("Item 1".into()));
    let mut shut = chain().draft().clone();
    for n in 1..=31 {
        let day = format!("2026-10-{n:02}").parse().unwrap();
        shut.calendar.holidays.insert(day, "Shut".into());
    }
    let error = open(&Plan::new(shut).unwrap(), october(), 1).unwrap_err();
    assert!(error.to_string().contains("has no working day"), "{error}");
}

#[test]
fn an_open_close_stays_as_it_was_and_says_what_a_changed_plan_would_move() {
    let plan = chain();
    let close = opened(&plan);
    assert_eq!(moved_by(&close, &opened(&plan)), Vec::new());
    let mut changed = plan.draft().clone();
    let melbourne_cup = "2026-11-03".parse().unwrap();
    changed
        .calendar
        .holidays
        .insert(melbourne_cup, "Cup".into());
    let changed = Plan::new(changed).unwrap();
    let moved = moved_by(&close, &opened(&changed));
    let (before, after) = (sydney("2026-11-04T18:00"), sydney("2026-11-05T18:00"));
    assert_eq!(moved[0], Moved::CutOff(before, after));
    assert_eq!(moved.len(), 2);
    assert_eq!(close.cut_off, before);
}
