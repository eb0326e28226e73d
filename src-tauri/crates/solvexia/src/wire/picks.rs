//! Lists to pick from: processes, and the runs of one.

use runwatch_core::observation::Listing;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::json_body::{Unreadable, entries};

/// The entries of a list that are looked at: more than anybody scrolls through, and they fill a few
/// megabytes.
const MOST_PICKS: usize = 20_000;

/// The entries of a list of which each is read by `read`. Those that cannot be read are left out: nothing
/// is decided by such a list.
pub(crate) fn picks<T>(
    body: &RawValue,
    read: impl Fn(&Fields<'_>) -> Option<T>,
) -> Result<Listing<T>, Unreadable> {
    let listing = entries(body, MOST_PICKS)?;
    let listed = listing.entries.into_iter();
    Ok(Listing {
        entries: listed
            .filter_map(|entry| read(&Fields::of(entry).ok()?))
            .collect(),
        is_cut: listing.is_cut,
    })
}
