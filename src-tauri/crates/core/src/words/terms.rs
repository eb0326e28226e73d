//! The words for durations, statuses and actions: one word for one thing. Those for outcomes (“unverified”)
//! are in `outcomes.rs`.

use crate::action::ActionKind;
use crate::names;
use crate::status::RunStatus;

/// A duration in seconds as people say it: `48 s`, `15 min 32 s`, `1 h 04 min`.
pub fn duration(seconds: f64) -> String {
    let whole = if seconds.is_finite() {
        seconds.max(0.0).round() as u64
    } else {
        0
    };
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest} s"),
        (0, minutes) if rest == 0 => format!("{minutes} min"),
        (0, minutes) => format!("{minutes} min {rest:02} s"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

/// SolveXia's status in plain words; one that is unheard of as SolveXia writes it.
pub fn status(status: &RunStatus) -> String {
    match status {
        RunStatus::NotStarted => "not started".to_owned(),
        RunStatus::TimedOut => "timed out".to_owned(),
        RunStatus::Unknown(word) => format!("“{word}”"),
        known => known.word().to_lowercase(),
    }
}

/// A name in a sentence, of at most `most` characters. There is always one.
pub fn name(name: &str, most: usize) -> String {
    isolated(names::line(name, most).as_deref().unwrap_or("(no name)"))
}

/// A text from outside, set apart (FSI … PDI): one in Arabic or Hebrew does not reorder the words around
/// it then.
pub(crate) fn isolated(text: &str) -> String {
    format!("{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}")
}

pub(crate) const FIRST_STRONG_ISOLATE: char = '\u{2068}';
pub(crate) const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// An action as a past participle: "started".
pub fn done(kind: &ActionKind) -> &'static str {
    match kind {
        ActionKind::Start => "started",
        ActionKind::Cancel => "cancelled",
        ActionKind::Restart { .. } => "restarted",
        ActionKind::Create => "created",
        ActionKind::DealtWith { .. } => "marked as dealt with",
        ActionKind::NotDealtWith => "marked as not dealt with",
    }
}

/// `2,000`.
pub(crate) fn grouped_digits(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 run`, `12 runs`.
pub fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_as_people_say_them() {
        let said: Vec<String> = [0.0, 48.4, 60.0, 932.0, 3840.0, -5.0, f64::NAN]
            .map(duration)
            .into();
        assert_eq!(
            said,
            [
                "0 s",
                "48 s",
                "1 min",
                "15 min 32 s",
                "1 h 04 min",
                "0 s",
                "0 s"
            ]
        );
    }

    #[test]
    fn long_numbers_are_said_with_commas() {
        let said = [0, 999, 2_000, 1_234_567].map(grouped_digits);
        assert_eq!(said, ["0", "999", "2,000", "1,234,567"]);
    }

    #[test]
    fn a_status_is_said_in_plain_words_and_one_that_is_unheard_of_as_solvexia_writes_it() {
        let said = ["NotStarted", "Running", "TimedOut", "Odd One"]
            .map(|word| status(&RunStatus::from_word(word)));
        assert_eq!(said, ["not started", "running", "timed out", "“Odd One”"]);
    }
}
