//! SolveXia's dates as moments by this computer's clock: its clock may be off, and the dates of runs name no
//! zone (`date_zone.rs` says how theirs is learned).

use jiff::{SignedDuration, Timestamp};

use crate::clock_offset::to_local_clock;

/// How SolveXia's dates become moments by this computer's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ServerDates {
    /// By how much SolveXia's clock is ahead of this computer's.
    pub ahead: SignedDuration,
    /// By how much dates without a zone are ahead of SolveXia's clock; none while that is not known.
    pub zone: Option<SignedDuration>,
}

impl ServerDates {
    /// The moment of a date that names its zone, as those of steps do.
    pub fn moment(self, date: Timestamp) -> Timestamp {
        to_local_clock(date, self.ahead)
    }

    /// The moment of a date that names none, as those of runs do. While their zone is not known they are
    /// taken for UTC.
    pub fn run_moment(self, date: Timestamp) -> Timestamp {
        to_local_clock(
            to_local_clock(date, self.zone.unwrap_or_default()),
            self.ahead,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::at;

    #[test]
    fn a_date_of_a_run_becomes_the_moment_by_this_clock() {
        let zone = SignedDuration::from_hours(-5);
        let dates = ServerDates {
            ahead: SignedDuration::from_secs(90),
            zone: Some(zone),
        };
        assert_eq!(dates.run_moment(at(190) + zone), at(100));
        assert_eq!(dates.moment(at(190)), at(100));
    }
}
