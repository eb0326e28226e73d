//! `--forget`: takes this data folder's secrets out of the keychain, for who removes Runwatch.
//! History stays. It works also where the database is gone: entries are found by their service.

use std::process::ExitCode;

use runwatch_core::error::VaultError;
use runwatch_platform::single_instance::{self, FolderLock, Instance, Wish};
use runwatch_platform::{DataFolder, Keychain};

use crate::startup::arguments::Args;

/// Deletes the entries, and says how many there were.
#[expect(
    clippy::print_stdout,
    reason = "the answer to who asked on the command line"
)]
pub fn run(args: &Args) -> ExitCode {
    match forget(args) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

fn forget(args: &Args) -> Result<String, String> {
    let unusable = |error| format!("The data folder cannot be used ({error}).");
    let folder =
        DataFolder::without_creating(args.data_dir.as_deref(), args.demo).map_err(unusable)?;
    // An open app would write a renewed secret back. There is none where there is no folder.
    let _held = if folder.path().exists() {
        Some(held(&folder)?)
    } else {
        None
    };
    let keychain = Keychain::new(folder.own_name()).map_err(|error| error.to_string())?;
    let forgotten = tauri::async_runtime::block_on(keychain.forget_all());
    if forgotten == Ok(0) && !folder.path().exists() {
        let path = folder.path().display();
        return Ok(format!(
            "There is no such folder: {path}. The keychain holds nothing of it."
        ));
    }
    said(forgotten)
}

fn held(folder: &DataFolder) -> Result<FolderLock, String> {
    match single_instance::take(folder, &Wish::Nothing) {
        Ok(Instance::First(held)) => Ok(held),
        Ok(Instance::Second | Instance::Elsewhere | Instance::Unresponsive) => {
            Err("Runwatch is open on this folder. Quit it first; nothing was deleted.".into())
        }
        Err(error) => Err(format!("The data folder cannot be used ({error}).")),
    }
}

/// An uninstaller goes on only where nothing is left behind.
fn said(forgotten: Result<usize, VaultError>) -> Result<String, String> {
    match forgotten {
        Ok(0) => Ok("The keychain holds nothing of this data folder.".into()),
        Ok(1) => Ok("1 keychain entry of this data folder was deleted.".into()),
        Ok(count) => Ok(format!(
            "{count} keychain entries of this data folder were deleted."
        )),
        // Also where none can be reached: the next session may have one, with the entries in it.
        Err(error) => Err(format!(
            "{error} Runwatch's entries may still be in it. Try again where it can be used, or delete \
             them in the keychain's own window: they are called “Runwatch: …”."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wherever_entries_may_be_left_forgetting_fails_and_says_how_they_are_found() {
        assert!(said(Ok(0)).is_ok());
        for error in [
            VaultError::Locked,
            VaultError::Refused("no".into()),
            VaultError::Unavailable("no keychain service is running".into()),
        ] {
            let said = said(Err(error)).unwrap_err();
            assert!(said.contains("may still be in it") && said.contains("“Runwatch: …”"));
        }
    }
}
