//! Quiet hours: between these times the desktop shows nothing. What they hold, and what goes through all
//! the same, is decided in `notification_policy.rs`.

use jiff::civil::Time;
use jiff::{Timestamp, ZonedDateTime};

/// Quiet hours of each day, by the clock on the wall. They may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// They begin.
    pub from: Time,
    /// They end.
    pub to: Time,
}

impl QuietHours {
    /// When the quiet hours end that `now` lies in.
    pub fn end(self, now: &ZonedDateTime) -> Option<Timestamp> {
        let time = now.time();
        let (from, to) = (self.from, self.to);
        let over_midnight = from > to;
        let is_quiet = match over_midnight {
            false => (from..to).contains(&time),
            true => time >= from || time < to,
        };
        let day = match over_midnight && time >= from {
            true => now.date().tomorrow().ok()?,
            false => now.date(),
        };
        let end = day
            .to_datetime(to)
            .to_zoned_datetime(now.time_zone().clone())
            .ok()?;
        is_quiet.then(|| end.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment in Sydney, where the clocks go forward in the night to 4 October 2026.
    fn sydney(text: &str) -> ZonedDateTime {
        format!("{text}[Australia/Sydney]").parse().unwrap()
    }

    fn end(from: &str, to: &str, now: &str) -> Option<Timestamp> {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        QuietHours { from, to }.end(&sydney(now))
    }

    fn at(text: &str) -> Option<Timestamp> {
        Some(sydney(text).timestamp())
    }

    #[test]
    fn quiet_hours_lie_between_their_times_also_over_midnight() {
        let night = |now| end("22:00", "07:00", now);
        assert_eq!(night("2026-11-24T21:59:59"), None);
        assert_eq!(night("2026-11-24T22:00"), at("2026-11-25T07:00"));
        assert_eq!(night("2026-11-25T06:59"), at("2026-11-25T07:00"));
        assert_eq!(night("2026-11-25T07:00"), None);
        let noon = |now| end("12:00", "13:00", now);
        assert_eq!(noon("2026-11-24T12:30"), at("2026-11-24T13:00"));
        assert_eq!(noon("2026-11-24T13:00"), None);
        assert_eq!(end("12:00", "12:00", "2026-11-24T12:00"), None);
    }

    #[test]
    fn quiet_hours_end_by_the_clock_on_the_wall_when_summer_time_begins() {
        let end = end("22:00", "07:00", "2026-10-03T23:00+10:00");
        assert_eq!(end, at("2026-10-04T07:00+11:00"));
    }
}
