//! Dates of the demo, relative to now.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of the month that many months ago, as `October 2026`.
pub fn month_name(now: Timestamp, months_back: i32) -> String {
    let first = first_of_month(now, months_back);
    let index = usize::try_from(first.month() - 1).unwrap_or_default();
    format!("{} {}", MONTHS[index % 12], first.year())
}

/// The last day of the last month.
pub fn month_end(now: Timestamp) -> Date {
    first_of_month(now, 0) - Span::new().days(1)
}

/// A morning in the first days after that month, yet never later than two hours ago.
pub fn closing_morning(now: Timestamp, months_back: i32, minute: i32) -> Timestamp {
    let day = 1 + minute % 4;
    let morning = first_of_month(now, months_back - 1) + Span::new().days(day);
    at_minute(morning, 300 + minute).min(two_hours_ago(now, minute))
}

/// The day that many days ago as `2026-10-31`, and half past five on it, UTC.
pub fn morning(now: Timestamp, days_back: i32) -> (String, Timestamp) {
    let date = today(now) - Span::new().days(days_back);
    (date.to_string(), at_minute(date, 330))
}

fn today(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}

fn first_of_month(now: Timestamp, months_back: i32) -> Date {
    today(now).first_of_month() - Span::new().months(months_back)
}

fn at_minute(date: Date, minute: i32) -> Timestamp {
    let midnight = date
        .to_zoned_datetime(TimeZone::UTC)
        .map(|zoned| zoned.timestamp());
    midnight.unwrap_or(Timestamp::UNIX_EPOCH) + Span::new().minutes(minute)
}

fn two_hours_ago(now: Timestamp, minute: i32) -> Timestamp {
    now - Span::new().minutes(120 + minute)
}

#[cfg(test)]
mod tests {
    use super::{closing_morning, month_name};
    use jiff::Timestamp;

    #[test]
    fn last_month_is_told_by_its_name() {
        let now: Timestamp = "2026-01-31T12:00:00Z".parse().expect("a date");
        assert_eq!(month_name(now, 1), "December 2025");
        assert_eq!(month_name(now, 3), "October 2025");
    }

    #[test]
    fn history_lies_in_the_past_even_on_the_first_of_a_month() {
        let now: Timestamp = "2026-11-01T00:30:00Z".parse().expect("a date");
        assert!((0..200).all(|minute| closing_morning(now, 1, minute) < now));
    }
}
