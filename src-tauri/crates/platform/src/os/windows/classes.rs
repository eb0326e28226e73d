//! Classes of ours in the registry: those of an MSI for all users, and the user's own, which Windows prefers.

use std::io;

use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE, Result};

use crate::own_copy::{OwnCopy, own_copy};
use crate::program::program;

/// What opens an address.
pub const SCHEME: &str = r"Software\Classes\runwatch";
/// Below it: its unnamed value is the command.
pub const COMMAND: &str = r"shell\open\command";

/// The command by which Windows opens an address with this program. The path stands in quotes, as it may hold a
/// space; so does the address, which comes as it was clicked.
///
/// # Errors
/// When the system does not say where the program lies, or in letters that no text has.
pub fn command() -> io::Result<String> {
    let program = program()?;
    let program = program.to_str().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(format!(r#""{program}" "%1""#))
}

/// Has `write` fill the user's own class. Where an installation for all users has this very program and the class,
/// that one serves, and the user's own goes.
///
/// # Errors
/// When the registry refuses.
pub fn register(class: &str, write: impl FnOnce(&Key) -> Result<()>) -> io::Result<()> {
    Ok(register_beside(LOCAL_MACHINE, class, &command()?, write)?)
}

fn register_beside(
    machine: &Key,
    class: &str,
    this: &str,
    write: impl FnOnce(&Key) -> Result<()>,
) -> Result<()> {
    // What cannot be read names nothing.
    let has_class = machine.open(class).is_ok();
    let command = || {
        let key = machine.open(format!(r"{SCHEME}\{COMMAND}"));
        key.and_then(|key| key.get_string("")).ok()
    };
    let of_all_users = has_class.then(command).flatten();
    match own_copy(this, of_all_users.as_deref()) {
        OwnCopy::Written => write(&CURRENT_USER.create(class)?),
        OwnCopy::Removed if CURRENT_USER.open(class).is_ok() => CURRENT_USER.remove_tree(class),
        OwnCopy::Removed => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_class_goes_once_all_users_have_it_with_this_program() {
        let id = std::process::id();
        let class = format!(r"Software\Classes\runwatch-test-{id}");
        let place = format!(r"Software\Runwatch test machine {id}");
        let machine = CURRENT_USER.create(&place).unwrap();
        let register = || {
            let write = |key: &Key| key.set_string("", "own");
            register_beside(&machine, &class, "this", write).unwrap();
            CURRENT_USER.open(&class).is_ok()
        };
        assert!(register());
        let opens = machine.create(format!(r"{SCHEME}\{COMMAND}")).unwrap();
        opens.set_string("", "this").unwrap();
        assert!(register(), "all users do not have this class");
        machine.create(&class).unwrap();
        opens.set_string("", "another").unwrap();
        assert!(register(), "theirs is another program");
        opens.set_string("", "this").unwrap();
        assert!(!register());
        assert!(!register());
        CURRENT_USER.remove_tree(&place).unwrap();
    }
}
