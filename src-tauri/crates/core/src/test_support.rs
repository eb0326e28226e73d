//! What several tests here share.

use jiff::Timestamp;

/// A moment, by its seconds after a fixed one.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}
