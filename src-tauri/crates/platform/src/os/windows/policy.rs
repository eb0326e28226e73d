//! The organisation's policy: Group Policy's keys, and what the installer was given.

use runwatch_core::policy::{Origin, RawPolicy, RawValue};
use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE, Type, Value};

/// Group Policy's, which users cannot write, for the computer and for the user.
const POLICIES: &str = r"Software\Policies\Runwatch";
/// The installer's. Not below Policies: those are IT's, and would outlive the app.
const PRESETS: &str = r"Software\Runwatch";

/// `HRESULT` of ERROR_FILE_NOT_FOUND.
const NOT_FOUND: u32 = 0x8007_0002;

/// What IT set, the strongest first.
pub fn policy_sources() -> Vec<RawPolicy> {
    [
        read(LOCAL_MACHINE, POLICIES, Origin::MachinePolicy, "HKLM"),
        read(CURRENT_USER, POLICIES, Origin::UserPolicy, "HKCU"),
        read(LOCAL_MACHINE, PRESETS, Origin::Preset, "HKLM"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A key's values; none where there is no key.
fn read(root: &Key, path: &str, origin: Origin, root_name: &str) -> Option<RawPolicy> {
    let values = match root.open(path).and_then(|key| values(&key)) {
        Ok(values) => Ok(values),
        Err(error) if error.code().0.cast_unsigned() == NOT_FOUND => return None,
        Err(error) => Err(error.message()),
    };
    Some(RawPolicy {
        origin,
        place: format!(r"{root_name}\{path}"),
        values,
    })
}

fn values(key: &Key) -> windows_registry::Result<Vec<(String, RawValue)>> {
    // A key's unnamed value is not a setting.
    let named = key.values()?.filter(|(name, _)| !name.is_empty());
    Ok(named.map(|(name, value)| (name, raw(value))).collect())
}

fn raw(value: Value) -> RawValue {
    let read = match value.ty() {
        Type::String | Type::ExpandString => String::try_from(value).map(RawValue::Text),
        Type::MultiString => Vec::try_from(value).map(RawValue::List),
        Type::U32 => u32::try_from(value).map(|number| RawValue::Number(number.into())),
        _ => Ok(RawValue::Other),
    };
    read.unwrap_or(RawValue::Other)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A key of its own, which goes with it.
    struct TestKey(String);

    impl TestKey {
        fn new() -> Self {
            static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
            let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let path = format!(r"Software\Runwatch test\{}-{next}", std::process::id());
            CURRENT_USER.create(&path).unwrap();
            Self(path)
        }

        fn key(&self) -> Key {
            CURRENT_USER.create(&self.0).unwrap()
        }

        fn read(&self) -> RawPolicy {
            read(CURRENT_USER, &self.0, Origin::MachinePolicy, "HKCU").unwrap()
        }
    }

    impl Drop for TestKey {
        fn drop(&mut self) {
            let _ = CURRENT_USER.remove_tree(&self.0);
        }
    }

    /// What is read after IT has set these values.
    pub fn set(values: &[(&str, RawValue)]) -> RawPolicy {
        let place = TestKey::new();
        let key = place.key();
        for (name, value) in values {
            match value {
                RawValue::Text(text) => key.set_string(name, text),
                RawValue::Number(number) => key.set_u32(name, u32::try_from(*number).unwrap()),
                RawValue::Flag(flag) => key.set_u32(name, (*flag).into()),
                RawValue::List(texts) => {
                    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                    key.set_multi_string(*name, &texts)
                }
                RawValue::Other => key.set_bytes(name, Type::Bytes, &[1, 2, 3]),
            }
            .unwrap();
        }
        place.read()
    }

    #[test]
    fn where_there_is_no_key_nothing_is_set() {
        let path = r"Software\Runwatch test\none";
        assert_eq!(read(CURRENT_USER, path, Origin::UserPolicy, "HKCU"), None);
    }

    #[test]
    fn a_text_with_variables_is_a_text_as_it_stands() {
        let place = TestKey::new();
        place
            .key()
            .set_expand_string("CertificateFile", r"%ProgramData%\ca.pem")
            .unwrap();
        let text = RawValue::Text(r"%ProgramData%\ca.pem".to_owned());
        assert_eq!(
            place.read().values.unwrap(),
            [("CertificateFile".to_owned(), text)]
        );
    }

    #[test]
    fn what_no_setting_is_has_no_kind() {
        let place = TestKey::new();
        place.key().set_u64("a", 1).unwrap();
        place.key().set_bytes("b", Type::Bytes, &[0xff; 3]).unwrap();
        place.key().set_bytes("c", Type::U32, &[1]).unwrap();
        place.key().set_string("", "unnamed").unwrap();
        let values = place.read().values.unwrap();
        assert_eq!(values.len(), 3);
        assert!(
            values.iter().all(|(_, value)| *value == RawValue::Other),
            "{values:?}"
        );
    }
}
