//! The organisation's policy: what a configuration profile forces.

use objc2_core_foundation::{
    CFArray, CFBoolean, CFNumber, CFPreferencesAppValueIsForced, CFPreferencesCopyAppValue,
    CFString, CFType,
};
use runwatch_core::policy::RawPolicy;

use crate::identifier::IDENTIFIER;
use crate::profile_policy::{Property, profile_policy};

/// What IT set.
pub fn policy_sources() -> Vec<RawPolicy> {
    profile_policy(forced).into_iter().collect()
}

/// A value that a profile forces; what users can write themselves with `defaults` is no policy.
fn forced(name: &str) -> Option<Property> {
    let (name, app) = (CFString::from_str(name), CFString::from_str(IDENTIFIER));
    if !CFPreferencesAppValueIsForced(&name, &app) {
        return None;
    }
    let value = CFPreferencesCopyAppValue(&name, &app);
    // A forced value that cannot be read still counts as set by IT, as one that makes no sense.
    Some(value.map_or(Property::Other, |value| property(&value)))
}

fn property(value: &CFType) -> Property {
    if let Some(text) = value.downcast_ref::<CFString>() {
        return Property::Text(text.to_string());
    }
    if let Some(flag) = value.downcast_ref::<CFBoolean>() {
        return Property::Flag(flag.as_bool());
    }
    if let Some(number) = value.downcast_ref::<CFNumber>() {
        return Property::Number(number.as_i64());
    }
    value
        .downcast_ref::<CFArray>()
        .map_or(Property::Other, list)
}

#[expect(
    unsafe_code,
    reason = "the library's arrays do not know of what they are"
)]
fn list(array: &CFArray) -> Property {
    // SAFETY: what stands in a property list is a type of Core Foundation.
    let array = unsafe { array.cast_unchecked::<CFType>() };
    Property::List(array.iter().map(|value| property(&value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_a_property_list_is_read_as_what_it_is() {
        let (app, one) = (CFString::from_str("app"), CFNumber::new_i64(1));
        let text = Property::Text("app".to_owned());
        let number = Property::Number(Some(1));
        assert_eq!(property(&app), text);
        assert_eq!(property(CFBoolean::new(true)), Property::Flag(true));
        assert_eq!(property(&one), number);
        let mixed = CFArray::<CFType>::from_objects(&[&*app, &*one]);
        assert_eq!(property(&mixed), Property::List(vec![text, number]));
    }

    #[test]
    fn what_no_profile_forces_is_not_set() {
        assert_eq!(forced("NoSuchSetting"), None);
    }
}
