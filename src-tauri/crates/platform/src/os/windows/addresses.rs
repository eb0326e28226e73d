//! `runwatch://` on Windows: the user's registry says which program opens it.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::classes::{COMMAND, SCHEME, command, register};

/// This process has registered itself, so that an address leads to its data folder.
static REGISTERED: AtomicBool = AtomicBool::new(false);

/// Registers this program for Runwatch's addresses, also where another one was.
///
/// # Errors
/// When the registry refuses.
pub fn register_addresses() -> io::Result<()> {
    write(SCHEME)?;
    REGISTERED.store(true, Ordering::Relaxed);
    Ok(())
}

/// Whether a click on an address opens this data folder's app.
pub fn are_registered() -> bool {
    REGISTERED.load(Ordering::Relaxed)
}

fn write(class: &str) -> io::Result<()> {
    let command = command()?;
    register(class, |key| {
        key.set_string("", "URL:Runwatch")?;
        key.set_string("URL Protocol", "")?;
        key.create(COMMAND)?.set_string("", &command)
    })
}

#[cfg(test)]
mod tests {
    use windows_registry::CURRENT_USER;

    use super::*;
    use crate::program::program;

    #[test]
    fn an_address_is_opened_by_this_program_in_quotes() {
        let class = r"Software\Classes\runwatch-test";
        write(class).unwrap();
        write(class).unwrap();
        let key = CURRENT_USER.open(class).unwrap();
        assert_eq!(key.get_string("URL Protocol").unwrap(), "");
        let command = key.open(COMMAND).unwrap();
        let program = program().unwrap();
        assert_eq!(
            command.get_string("").unwrap(),
            format!("\"{}\" \"%1\"", program.display())
        );
        CURRENT_USER.remove_tree(class).unwrap();
    }
}
