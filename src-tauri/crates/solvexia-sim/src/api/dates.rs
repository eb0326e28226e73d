//! The several ways in which the documented examples write a date. All are UTC.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// `2020-06-15T02:24:14.2700000`, as of a run or a process.
pub fn seven_digits(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.7f").to_string()
}

/// `2025-02-05T22:40:19.923`, as of a run's status.
pub fn without_zone(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3f").to_string()
}

/// `2025-01-13T03:51:03.27Z`, as of a step's status.
pub fn with_z(time: Timestamp) -> String {
    time.to_string()
}

/// `2025-01-13T14:44:00.000+10:00`, as of the log.
pub fn with_offset(time: Timestamp) -> String {
    let zone = TimeZone::fixed(Offset::constant(10));
    time.to_zoned_datetime(zone)
        .strftime("%Y-%m-%dT%H:%M:%S%.3f%:z")
        .to_string()
}

/// Reads a date with a zone or, then as UTC, without one.
pub fn read(text: &str) -> Option<Timestamp> {
    let without_zone = || {
        text.parse::<DateTime>()
            .ok()?
            .to_zoned_datetime(TimeZone::UTC)
            .ok()
    };
    text.parse()
        .ok()
        .or_else(|| without_zone().map(|zoned| zoned.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::{read, seven_digits, with_offset, with_z, without_zone};
    use jiff::Timestamp;

    #[test]
    fn dates_are_written_as_the_examples_have_them() {
        let time: Timestamp = "2020-06-15T02:24:14.27Z".parse().expect("a date");
        assert_eq!(seven_digits(time), "2020-06-15T02:24:14.2700000");
        assert_eq!(without_zone(time), "2020-06-15T02:24:14.270");
        assert_eq!(with_z(time), "2020-06-15T02:24:14.27Z");
        assert_eq!(with_offset(time), "2020-06-15T12:24:14.270+10:00");
    }

    #[test]
    fn a_date_without_zone_is_utc() {
        assert_eq!(
            read("2020-06-15T02:24:14"),
            read("2020-06-15T12:24:14+10:00")
        );
        assert_eq!(read("2020-06-15"), read("2020-06-15T00:00:00Z"));
        assert_eq!(read("soon"), None);
    }
}
