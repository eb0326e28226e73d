//! Holidays: presets that came with the app, and days that were pasted. Files of calendars are read in the
//! crate `close-files`.
//!
//! The presets are written by `scripts/holidays`, once a year. They know the days off of whole states; a
//! show day of one town, or a day that is proclaimed later, is added by its owner.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use thiserror::Error;

use crate::close::working_days::Calendar;
use crate::ids::shorten;
use crate::names;

/// Days off that are kept of one calendar: a hundred years of them.
pub const MOST_HOLIDAYS: usize = 2_000;
/// The last day that the presets know.
pub const PRESETS_KNOW_UNTIL: Date = date(2028, 12, 31);
/// Years of which holidays are pasted: “26” would else be the year 26.
const YEARS: std::ops::Range<i16> = 1900..2100;
/// The longest name of a holiday, in characters.
const LONGEST_NAME: usize = 100;

/// Holidays that came with the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// By what it is kept.
    pub code: &'static str,
    /// How it is shown.
    pub name: &'static str,
    days: &'static str,
}

macro_rules! presets {
    ($($code:literal $name:literal),* $(,)?) => {
        /// All presets, as they are listed.
        pub const PRESETS: &[Preset] = &[$(Preset {
            code: $code,
            name: $name,
            days: include_str!(concat!("holidays/", $code, ".txt")),
        }),*];
    };
}

presets! {
    "au-act" "Australian Capital Territory",
    "au-nsw" "New South Wales",
    "au-nt" "Northern Territory",
    "au-qld" "Queensland",
    "au-sa" "South Australia",
    "au-tas" "Tasmania",
    "au-vic" "Victoria",
    "au-wa" "Western Australia",
    "uk-eng" "England",
    "uk-nir" "Northern Ireland",
    "uk-sct" "Scotland",
    "uk-wls" "Wales",
    "us-federal" "United States (federal)",
    "ecb" "Euro area (ECB)",
}

impl Preset {
    /// The preset that is kept by this code.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.code == code)
    }

    /// Its calendar.
    pub fn calendar(&self) -> Calendar {
        let day = |line: &str| {
            let (day, name) = line.split_once(' ')?;
            Some((day.parse().ok()?, name.to_owned()))
        };
        Calendar {
            name: self.name.to_owned(),
            holidays: self.days.lines().filter_map(day).collect(),
            known_until: Some(PRESETS_KNOW_UNTIL),
        }
    }
}

/// Why pasted days cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PasteError {
    /// There are none.
    #[error("Paste at least one day, such as 2026-12-25 Christmas Day.")]
    Nothing,
    /// A line begins with no day.
    #[error(
        "Line {line} (“{text}”) does not begin with a day. Write it as 2026-12-25 or 25 December 2026, with \
         its name behind it. Nothing was changed."
    )]
    NoDay {
        /// Which line, from 1.
        line: usize,
        /// What it says, cut short.
        text: String,
    },
    /// A day is of no year that holidays are pasted for: its year was written with two digits.
    #[error(
        "Line {line} (“{text}”) is of no year from 1900 to 2099. Write the year with four digits, such as 2026. \
         Nothing was changed."
    )]
    Year {
        /// Which line, from 1.
        line: usize,
        /// What it says, cut short.
        text: String,
    },
    /// There are too many.
    #[error(
        "These are more than {MOST_HOLIDAYS} days. Leave out years that are over. Nothing was changed."
    )]
    TooMany,
}

/// Reads days off, one a line, with or without a name.
///
/// # Errors
/// [`PasteError`] at the first line that is none; nothing is taken then.
pub fn pasted(text: &str) -> Result<BTreeMap<Date, String>, PasteError> {
    let mut days = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (day, name) = day_and_name(line).ok_or_else(|| PasteError::NoDay {
            line: number + 1,
            text: shorten(line, 60),
        })?;
        if !YEARS.contains(&day.year()) {
            return Err(PasteError::Year {
                line: number + 1,
                text: shorten(line, 60),
            });
        }
        days.insert(day, holiday_name(name));
        if days.len() > MOST_HOLIDAYS {
            return Err(PasteError::TooMany);
        }
    }
    match days.is_empty() {
        true => Err(PasteError::Nothing),
        false => Ok(days),
    }
}

/// A name from outside, fit to be shown.
pub fn holiday_name(text: &str) -> String {
    names::line(text, LONGEST_NAME).unwrap_or_else(|| "Holiday".to_owned())
}

/// A day in one of the two forms that can be read in one way only; 3/4/2026 is no such form.
fn day_and_name(line: &str) -> Option<(Date, &str)> {
    let words = |count: usize| {
        let end = line.match_indices(char::is_whitespace).nth(count - 1);
        line.split_at(end.map_or(line.len(), |(at, _)| at))
    };
    let (iso, name) = words(1);
    if let Ok(day) = Date::strptime("%Y-%m-%d", iso) {
        return Some((day, name));
    }
    let (long, name) = words(3);
    let forms = ["%d %B %Y", "%d %b %Y"];
    let day = forms
        .iter()
        .find_map(|form| Date::strptime(form, long).ok());
    day.map(|day| (day, name))
}

#[cfg(test)]
#[path = "holidays_tests.rs"]
mod tests;
