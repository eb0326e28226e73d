//! `runwatch://` on Linux: a desktop entry that says which program opens it.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::desktop_entry;
use crate::program::program;

const ENTRY: &str = "runwatch-address.desktop";

/// Registers this program for Runwatch's addresses. A package has registered the program that it brought:
/// what another one left here would come before it.
///
/// # Errors
/// When the entry cannot be written.
pub fn register_addresses() -> io::Result<()> {
    let program = program()?;
    let data = dirs::data_dir().ok_or(io::ErrorKind::NotFound)?;
    let file = data.join("applications").join(ENTRY);
    if program.starts_with("/usr") {
        return match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    }
    if desktop_entry::write(&file, &entry(&program)?)? {
        make_it_known();
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

/// Desktops look up by kind which entry is asked, by what this tool of theirs writes down.
fn make_it_known() {
    let mut tool = Command::new("xdg-mime");
    tool.args(["default", ENTRY, "x-scheme-handler/runwatch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !tool.status().is_ok_and(|status| status.success()) {
        tracing::info!("this desktop may not open links to Runwatch: it has no xdg-mime");
    }
}
