//! SolveXia's dates as moments by this computer's clock: its clock may be off, and the dates of runs name no
//! zone (`date_zone.rs` says how theirs is learned, and that it changes).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::clock_offset::to_local_clock;
use crate::date_zone::{DateZone, ZoneOfDate};
use crate::observation::Step;

/// How SolveXia's dates become moments by this computer's clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerDates {
    /// By how much SolveXia's clock is ahead of this computer's.
    pub ahead: SignedDuration,
    zone: Arc<DateZone>,
}

impl ServerDates {
    /// A clock that is so much ahead, and what is known of the zone of dates that name none.
    pub fn new(ahead: SignedDuration, zone: Arc<DateZone>) -> Self {
        Self { ahead, zone }
    }

    /// The zone that runs are dated in now; none while it is not known.
    pub fn zone(&self) -> Option<SignedDuration> {
        self.zone.offset()
    }

    /// Whether it was never known.
    pub fn knows_no_zone(&self) -> bool {
        self.zone.seen.is_empty()
    }

    /// The zone of a date of a run; none where it is not sure.
    pub fn zone_of(&self, date: Timestamp) -> Option<SignedDuration> {
        let zone = self.zone.of_date(date)?;
        zone.other.is_none().then_some(zone.likely)
    }

    /// The moment of a date that names its zone, as those of steps do.
    pub fn moment(&self, date: Timestamp) -> Timestamp {
        to_local_clock(date, self.ahead)
    }

    /// The likeliest moment of a date that names none, as those of runs do. Where their zone was never known
    /// they are taken for UTC.
    pub fn run_moment(&self, date: Timestamp) -> Timestamp {
        let zone = self.zone.of_date(date).map(|zone| zone.likely);
        self.in_zone(date, zone.unwrap_or_default())
    }

    /// The same; none where it is not sure.
    pub fn sure_run_moment(&self, date: Timestamp) -> Option<Timestamp> {
        Some(self.in_zone(date, self.zone_of(date)?))
    }

    /// The moment of a date of a run by what was seen here: where two are possible, the later one that is not after
    /// the moment at which it was `seen`. None where no zone was ever known.
    pub fn run_moment_seen(&self, date: Timestamp, seen: Timestamp) -> Option<Timestamp> {
        let ZoneOfDate { likely, other } = self.zone.of_date(date)?;
        let likely = self.in_zone(date, likely);
        let Some(other) = other.map(|zone| self.in_zone(date, zone)) else {
            return Some(likely);
        };
        let by = seen.checked_add(SLACK).unwrap_or(seen);
        let moments = [likely, other].into_iter().filter(|at| *at <= by);
        Some(moments.max().unwrap_or(seen))
    }

    fn in_zone(&self, date: Timestamp, zone: SignedDuration) -> Timestamp {
        self.moment(to_local_clock(date, zone))
    }
}

/// Dates and clocks agree to this at best.
const SLACK: SignedDuration = SignedDuration::from_mins(1);

impl Step {
    /// The step with SolveXia's dates as this computer's clock had them, to be shown.
    pub fn by_this_clock(mut self, dates: &ServerDates) -> Self {
        if let Some(seen) = &mut self.seen {
            seen.started = seen.started.map(|date| dates.moment(date));
            seen.finished = seen.finished.map(|date| dates.moment(date));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::at;

    #[test]
    fn a_date_of_a_run_becomes_the_moment_by_this_clock() {
        let zone = SignedDuration::from_hours(-5);
        let dates = ServerDates::new(
            SignedDuration::from_secs(90),
            Arc::new(DateZone::learned(zone)),
        );
        assert_eq!(dates.run_moment(at(190) + zone), at(100));
        assert_eq!(dates.moment(at(190)), at(100));
    }
}
