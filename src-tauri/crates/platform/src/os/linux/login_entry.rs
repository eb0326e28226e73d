//! Launch at login by XDG autostart: a desktop entry in the user's folder of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::desktop_entry;
use crate::login_entry::{LoginEntry, LoginEntryError, Registration};

/// Where the desktop switches entries off.
pub const SETTINGS: &str = "your desktop’s settings for startup applications";

pub fn registration(entry: &LoginEntry) -> io::Result<Registration> {
    registration_in(&folder()?, entry)
}

pub fn register(entry: &LoginEntry) -> Result<(), LoginEntryError> {
    Ok(register_in(&folder()?, entry)?)
}

pub fn remove(entry: &LoginEntry) -> Result<(), LoginEntryError> {
    match fs::remove_file(file(&folder()?, entry)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn folder() -> io::Result<PathBuf> {
    let config = dirs::config_dir().ok_or(io::ErrorKind::NotFound)?;
    Ok(config.join("autostart"))
}

fn file(folder: &Path, entry: &LoginEntry) -> PathBuf {
    let name = entry.name.to_lowercase().replace(' ', "-");
    folder.join(format!("{name}.desktop"))
}

fn registration_in(folder: &Path, entry: &LoginEntry) -> io::Result<Registration> {
    let there = match fs::read_to_string(file(folder, entry)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Registration::Missing),
        there => there?,
    };
    let is_off = |line: &str| {
        let line = line.replace(' ', "").to_lowercase();
        line == "hidden=true" || line == "x-gnome-autostart-enabled=false"
    };
    let exec = format!("Exec={}", exec(entry)?);
    Ok(match there.lines().any(is_off) {
        true => Registration::SwitchedOff,
        false if there.lines().any(|line| line == exec) => Registration::Current,
        false => Registration::Outdated,
    })
}

fn register_in(folder: &Path, entry: &LoginEntry) -> io::Result<()> {
    if registration_in(folder, entry)? == Registration::SwitchedOff {
        return Ok(());
    }
    let text = format!(
        "[Desktop Entry]\nType=Application\nName=Runwatch\nComment=Watches SolveXia runs\nExec={}\n\
         Icon=runwatch\nTerminal=false\nX-GNOME-Autostart-enabled=true\n",
        exec(entry)?
    );
    desktop_entry::write(&file(folder, entry), &text).map(drop)
}

fn exec(entry: &LoginEntry) -> io::Result<String> {
    desktop_entry::exec(&entry.program, &entry.arguments, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(program: &str) -> LoginEntry {
        LoginEntry {
            name: "Runwatch ab12".into(),
            program: program.into(),
            arguments: vec!["--hidden".into()],
        }
    }

    #[test]
    fn an_entry_is_made_mended_when_the_program_moved_and_left_off_where_its_user_switched_it_off()
    {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("autostart");
        let (old, new) = (entry("/old/Jörg Übel/runwatch"), entry("/new/runwatch"));
        let now = |entry: &LoginEntry| registration_in(&folder, entry).unwrap();
        assert_eq!(now(&old), Registration::Missing);
        register_in(&folder, &old).unwrap();
        assert_eq!(now(&old), Registration::Current);
        assert_eq!(now(&new), Registration::Outdated);
        register_in(&folder, &new).unwrap();
        assert_eq!(now(&new), Registration::Current);

        let file = file(&folder, &new);
        let on = fs::read_to_string(&file).unwrap();
        for off in [
            on.replace("enabled=true", "enabled=false"),
            on.clone() + "Hidden=true\n",
        ] {
            fs::write(&file, &off).unwrap();
            assert_eq!(now(&new), Registration::SwitchedOff);
            register_in(&folder, &new).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), off);
        }
    }
}
