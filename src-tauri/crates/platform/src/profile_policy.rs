//! What a configuration profile of macOS sets, as the reader of policies takes it. Pure: `os/macos/policy.rs` asks
//! the system for each value.

use runwatch_core::policy::{NAMES, Origin, RawPolicy, RawValue};

/// A value of a property list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number; none where it is not a whole one.
    Number(Option<i64>),
    /// Several values.
    List(Vec<Property>),
    /// A date, bytes or a dictionary, or a value that cannot be had.
    Other,
}

/// The profile's policy, by the value that it forces under a name; none where it forces nothing. A name that is no
/// setting is not seen: macOS lists no forced names.
pub fn profile_policy(forced: impl Fn(&str) -> Option<Property>) -> Option<RawPolicy> {
    let value = |name: &str| Some((name.to_owned(), raw(forced(name)?)));
    let values: Vec<(String, RawValue)> = NAMES.into_iter().filter_map(value).collect();
    (!values.is_empty()).then(|| RawPolicy {
        origin: Origin::MachinePolicy,
        place: "configuration profile".to_owned(),
        values: Ok(values),
    })
}

fn raw(property: Property) -> RawValue {
    match property {
        Property::Text(text) => RawValue::Text(text),
        Property::Flag(flag) => RawValue::Flag(flag),
        Property::Number(number) => number.map_or(RawValue::Other, RawValue::Number),
        Property::List(values) => {
            let text = |value| match value {
                Property::Text(text) => Some(text),
                _ => None,
            };
            let texts: Option<_> = values.into_iter().map(text).collect();
            texts.map_or(RawValue::Other, RawValue::List)
        }
        Property::Other => RawValue::Other,
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// What is read after IT has set these values.
    pub fn set(values: &[(&str, RawValue)]) -> RawPolicy {
        let text = |text: &String| Property::Text(text.clone());
        let property = |value: &RawValue| match value {
            RawValue::Text(value) => text(value),
            RawValue::Number(number) => Property::Number(Some(*number)),
            RawValue::Flag(flag) => Property::Flag(*flag),
            RawValue::List(texts) => Property::List(texts.iter().map(text).collect()),
            RawValue::Other => Property::Other,
        };
        let forced = |name: &str| {
            let (_, value) = values.iter().find(|(set, _)| *set == name)?;
            Some(property(value))
        };
        profile_policy(forced).unwrap()
    }

    #[test]
    fn where_no_profile_forces_anything_nothing_is_set() {
        assert_eq!(profile_policy(|_| None), None);
    }

    #[test]
    fn what_no_setting_is_has_no_kind() {
        let text = || Property::Text("app".to_owned());
        let list = Property::List;
        let none = [
            Property::Other,
            Property::Number(None),
            list(vec![text(), Property::Number(Some(1))]),
            list(vec![list(vec![text()])]),
        ];
        for property in none {
            assert_eq!(raw(property.clone()), RawValue::Other, "{property:?}");
        }
    }
}
