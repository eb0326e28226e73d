//! When people usually start what waits for nothing: on the same working day, at the same time of day.

use jiff::Timestamp;

use crate::close::earlier_closes::{EarlierClose, EarlierRun};
use crate::close::local_time::moment;
use crate::close::open::Close;
use crate::close::periods::Period;
use crate::close::plan::Plan;
use crate::close::working_days::WorkingDay;

/// The middle one of the moments at which earlier closes would have it start in this close; none
/// without earlier ones.
pub fn usual_start(
    plan: &Plan,
    close: &Close,
    earlier: &[EarlierClose],
    place: usize,
) -> Option<Timestamp> {
    let of_close = |earlier: &EarlierClose| {
        let run = earlier.runs[place]?;
        same_time(plan, close, earlier.period, run)
    };
    let mut moments: Vec<Timestamp> = earlier.iter().filter_map(of_close).collect();
    moments.sort();
    moments.get(moments.len() / 2).copied()
}

fn same_time(plan: &Plan, close: &Close, period: Period, run: EarlierRun) -> Option<Timestamp> {
    let zone = &plan.draft().zone;
    let local = zone.to_datetime(run.started);
    let number = close.calendar.number(period, local.date());
    let day = WorkingDay::new(i8::try_from(number).ok()?)?;
    let date = close.calendar.day(close.period, day).ok()?;
    Some(moment(date, local.time(), zone)?.at)
}
