//! Which days are worked on, and the n-th of them around the end of a period.
//!
//! WD1 is the first working day after the period's end, WD−1 the last one on or before it. There is no WD0.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroI8;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use thiserror::Error;

use crate::close::periods::{Period, moved};

/// Working days are counted so far to either side.
pub const MOST_DAYS: i8 = 30;
/// No row of days off is as long as this, in days.
const LONGEST_BREAK: i32 = 60;

/// A working day, counted from the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkingDay(NonZeroI8);

impl WorkingDay {
    /// WDn; none for 0 and for what is further than [`MOST_DAYS`].
    pub fn new(n: i8) -> Option<Self> {
        let near = (-MOST_DAYS..=MOST_DAYS).contains(&n);
        NonZeroI8::new(n).filter(|_| near).map(Self)
    }

    /// The n of WDn.
    pub fn number(self) -> i8 {
        self.0.get()
    }
}

impl fmt::Display for WorkingDay {
    /// `WD3`, `WD−1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.number() < 0 { "−" } else { "" };
        write!(f, "WD{sign}{}", self.number().unsigned_abs())
    }
}

/// Which days are worked on: Monday to Friday without the holidays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Where its holidays are from, to be shown.
    pub name: String,
    /// The days off, and what they are called.
    pub holidays: BTreeMap<Date, String>,
    /// The last day that its holidays are known of; none where nobody can say.
    pub known_until: Option<Date>,
}

/// Why a working day cannot be found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WorkingDayError {
    /// The whole period is off.
    #[error(
        "{} has no working day in the calendar “{calendar}”. Look at its holidays.",
        .period.label()
    )]
    NoneInPeriod {
        /// The period.
        period: Period,
        /// The calendar's name.
        calendar: String,
    },
    /// The period has fewer.
    #[error("{} has fewer working days than {day} needs. Choose a day nearer to its end.", .period.label())]
    BeforePeriod {
        /// The period.
        period: Period,
        /// The day.
        day: WorkingDay,
    },
    /// Too many days off follow each other.
    #[error(
        "The calendar “{calendar}” has no working day for {LONGEST_BREAK} days after {after}. Look at its \
         holidays."
    )]
    NoneAfter {
        /// The last day before them.
        after: Date,
        /// The calendar's name.
        calendar: String,
    },
}

impl Calendar {
    /// Whether this day is worked on.
    pub fn is_working(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !self.holidays.contains_key(&day)
    }

    /// Whether holidays may be missing on this day.
    pub fn is_guess(&self, day: Date) -> bool {
        self.known_until.is_some_and(|until| day > until)
    }

    /// The day that WDn of this period is.
    ///
    /// # Errors
    /// [`WorkingDayError`] where the period or the days after it have no such day.
    pub fn day(&self, period: Period, day: WorkingDay) -> Result<Date, WorkingDayError> {
        if !days_back(period.last, period.first).any(|day| self.is_working(day)) {
            return Err(WorkingDayError::NoneInPeriod {
                period,
                calendar: self.name.clone(),
            });
        }
        let wanted = usize::from(day.number().unsigned_abs());
        if day.number() < 0 {
            let found = days_back(period.last, period.first)
                .filter(|day| self.is_working(*day))
                .nth(wanted - 1);
            return found.ok_or(WorkingDayError::BeforePeriod { period, day });
        }
        let mut date = period.last;
        for _ in 0..wanted {
            date = self.next_working(date)?;
        }
        Ok(date)
    }

    /// By how many working days `date` is from the period's end: what [`Calendar::day`] reads. A day off
    /// counts as the last working day before it.
    pub fn number(&self, period: Period, date: Date) -> i32 {
        let counts = |from: Date, to: Date| {
            let days = days_back(to, from).filter(|day| self.is_working(*day));
            i32::try_from(days.count()).unwrap_or(i32::MAX)
        };
        if date > period.last {
            let after = counts(moved(period.last, 1.day()), date);
            return if after == 0 { -1 } else { after };
        }
        let back = counts(moved(date, 1.day()), period.last) + 1;
        -back
    }

    fn next_working(&self, after: Date) -> Result<Date, WorkingDayError> {
        let days = (1..=LONGEST_BREAK).map(|n| moved(after, n.days()));
        let found = days.into_iter().find(|day| self.is_working(*day));
        found.ok_or_else(|| WorkingDayError::NoneAfter {
            after,
            calendar: self.name.clone(),
        })
    }
}

/// The days from the last one back to the first.
fn days_back(last: Date, first: Date) -> impl Iterator<Item = Date> {
    let back = move |day: &Date| day.yesterday().ok();
    std::iter::successors(Some(last), back).take_while(move |day| *day >= first)
}

#[cfg(test)]
#[path = "working_days_tests.rs"]
mod tests;
