//! SolveXia's dates: with `Z`, with an offset, or with neither; three to seven digits behind the
//! second; null; or an empty text.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads a date as UTC, cut to whole milliseconds so that all spellings of it are equal.
///
/// A date that cannot be read counts as missing: it must not make the whole response unreadable.
pub fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let exact = text
        .parse::<Timestamp>()
        .ok()
        .or_else(|| without_zone(text))?;
    let date = Timestamp::from_millisecond(exact.as_millisecond()).ok()?;
    (!is_placeholder(date)).then_some(date)
}

/// Whether a date says in which zone it is.
pub fn names_zone(text: &str) -> bool {
    read(text).is_some() && text.trim().parse::<Timestamp>().is_ok()
}

fn without_zone(text: &str) -> Option<Timestamp> {
    let date: DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}

/// .NET writes the year 1 where it means "no date".
fn is_placeholder(date: Timestamp) -> bool {
    TimeZone::UTC.to_datetime(date).year() < 1900
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milliseconds(text: &str) -> Option<i64> {
        read(text).map(Timestamp::as_millisecond)
    }

    #[test]
    fn all_documented_spellings_of_a_date_are_the_same_moment() {
        for text in [
            "2025-01-13T03:51:03.270",
            "2025-01-13T03:51:03.27Z",
            "2025-01-13T03:51:03.2700000",
            "2025-01-13T03:51:03.2700009Z",
            "2025-01-13T13:51:03.2700000+10:00",
            " 2025-01-13 03:51:03.27 ",
        ] {
            assert_eq!(milliseconds(text), Some(1_736_740_263_270), "{text}");
        }
    }

    #[test]
    fn rule_24_a_date_names_its_zone_by_a_z_or_an_offset() {
        for (text, names) in [
            ("2025-01-13T03:51:03.27Z", true),
            ("2025-01-13T13:51:03.27+10:00", true),
            ("2025-01-13T03:51:03.27", false),
            ("0001-01-01T00:00:00Z", false),
            ("", false),
        ] {
            assert_eq!(names_zone(text), names, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "  ",
            "null",
            "13/01/2025",
            "2025-13-01T00:00:00Z",
            "2025-01-13T25:00:00",
            "0001-01-01T00:00:00",
            "0001-01-01T00:00:00Z",
            "999999999999",
        ] {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }
}
