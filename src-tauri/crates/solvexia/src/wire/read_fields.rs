//! Which fields of an object are read, and how the others are skipped.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The fields that are read of whatever is answered. All others are skipped.
pub(super) const READ: [&str; 23] = [
    "id",
    "name",
    "process",
    "description",
    "lastModifiedBy",
    "dateModified",
    "dateCreated",
    "status",
    "dateStarted",
    "dateFinished",
    "runDurationInSeconds",
    "runDurationInSec",
    "stepOrder",
    "orderedName",
    "isEnabled",
    "completionMessage",
    "message",
    "supportId",
    "error",
    "access_token",
    "refresh_token",
    "expires_in",
    "scope",
];

/// Keeps of an object's fields those of [`READ`]; of two of the same name the last one.
pub(super) struct ReadFields;

impl<'de> Visitor<'de> for ReadFields {
    type Value = Vec<(&'static str, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut fields: Self::Value = Vec::new();
        while let Some(name) = object.next_key_seed(FieldName)? {
            let Some(name) = name else {
                object.next_value::<IgnoredAny>()?;
                continue;
            };
            fields.retain(|(known, _)| *known != name);
            fields.push((name, object.next_value()?));
        }
        Ok(fields)
    }
}

/// A field's name as it stands in [`READ`]; none where it is not there. Makes no copy of it.
struct FieldName;

impl<'de> DeserializeSeed<'de> for FieldName {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<Self::Value, D::Error> {
        name.deserialize_str(self)
    }
}

impl Visitor<'_> for FieldName {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(READ.into_iter().find(|known| *known == name))
    }
}
