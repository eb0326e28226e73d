//! A response body as JSON, and why one cannot be used. It is never made a tree of: what is not read
//! costs nothing, however much of it there is.

use std::fmt;

use runwatch_core::ids::shorten;
use runwatch_core::observation::Listing;
use serde::Deserializer;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use thiserror::Error;

/// Why a body is not the expected one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Unreadable {
    /// Not JSON.
    #[error("it is not in SolveXia's format")]
    NotJson,
    /// JSON of another shape.
    #[error("{0}")]
    NotThis(&'static str),
    /// It names another id than the requested one.
    #[error("it is about “{named}”, and not about {requested}")]
    Other {
        /// The id that was requested.
        requested: String,
        /// The id in the body, cut short.
        named: String,
    },
}

impl Unreadable {
    /// The error of a body that names another id.
    pub(super) fn other_id(requested: &str, named: &str) -> Self {
        Self::Other {
            requested: requested.to_owned(),
            named: shorten(named, 60),
        }
    }
}

/// A body that is JSON throughout. Servers built on .NET may begin it with a byte order mark.
pub(crate) fn json(body: &[u8]) -> Result<&RawValue, Unreadable> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).map_err(|_| Unreadable::NotJson)
}

/// The first entries of a JSON array, `most` of them; what follows is skipped.
pub(crate) fn entries(body: &RawValue, most: usize) -> Result<Listing<&RawValue>, Unreadable> {
    if !body.get().starts_with('[') {
        return Err(Unreadable::NotThis("it is not a list"));
    }
    serde_json::Deserializer::from_str(body.get())
        .deserialize_seq(FirstEntries { most })
        .map_err(|_| Unreadable::NotJson)
}

struct FirstEntries {
    most: usize,
}

impl<'de> Visitor<'de> for FirstEntries {
    type Value = Listing<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while entries.len() < self.most {
            match list.next_element()? {
                Some(entry) => entries.push(entry),
                None => return Ok(entries.into()),
            }
        }
        let mut is_cut = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            is_cut = true;
        }
        Ok(Listing { entries, is_cut })
    }
}
