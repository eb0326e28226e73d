//! The organisation's policy: a file that root alone can write.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use runwatch_core::policy::{Origin, RawPolicy, RawValue};
use serde_json::{Map, Value};

/// Where IT puts it. No variable moves it: a user could set that.
const FILE: &str = "/etc/runwatch/policy.json";
const ROOT: u32 = 0;
/// Far more than all settings need.
const LARGEST: u64 = 64 << 10;
/// Rights to write of others than the owner.
const OTHERS_WRITE: u32 = 0o022;

/// What IT set, the strongest first.
pub fn policy_sources() -> Vec<RawPolicy> {
    read(Path::new(FILE), ROOT).into_iter().collect()
}

/// The file's policy; none where there is no file.
fn read(file: &Path, owner: u32) -> Option<RawPolicy> {
    let values = match contents(file, owner) {
        Ok(None) => return None,
        Ok(Some(text)) => values(&text),
        Err(error) => Err(error.to_string()),
    };
    Some(RawPolicy {
        origin: Origin::MachinePolicy,
        place: file.display().to_string(),
        values,
    })
}

fn contents(file: &Path, owner: u32) -> io::Result<Option<Vec<u8>>> {
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let about = opened.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    if about.uid() != owner || about.mode() & OTHERS_WRITE != 0 {
        let words = "it must belong to root, and root alone may have the right to write it";
        return Err(io::Error::other(words));
    }
    let mut text = Vec::new();
    opened.take(LARGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::other("it is longer than 64 KB"));
    }
    Ok(Some(text))
}

fn values(text: &[u8]) -> Result<Vec<(String, RawValue)>, String> {
    // Editors on Windows begin a text with it.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let object: Map<String, Value> =
        serde_json::from_slice(text).map_err(|error| format!("it is no JSON object: {error}"))?;
    Ok(object
        .into_iter()
        .map(|(name, value)| (name, raw(value)))
        .collect())
}

fn raw(value: Value) -> RawValue {
    match value {
        Value::String(text) => RawValue::Text(text),
        Value::Bool(flag) => RawValue::Flag(flag),
        Value::Number(number) => number.as_i64().map_or(RawValue::Other, RawValue::Number),
        Value::Array(entries) => {
            let text = |entry: &Value| entry.as_str().map(str::to_owned);
            let texts: Option<_> = entries.iter().map(text).collect();
            texts.map_or(RawValue::Other, RawValue::List)
        }
        Value::Null | Value::Object(_) => RawValue::Other,
    }
}

#[cfg(test)]
pub mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use runwatch_core::policy::NAMES;

    use super::*;

    fn me() -> u32 {
        rustix::process::geteuid().as_raw()
    }

    fn written(folder: &Path, text: &str) -> PathBuf {
        let file = folder.join("policy.json");
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        file
    }

    /// What is read after IT has set these values.
    pub fn set(values: &[(&str, RawValue)]) -> RawPolicy {
        let json = |value: &RawValue| match value {
            RawValue::Text(text) => Value::from(text.as_str()),
            RawValue::Number(number) => Value::from(*number),
            RawValue::Flag(flag) => Value::from(*flag),
            RawValue::List(texts) => Value::from(texts.as_slice()),
            RawValue::Other => Value::Null,
        };
        let object: Map<String, Value> = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json(value)))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), &Value::from(object).to_string());
        read(&file, me()).unwrap()
    }

    #[test]
    fn where_there_is_no_file_nothing_is_set() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("policy.json"), me()), None);
    }

    #[test]
    fn the_example_for_it_sets_every_setting() {
        let example = include_str!("../../../../../../src-tauri/packaging/policy/policy.json");
        let folder = tempfile::tempdir().unwrap();
        let source = read(&written(folder.path(), example), me()).unwrap();
        assert_eq!(source.values.as_ref().unwrap().len(), NAMES.len());
        let policy = runwatch_core::policy::read(vec![source]);
        assert_eq!(policy.problems, [""; 0]);
    }

    #[test]
    fn the_mark_that_editors_on_windows_begin_a_text_with_is_no_part_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), "\u{feff}{\"Environment\": \"app\"}");
        let values = read(&file, me()).unwrap().values.unwrap();
        let expected = ("Environment".to_owned(), RawValue::Text("app".to_owned()));
        assert_eq!(values, [expected]);
    }

    #[test]
    fn a_file_that_others_than_root_can_write_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), "{}");
        assert!(read(&file, me()).unwrap().values.is_ok());
        assert!(read(&file, me() + 1).unwrap().values.is_err());
        for mode in [0o664, 0o646] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert!(read(&file, me()).unwrap().values.is_err(), "{mode:o}");
        }
    }

    #[test]
    fn what_is_no_json_object_or_far_too_long_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let long = format!("{{\"Proxy\": \"{}\"}}", "a".repeat(1_000_000));
        for text in ["", "{", "[]", "\"app\"", "{\"Proxy\": }", &long] {
            let file = written(folder.path(), text);
            assert!(read(&file, me()).unwrap().values.is_err());
        }
        let read = read(folder.path(), me()).unwrap();
        assert!(read.values.is_err(), "a folder");
    }

    #[test]
    fn what_no_setting_is_has_no_kind() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"{"a": 1.5, "b": ["x", 1], "c": {}, "d": 99999999999999999999, "e": [["x"]]}"#;
        let values = read(&written(folder.path(), text), me())
            .unwrap()
            .values
            .unwrap();
        assert_eq!(values.len(), 5);
        assert!(
            values.iter().all(|(_, value)| *value == RawValue::Other),
            "{values:?}"
        );
    }
}
