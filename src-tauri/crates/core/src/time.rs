//! Moments compared in whole seconds.

use jiff::Timestamp;

/// Whole seconds from one moment to another; negative when the clock went back.
pub fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}
