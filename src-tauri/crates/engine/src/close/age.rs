//! How old something is that was seen or tried.

use jiff::{SignedDuration, Timestamp};

/// Its age; none where this computer's clock was set back since: nobody can say, so it is done anew.
pub(crate) fn age(at: Timestamp, now: Timestamp) -> Option<SignedDuration> {
    (now >= at).then(|| now.duration_since(at))
}
