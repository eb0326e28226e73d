//! Time as the simulation uses it: wall-clock milliseconds, and "work", the seconds that a
//! run's plan speaks of. At speed 1 a second of work takes a second.

use jiff::Timestamp;

/// The present, in whole milliseconds, because no documented date is finer than its stored one.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// `time` moved by `seconds`, which may be negative.
pub fn shifted(time: Timestamp, seconds: f64) -> Timestamp {
    let milliseconds = time.as_millisecond() + (seconds * 1000.0).round() as i64;
    Timestamp::from_millisecond(milliseconds).unwrap_or(time)
}

/// The seconds from `from` to `to`; negative when `to` is earlier.
pub fn seconds_between(from: Timestamp, to: Timestamp) -> f64 {
    (to.as_millisecond() - from.as_millisecond()) as f64 / 1000.0
}

/// A stretch of wall-clock time in which a given amount of work is done at an even pace.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// Where the stretch begins.
    pub from: Timestamp,
    /// Where it ends.
    pub to: Timestamp,
    /// How many seconds of work are done in it.
    pub work: f64,
}

impl Stretch {
    /// When `done` seconds of the stretch's work were done.
    pub fn moment(&self, done: f64) -> Timestamp {
        if self.work <= 0.0 {
            return self.to;
        }
        let share = (done / self.work).clamp(0.0, 1.0);
        shifted(self.from, share * seconds_between(self.from, self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretch, shifted};
    use jiff::Timestamp;

    #[test]
    fn work_is_spread_evenly_over_its_stretch() {
        let from = Timestamp::UNIX_EPOCH;
        let stretch = Stretch {
            from,
            to: shifted(from, 10.0),
            work: 100.0,
        };
        assert_eq!(stretch.moment(50.0), shifted(from, 5.0));
        assert_eq!(stretch.moment(1000.0), stretch.to);
    }
}
