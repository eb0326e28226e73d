//! The fields of a JSON object, found where they lie: the first ones in one go, one beyond them by itself.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// No answer of SolveXia has so many fields in an object. What has more costs time and no memory.
const FIRST: usize = 64;

/// A field as it stands in the body.
pub(super) type Field<'a> = (Cow<'a, str>, &'a RawValue);

/// The first fields of an object in their order, and whether these are all.
///
/// # Errors
/// When it is no object, or a name in it is no text.
pub(super) fn first_fields(object: &RawValue) -> Result<(Vec<Field<'_>>, bool), serde_json::Error> {
    serde_json::Deserializer::from_str(object.get()).deserialize_map(First)
}

struct First;

impl<'de> Visitor<'de> for First {
    type Value = (Vec<Field<'de>>, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut first = Vec::new();
        while first.len() < FIRST {
            let Some(name) = object.next_key_seed(Name)? else {
                return Ok((first, true));
            };
            first.push((name, object.next_value()?));
        }
        let mut is_all = true;
        while object.next_key_seed(Name)?.is_some() {
            is_all = false;
            object.next_value::<IgnoredAny>()?;
        }
        Ok((first, is_all))
    }
}

/// A name, copied only where it is written with escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<Self::Value, D::Error> {
        name.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// What stands in the field of this name; of two of the same name the last one counts.
///
/// # Errors
/// When it is no object, or a name in it is no text.
pub(super) fn find_field<'a>(
    object: &'a RawValue,
    name: &str,
) -> Result<Option<&'a RawValue>, serde_json::Error> {
    serde_json::Deserializer::from_str(object.get()).deserialize_map(Find(name))
}

struct Find<'n>(&'n str);

impl<'de> Visitor<'de> for Find<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = object.next_key_seed(Name)? {
            match name == self.0 {
                true => found = Some(object.next_value()?),
                false => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}
