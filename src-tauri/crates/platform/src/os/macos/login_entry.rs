//! Launch at login by a launch agent, which System Settings shows under the app's name. SMAppService's own
//! login item would do with less, but starts the app without `--hidden`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use objc2_foundation::{NSString, NSURL};
use objc2_service_management::{SMAppService, SMAppServiceStatus};

use crate::identifier::IDENTIFIER;
use crate::login_entry::{LoginEntry, LoginEntryError, Registration};

/// Where macOS switches entries off.
pub const SETTINGS: &str = "System Settings (General, Login Items)";

pub fn registration(entry: &LoginEntry) -> io::Result<Registration> {
    let file = file(entry)?;
    let there = match fs::read_to_string(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Registration::Missing),
        there => there?,
    };
    Ok(match is_switched_off(&file) {
        true => Registration::SwitchedOff,
        false if there == plist(entry)? => Registration::Current,
        false => Registration::Outdated,
    })
}

#[expect(unsafe_code, reason = "no library asks for it")]
fn is_switched_off(file: &Path) -> bool {
    let url = NSURL::fileURLWithPath(&NSString::from_str(&file.to_string_lossy()));
    // SAFETY: it takes the address of a file, and only looks.
    let status = unsafe { SMAppService::statusForLegacyURL(&url) };
    status == SMAppServiceStatus::RequiresApproval
}

pub fn register(entry: &LoginEntry) -> Result<(), LoginEntryError> {
    if is_fleeting(&entry.program) {
        return Err(LoginEntryError::Fleeting(entry.program.clone()));
    }
    // Where it is switched off it stays so: macOS remembers that by the agent's name.
    let (file, plist) = (file(entry)?, plist(entry)?);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(file, plist)?)
}

/// macOS runs an app that was not moved since it was fetched from a place that is made for that one run;
/// a disk image is not there after a restart either.
fn is_fleeting(program: &Path) -> bool {
    program.starts_with("/Volumes")
        || program
            .components()
            .any(|part| part.as_os_str() == "AppTranslocation")
}

pub fn remove(entry: &LoginEntry) -> Result<(), LoginEntryError> {
    match fs::remove_file(file(entry)?) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Such as `app.runwatch.desktop.login`.
fn label(entry: &LoginEntry) -> String {
    let name = entry.name.to_lowercase().replace(' ', ".");
    format!("{IDENTIFIER}.login{}", name.trim_start_matches("runwatch"))
}

fn file(entry: &LoginEntry) -> io::Result<PathBuf> {
    let home = dirs::home_dir().ok_or(io::ErrorKind::NotFound)?;
    let agents = home.join("Library/LaunchAgents");
    Ok(agents.join(format!("{}.plist", label(entry))))
}

fn plist(entry: &LoginEntry) -> io::Result<String> {
    let program = entry.program.to_str().ok_or(io::ErrorKind::InvalidInput)?;
    let word = |word: &str| {
        let escaped = word.replace('&', "&amp;").replace('<', "&lt;");
        format!("    <string>{escaped}</string>\n")
    };
    let arguments = entry.arguments.iter().map(String::as_str);
    let words: String = std::iter::once(program)
        .chain(arguments)
        .map(word)
        .collect();
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>{}</string>
  <key>AssociatedBundleIdentifiers</key>
  <string>{IDENTIFIER}</string>
  <key>ProgramArguments</key>
  <array>
{words}  </array>
  <key>RunAtLoad</key>
  <true/>
  <key>LimitLoadToSessionType</key>
  <string>Aqua</string>
  <key>ProcessType</key>
  <string>Interactive</string>
</dict>
</plist>
"#,
        label(entry)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agent_starts_the_program_hidden_and_another_folder_has_an_agent_of_its_own() {
        let entry = |name: &str| LoginEntry {
            name: name.into(),
            program: "/Applications/R & D <1>/Runwatch.app/Contents/MacOS/runwatch".into(),
            arguments: vec!["--hidden".into()],
        };
        let plist = plist(&entry("Runwatch")).unwrap();
        assert!(
            plist.contains("<string>/Applications/R &amp; D &lt;1>/"),
            "{plist}"
        );
        assert!(plist.contains("<string>--hidden</string>"), "{plist}");
        assert_eq!(label(&entry("Runwatch")), "app.runwatch.desktop.login");
        assert_eq!(
            label(&entry("Runwatch ab12")),
            "app.runwatch.desktop.login.ab12"
        );
    }

    #[test]
    fn a_program_that_was_not_moved_yet_is_not_registered() {
        for place in [
            "/Volumes/Runwatch",
            "/private/var/folders/x/AppTranslocation/7D1F/d",
        ] {
            assert!(is_fleeting(&Path::new(place).join("Runwatch.app")));
        }
        assert!(!is_fleeting(Path::new("/Applications/Runwatch.app")));
    }
}
