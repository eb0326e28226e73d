//! Local times as moments. Where the clocks go forward a time of that hour is missing and is taken as much
//! later; where they go back it is there twice, and the earlier one is taken. Both are said.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// A local time as a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The moment (UTC).
    pub at: Timestamp,
    /// What its owner must know of it.
    pub shift: Option<ClockShift>,
}

/// A local time that the clocks leave out or show twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockShift {
    /// The clocks go forward over it.
    Missing {
        /// What was asked for.
        wanted: DateTime,
        /// What is taken.
        taken: DateTime,
    },
    /// The clocks go back over it: the first of the two is taken.
    Twice {
        /// What was asked for.
        wanted: DateTime,
    },
}

/// The moment of a local time; none at the very end of time.
pub fn moment(day: Date, time: Time, zone: &TimeZone) -> Option<Moment> {
    let wanted = day.to_datetime(time);
    let offsets = zone.to_ambiguous_timestamp(wanted);
    let shift = offsets.offset();
    // `compatible` is what the module says: later in a gap, the earlier one in a fold.
    let at = offsets.compatible().ok()?;
    let taken = zone.to_datetime(at);
    let shift = match shift {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(ClockShift::Missing { wanted, taken }),
        AmbiguousOffset::Fold { .. } => Some(ClockShift::Twice { wanted }),
    };
    Some(Moment { at, shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        let wanted: DateTime = text.parse().unwrap();
        let zone = TimeZone::get("Australia/Sydney").unwrap();
        moment(wanted.date(), wanted.time(), &zone).unwrap()
    }

    fn utc(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_that_the_clocks_leave_out_is_taken_an_hour_later_and_said() {
        let gap = at("2026-10-04T02:30");
        assert_eq!(gap.at, utc("2026-10-03T16:30:00Z"));
        let shift = ClockShift::Missing {
            wanted: "2026-10-04T02:30".parse().unwrap(),
            taken: "2026-10-04T03:30".parse().unwrap(),
        };
        assert_eq!(gap.shift, Some(shift));
    }

    #[test]
    fn of_a_time_that_is_there_twice_the_earlier_one_is_taken_and_said() {
        let fold = at("2026-04-05T02:30");
        assert_eq!(fold.at, utc("2026-04-04T15:30:00Z"));
        assert!(matches!(fold.shift, Some(ClockShift::Twice { .. })));
        assert_eq!(at("2026-04-05T12:00").shift, None);
    }
}
