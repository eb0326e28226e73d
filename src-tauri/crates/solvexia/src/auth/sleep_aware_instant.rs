//! A point in time whose age is right after sleep and after the clock was set.

use std::time::{Duration, Instant, SystemTime};

/// A point in time on both of the computer's clocks.
#[derive(Debug, Clone, Copy)]
pub struct SleepAwareInstant {
    pub(super) steady: Instant,
    pub(super) wall: SystemTime,
}

impl SleepAwareInstant {
    /// Now.
    pub fn now() -> Self {
        Self {
            steady: Instant::now(),
            wall: SystemTime::now(),
        }
    }

    /// How long ago it was.
    pub fn elapsed(&self) -> Duration {
        self.until(Self::now())
    }

    /// The monotonic clock stops while a laptop sleeps, and the wall clock can be set back: the
    /// longer of the two times counts.
    pub fn until(&self, now: Self) -> Duration {
        let steady = now.steady.saturating_duration_since(self.steady);
        let wall = now.wall.duration_since(self.wall).unwrap_or_default();
        steady.max(wall)
    }

    /// That long ago.
    #[cfg(test)]
    pub fn ago(time: Duration) -> Self {
        Self::now().before(time)
    }

    /// Earlier by the wall clock alone: the monotonic clock may have started later than that.
    #[cfg(test)]
    pub fn before(self, time: Duration) -> Self {
        Self {
            wall: self.wall - time,
            ..self
        }
    }
}
