//! Wall-clock milliseconds, and "work": the seconds in a run's plan. At speed 1 a second of work
//! takes a second.

use jiff::Timestamp;

/// Now, in whole milliseconds, as no documented date is more precise.
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

/// An interval of wall-clock time in which an amount of work is done evenly.
#[derive(Debug, Clone, Copy)]
pub struct WorkInterval {
    /// Its start.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
    /// The seconds of work done in it.
    pub work: f64,
}

impl WorkInterval {
    /// When `done` seconds of its work were done.
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
    use super::{WorkInterval, shifted};
    use jiff::Timestamp;

    #[test]
    fn work_is_spread_evenly_over_its_stretch() {
        let from = Timestamp::UNIX_EPOCH;
        let interval = WorkInterval {
            from,
            to: shifted(from, 10.0),
            work: 100.0,
        };
        assert_eq!(interval.moment(50.0), shifted(from, 5.0));
        assert_eq!(interval.moment(1000.0), interval.to);
    }
}
