//! `runwatch://` on Linux: a desktop entry that says which program opens it.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::desktop_entry;
use crate::program::program;

/// Registers this program for Runwatch's addresses. A package has registered the program that it brought.
///
/// # Errors
/// When the entry cannot be written.
pub fn register_addresses() -> io::Result<()> {
    let program = program()?;
    if program.starts_with("/usr") {
        return Ok(());
    }
    let data = dirs::data_dir().ok_or(io::ErrorKind::NotFound)?;
    let folder = data.join("applications");
    if desktop_entry::write(&folder.join("runwatch-address.desktop"), &entry(&program)?)? {
        index(&folder);
    }
    Ok(())
}

fn entry(program: &Path) -> io::Result<String> {
    Ok(format!(
        "[Desktop Entry]\nType=Application\nName=Runwatch\nExec={}\nNoDisplay=true\nTerminal=false\n\
         MimeType=x-scheme-handler/runwatch;\n",
        desktop_entry::exec(program, &[], "%u")?
    ))
}

/// Desktops look entries up in an index, which this program of theirs makes.
fn index(folder: &Path) {
    let mut command = Command::new("update-desktop-database");
    let made = command
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !made.is_ok_and(|status| status.success()) {
        tracing::info!(
            "links to Runwatch may not open it: this desktop made no index of its entry"
        );
    }
}
