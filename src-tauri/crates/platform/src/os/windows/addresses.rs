//! `runwatch://` on Windows: the user's registry says which program opens it.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use windows_registry::CURRENT_USER;

use crate::program::program;

const CLASS: &str = r"Software\Classes\runwatch";

/// This process has registered itself, so that an address leads to its data folder.
static REGISTERED: AtomicBool = AtomicBool::new(false);

/// Registers this program for Runwatch's addresses, also where another one was.
///
/// # Errors
/// When the registry refuses.
pub fn register_addresses() -> io::Result<()> {
    write(CLASS)?;
    REGISTERED.store(true, Ordering::Relaxed);
    Ok(())
}

/// Whether a click on an address opens this data folder's app.
pub fn are_registered() -> bool {
    REGISTERED.load(Ordering::Relaxed)
}

/// The program stands in quotes, as its path may hold a space; so does the address, which comes as it
/// was clicked.
fn write(class: &str) -> io::Result<()> {
    let program = program()?;
    let program = program.to_str().ok_or(io::ErrorKind::InvalidInput)?;
    let key = CURRENT_USER.create(class).map_err(io::Error::from)?;
    key.set_string("", "URL:Runwatch")?;
    key.set_string("URL Protocol", "")?;
    key.create(r"shell\open\command")?
        .set_string("", format!(r#""{program}" "%1""#))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_opened_by_this_program_in_quotes() {
        let class = r"Software\Classes\runwatch-test";
        write(class).unwrap();
        write(class).unwrap();
        let key = CURRENT_USER.open(class).unwrap();
        assert_eq!(key.get_string("URL Protocol").unwrap(), "");
        let command = key.open(r"shell\open\command").unwrap();
        let program = program().unwrap();
        assert_eq!(
            command.get_string("").unwrap(),
            format!("\"{}\" \"%1\"", program.display())
        );
        CURRENT_USER.remove_tree(class).unwrap();
    }
}
