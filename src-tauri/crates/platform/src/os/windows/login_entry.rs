//! Launch at login by the user's `Run` key. Task Manager and Windows' settings switch entries off beside
//! it.

use std::io;

use windows_registry::{CURRENT_USER, LOCAL_MACHINE};

use crate::command_line::command_line;
use crate::login_entry::{LoginEntry, LoginEntryError, Registration};

/// Where Windows switches entries off.
pub const SETTINGS: &str = "Windows’ settings (Apps, Startup)";

const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
const APPROVED: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run";
/// Where IT can have Windows take no notice of the user's `Run` key, for the computer or for the user.
const RULES: &str = r"Software\Microsoft\Windows\CurrentVersion\Policies\Explorer";
/// Windows runs no longer line (UTF-16 units).
const LONGEST: usize = 260;

pub fn registration(entry: &LoginEntry) -> io::Result<Registration> {
    // Where it cannot be read there is none.
    let there = CURRENT_USER
        .open(RUN)
        .and_then(|key| key.get_string(&entry.name))
        .ok();
    Ok(match there {
        None => Registration::Missing,
        Some(_) if is_ignored(RULES) => Registration::Ignored,
        Some(_) if is_switched_off(entry) => Registration::SwitchedOff,
        Some(line) if command(entry).as_ref() == Some(&line) => Registration::Current,
        Some(_) => Registration::Outdated,
    })
}

/// The first byte is odd where the entry is off; there is none before its user has switched anything.
fn is_switched_off(entry: &LoginEntry) -> bool {
    let approved = CURRENT_USER
        .open(APPROVED)
        .and_then(|key| key.get_value(&entry.name));
    approved.is_ok_and(|value| value.first().is_some_and(|byte| byte % 2 == 1))
}

fn is_ignored(rules: &str) -> bool {
    [LOCAL_MACHINE, CURRENT_USER].into_iter().any(|hive| {
        let rule = hive
            .open(rules)
            .and_then(|key| key.get_u32("DisableCurrentUserRun"));
        rule.is_ok_and(|on| on != 0)
    })
}

pub fn register(entry: &LoginEntry) -> Result<(), LoginEntryError> {
    let line = command(entry)
        .filter(|line| line.encode_utf16().count() <= LONGEST)
        .ok_or_else(|| LoginEntryError::TooLong(entry.program.clone()))?;
    // One that was switched off stays off: Windows keeps that in `StartupApproved`.
    CURRENT_USER
        .create(RUN)
        .and_then(|key| key.set_string(&entry.name, line))
        .map_err(|error| io::Error::from(error).into())
}

pub fn remove(entry: &LoginEntry) -> Result<(), LoginEntryError> {
    if registration(entry)? == Registration::Missing {
        return Ok(());
    }
    CURRENT_USER
        .create(RUN)
        .and_then(|key| key.remove_value(&entry.name))
        .map_err(|error| io::Error::from(error).into())
}

fn command(entry: &LoginEntry) -> Option<String> {
    command_line(&entry.program, &entry.arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_made_mended_when_the_program_moved_and_known_to_be_switched_off() {
        let entry = |program: &str| LoginEntry {
            name: "Runwatch test".into(),
            program: program.into(),
            arguments: vec!["--hidden".into()],
        };
        let (old, new) = (
            entry(r"C:\Jörg Übel\runwatch.exe"),
            entry(r"C:\new\runwatch.exe"),
        );
        assert_eq!(registration(&old).unwrap(), Registration::Missing);
        register(&old).unwrap();
        assert_eq!(registration(&old).unwrap(), Registration::Current);
        assert_eq!(registration(&new).unwrap(), Registration::Outdated);
        register(&new).unwrap();
        assert_eq!(registration(&new).unwrap(), Registration::Current);
        let line = CURRENT_USER
            .open(RUN)
            .unwrap()
            .get_string(&new.name)
            .unwrap();
        assert_eq!(line, r#""C:\new\runwatch.exe" --hidden"#);

        let approved = CURRENT_USER.create(APPROVED).unwrap();
        for (byte, expected) in [(3, Registration::SwitchedOff), (2, Registration::Current)] {
            let mut value = [0; 12];
            value[0] = byte;
            approved
                .set_bytes(&new.name, windows_registry::Type::Bytes, &value)
                .unwrap();
            register(&new).unwrap();
            assert_eq!(registration(&new).unwrap(), expected);
        }
        let long = entry(&format!(r"C:\{}\runwatch.exe", "x".repeat(260)));
        assert!(matches!(register(&long), Err(LoginEntryError::TooLong(_))));

        remove(&new).unwrap();
        remove(&new).unwrap();
        assert_eq!(registration(&new).unwrap(), Registration::Missing);
        approved.remove_value(&new.name).unwrap();
    }

    #[test]
    fn a_rule_that_has_windows_ignore_the_entries_of_users_is_known() {
        let rules = r"Software\Runwatch test of rules";
        let key = CURRENT_USER.create(rules).unwrap();
        for (value, expected) in [(None, false), (Some(1), true), (Some(0), false)] {
            if let Some(value) = value {
                key.set_u32("DisableCurrentUserRun", value).unwrap();
            }
            assert_eq!(is_ignored(rules), expected, "{value:?}");
        }
        CURRENT_USER.remove_tree(rules).unwrap();
    }
}
