//! What a plan closes: calendar months, or periods that its owner lists, such as 4-4-5 weeks.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use thiserror::Error;

/// Days of the longest period that is listed: a year, and a week of leeway.
const LONGEST: i32 = 373;

/// What a plan closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Periods {
    /// Each calendar month.
    Months,
    /// Periods that follow each other.
    Listed {
        /// The first day of the first one.
        begin: Date,
        /// The last day of each, the earliest first.
        ends: Vec<Date>,
    },
}

/// One period: from a first day to a last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// Why a list of periods is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PeriodsError {
    /// There are none.
    #[error("List at least one day on which a period ends.")]
    None,
    /// A period would end before it begins.
    #[error("The period that ends on {0} would begin after that day. List the days in order.")]
    NotInOrder(Date),
    /// A period is longer than a year.
    #[error("The period that ends on {0} would be longer than a year. Is a day missing before it?")]
    TooLong(Date),
}

impl Periods {
    /// Looks at a list of periods.
    ///
    /// # Errors
    /// [`PeriodsError`] where it is empty or not in order.
    pub fn check(&self) -> Result<(), PeriodsError> {
        let Self::Listed { begin, ends } = self else {
            return Ok(());
        };
        if ends.is_empty() {
            return Err(PeriodsError::None);
        }
        let mut first = *begin;
        for end in ends {
            if *end < first {
                return Err(PeriodsError::NotInOrder(*end));
            }
            if days_between(first, *end) > LONGEST {
                return Err(PeriodsError::TooLong(*end));
            }
            first = moved(*end, 1.day());
        }
        Ok(())
    }

    /// The period that this day lies in; none outside the listed ones.
    pub fn of_day(&self, day: Date) -> Option<Period> {
        match self {
            Self::Months => Some(Period {
                first: day.first_of_month(),
                last: day.last_of_month(),
            }),
            Self::Listed { begin, ends } => {
                let at = ends.partition_point(|end| *end < day);
                let first = match at.checked_sub(1) {
                    Some(before) => moved(ends[before], 1.day()),
                    None => *begin,
                };
                let last = *ends.get(at)?;
                (day >= first).then_some(Period { first, last })
            }
        }
    }

    /// The latest period that ended before this day; none before the first one has.
    pub fn ended_before(&self, day: Date) -> Option<Period> {
        let end = match self {
            Self::Months => moved(day.first_of_month(), -1.day()),
            Self::Listed { ends, .. } => *ends.iter().rev().find(|end| **end < day)?,
        };
        self.of_day(end)
    }

    /// The period after this one; none after the last that is listed.
    pub fn after(&self, period: Period) -> Option<Period> {
        self.of_day(moved(period.last, 1.day()))
    }

    /// The period before this one; none before the first that is listed.
    pub fn before(&self, period: Period) -> Option<Period> {
        self.of_day(moved(period.first, -1.day()))
    }
}

impl Period {
    /// How it is called: by its month where it is one, else by its last day.
    pub fn label(&self) -> String {
        let is_month =
            self.first == self.last.first_of_month() && self.last == self.first.last_of_month();
        match is_month {
            true => self.last.strftime("%B %Y").to_string(),
            false => self.last.strftime("period to %-d %B %Y").to_string(),
        }
    }
}

/// A day so much later; at the end of time, that day itself.
pub(crate) fn moved(day: Date, by: Span) -> Date {
    day.saturating_add(by)
}

/// Whole days from one day to another.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn quarter() -> Periods {
        Periods::Listed {
            begin: day("2026-06-28"),
            ends: vec![day("2026-07-25"), day("2026-08-22"), day("2026-09-26")],
        }
    }

    #[test]
    fn months_follow_each_other_over_the_end_of_a_year_and_a_leap_day() {
        let december = Periods::Months.of_day(day("2027-12-31")).unwrap();
        let january = Periods::Months.after(december).unwrap();
        assert_eq!(january.label(), "January 2028");
        let february = Periods::Months.after(january).unwrap();
        assert_eq!(february.last, day("2028-02-29"));
        assert_eq!(Periods::Months.before(february), Some(january));
    }

    #[test]
    fn listed_periods_begin_after_the_one_before_and_end_with_the_list() {
        let periods = quarter();
        let second = periods.of_day(day("2026-07-26")).unwrap();
        assert_eq!(second.last, day("2026-08-22"));
        assert_eq!(second.label(), "period to 22 August 2026");
        assert_eq!(periods.of_day(day("2026-06-27")), None);
        let third = periods.after(second).unwrap();
        assert_eq!(periods.after(third), None);
        assert_eq!(periods.before(third), Some(second));
    }

    #[test]
    fn the_period_that_ended_last_is_found_after_the_end_of_a_list_too() {
        let ended = |text: &str| quarter().ended_before(day(text)).map(|one| one.last);
        assert_eq!(ended("2026-09-27"), Some(day("2026-09-26")));
        assert_eq!(ended("2026-09-26"), Some(day("2026-08-22")));
        assert_eq!(ended("2026-07-25"), None);
        let month = Periods::Months.ended_before(day("2027-01-15")).unwrap();
        assert_eq!(month.last, day("2026-12-31"));
    }

    #[test]
    fn a_list_that_is_empty_or_out_of_order_is_refused_in_words() {
        let listed = |begin: &str, ends: &[&str]| Periods::Listed {
            begin: day(begin),
            ends: ends.iter().map(|end| day(end)).collect(),
        };
        assert_eq!(quarter().check(), Ok(()));
        assert_eq!(listed("2026-01-01", &[]).check(), Err(PeriodsError::None));
        let twice = listed("2026-01-01", &["2026-02-01", "2026-02-01"]);
        let late = PeriodsError::NotInOrder(day("2026-02-01"));
        assert_eq!(twice.check(), Err(late));
        let long = listed("2024-01-01", &["2026-02-01"]);
        let text = long.check().unwrap_err().to_string();
        assert!(text.contains("longer than a year"), "{text}");
    }
}
