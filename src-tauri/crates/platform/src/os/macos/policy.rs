//! The organisation's policy: what a configuration profile forces.

use objc2_core_foundation::{
    CFArray, CFBoolean, CFNumber, CFPreferencesAppValueIsForced, CFPreferencesCopyAppValue,
    CFString, CFType,
};
use runwatch_core::policy::{NAMES, Origin, RawPolicy, RawValue};

use crate::identifier::IDENTIFIER;

/// What IT set. A name that is no setting is not seen: macOS lists no forced names.
pub fn policy_sources() -> Vec<RawPolicy> {
    let values: Vec<(String, RawValue)> = NAMES
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), forced(name)?)))
        .collect();
    if values.is_empty() {
        return Vec::new();
    }
    vec![RawPolicy {
        origin: Origin::MachinePolicy,
        place: "configuration profile".to_owned(),
        values: Ok(values),
    }]
}

/// A value that a profile forces; what users can write themselves with `defaults` is no policy.
fn forced(name: &str) -> Option<RawValue> {
    let (name, app) = (CFString::from_str(name), CFString::from_str(IDENTIFIER));
    if !CFPreferencesAppValueIsForced(&name, &app) {
        return None;
    }
    CFPreferencesCopyAppValue(&name, &app).map(|value| raw(&value))
}

fn raw(value: &CFType) -> RawValue {
    if let Some(text) = value.downcast_ref::<CFString>() {
        return RawValue::Text(text.to_string());
    }
    if let Some(flag) = value.downcast_ref::<CFBoolean>() {
        return RawValue::Flag(flag.as_bool());
    }
    if let Some(number) = value.downcast_ref::<CFNumber>() {
        return number.as_i64().map_or(RawValue::Other, RawValue::Number);
    }
    let texts = value.downcast_ref::<CFArray>().and_then(texts);
    texts.map_or(RawValue::Other, RawValue::List)
}

#[expect(
    unsafe_code,
    reason = "the library's arrays do not know of what they are"
)]
fn texts(array: &CFArray) -> Option<Vec<String>> {
    // SAFETY: what stands in a property list is a type of Core Foundation.
    let array = unsafe { array.cast_unchecked::<CFType>() };
    let text = |value: &CFType| value.downcast_ref::<CFString>().map(ToString::to_string);
    array.iter().map(|value| text(&value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_a_property_list_is_read_as_what_it_is() {
        let (app, one) = (CFString::from_str("app"), CFNumber::new_i64(1));
        assert_eq!(raw(&app), RawValue::Text("app".to_owned()));
        assert_eq!(raw(CFBoolean::new(true)), RawValue::Flag(true));
        assert_eq!(raw(&one), RawValue::Number(1));
        let list = CFArray::from_objects(&[&*app]);
        assert_eq!(raw(&list), RawValue::List(vec!["app".to_owned()]));
        let mixed = CFArray::<CFType>::from_objects(&[&*app, &*one]);
        assert_eq!(raw(&mixed), RawValue::Other);
    }

    #[test]
    fn what_no_profile_forces_is_not_set() {
        assert_eq!(forced("NoSuchSetting"), None);
    }
}
