//! Holidays from a calendar file (`.ics`): its all-day events.

use std::collections::BTreeMap;

use icalendar::{Calendar, CalendarComponent, Component, Event};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};
use runwatch_core::close::holidays::{MOST_HOLIDAYS, holiday_name};
use thiserror::Error;

/// Bytes of the largest file that is read.
pub const LARGEST_FILE: usize = 10_000_000;
/// Days of the longest event that is taken for a holiday: a shutdown over Christmas.
const LONGEST_EVENT: i32 = 31;
/// Names that one message lists.
const NAMED: usize = 3;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The days off, and what they are called.
    pub holidays: BTreeMap<Date, String>,
    /// Events that were left out, as they take a part of a day only.
    pub left_out: usize,
    /// The last day off of the file: nobody knows what comes after it.
    pub known_until: Date,
}

/// Why a calendar file cannot be taken. Nothing is taken of it then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IcsError {
    /// It is too large.
    #[error(
        "This calendar file is larger than 10 MB, far more than holidays need. Export the holidays alone. \
         Nothing was changed."
    )]
    TooLarge,
    /// It is no calendar.
    #[error(
        "This file is no calendar that Runwatch can read ({0}). Export it again as an .ics file. Nothing was \
         changed."
    )]
    NoCalendar(String),
    /// Events repeat.
    #[error(
        "These events repeat, and Runwatch does not work out when: {}. Export single days, or paste the days \
         instead. Nothing was changed.",
        .0.join(", ")
    )]
    Repeats(Vec<String>),
    /// An event is too long for a holiday.
    #[error(
        "“{0}” takes more than {LONGEST_EVENT} days, too long for a holiday. Nothing was changed."
    )]
    TooLong(String),
    /// No event takes a day.
    #[error(
        "This calendar has no event that takes a whole day, so no holiday. Nothing was changed."
    )]
    NoHolidays,
    /// There are too many.
    #[error(
        "This calendar has more than {MOST_HOLIDAYS} days off. Leave out years that are over. Nothing was \
         changed."
    )]
    TooMany,
}

/// Reads the holidays of a calendar file.
///
/// # Errors
/// [`IcsError`] where it is too large, no calendar, or has what is no single day off.
pub fn read_holidays(bytes: &[u8]) -> Result<Imported, IcsError> {
    if bytes.len() > LARGEST_FILE {
        return Err(IcsError::TooLarge);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| IcsError::NoCalendar("it is no text in UTF-8".into()))?;
    let text = text.trim_start_matches('\u{FEFF}');
    if !text.trim_start().starts_with("BEGIN:VCALENDAR") {
        return Err(IcsError::NoCalendar("it does not begin as one".into()));
    }
    let calendar: Calendar = text
        .parse()
        .map_err(|_| IcsError::NoCalendar("it is cut off or damaged".into()))?;
    let events: Vec<&Event> = calendar
        .components
        .iter()
        .filter_map(counted_event)
        .collect();
    let repeating: Vec<String> = events
        .iter()
        .filter(|event| repeats(event))
        .map(|event| name_of(event))
        .take(NAMED)
        .collect();
    if !repeating.is_empty() {
        return Err(IcsError::Repeats(repeating));
    }
    let mut holidays = BTreeMap::new();
    let mut left_out = 0;
    for event in events {
        let Some((first, days)) = whole_days(event) else {
            left_out += 1;
            continue;
        };
        if days > LONGEST_EVENT {
            return Err(IcsError::TooLong(name_of(event)));
        }
        let name = name_of(event);
        holidays.extend((0..days).map(|n| (first.saturating_add(n.days()), name.clone())));
        if holidays.len() > MOST_HOLIDAYS {
            return Err(IcsError::TooMany);
        }
    }
    let known_until = *holidays.keys().next_back().ok_or(IcsError::NoHolidays)?;
    Ok(Imported {
        holidays,
        left_out,
        known_until,
    })
}

/// An event that takes place.
fn counted_event(component: &CalendarComponent) -> Option<&Event> {
    let CalendarComponent::Event(event) = component else {
        return None;
    };
    let is_cancelled = event.property_value("STATUS") == Some("CANCELLED");
    (!is_cancelled).then_some(event)
}

fn repeats(event: &Event) -> bool {
    ["RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"]
        .iter()
        .any(|key| {
            event.property_value(key).is_some() || event.multi_properties().contains_key(*key)
        })
}

fn name_of(event: &Event) -> String {
    holiday_name(event.get_summary().unwrap_or_default())
}

/// Its first day and how many it takes; none where it takes a part of a day.
fn whole_days(event: &Event) -> Option<(Date, i32)> {
    let start = event.property_value("DTSTART")?;
    let first = midnight(start)?;
    // The end is the first day that is no longer off; without one a day takes one day, and a moment no time.
    let end = match (
        event.property_value("DTEND"),
        event.property_value("DURATION"),
    ) {
        (Some(end), _) => midnight(end)?,
        (None, Some(long)) => after(first, long)?,
        (None, None) => first,
    };
    let least = if start.contains('T') { 0 } else { 1 };
    let days = first.until(end).ok()?.get_days().max(least);
    (days > 0).then_some((first, days))
}

/// The day of a date, and of a midnight in local time: so Outlook writes whole days.
fn midnight(when: &str) -> Option<Date> {
    let day = when.strip_suffix("T000000").unwrap_or(when);
    Date::strptime("%Y%m%d", day).ok()
}

/// The day that is so much later, if that is whole days.
fn after(first: Date, long: &str) -> Option<Date> {
    let end = first.at(0, 0, 0, 0).checked_add(long.parse::<Span>().ok()?);
    end.ok()
        .filter(|end| end.time() == Time::midnight())
        .map(DateTime::date)
}

#[cfg(test)]
#[path = "ics_tests.rs"]
mod tests;
