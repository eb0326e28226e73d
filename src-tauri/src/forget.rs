//! `--forget`: takes this data folder's secrets out of the keychain, for who removes Runwatch.
//! History stays. It works also where the database is gone: entries are found by their service.

use std::process::ExitCode;

use runwatch_platform::instance::{self, Instance};
use runwatch_platform::{DataFolder, Keychain};

use crate::args::Args;

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
    let folder = DataFolder::existing(args.data_dir.as_deref(), args.demo)
        .map_err(|error| format!("{error}. Nothing was deleted."))?;
    // An open app would write a renewed secret back.
    let _held = match instance::take(&folder) {
        Ok(Instance::First(held)) => held,
        Ok(Instance::Second) => {
            return Err(
                "Runwatch is open on this folder. Quit it first; nothing was deleted.".into(),
            );
        }
        Err(error) => return Err(format!("The data folder cannot be used ({error}).")),
    };
    let keychain = Keychain::new(folder.own_name()).map_err(|error| error.to_string())?;
    let count = tauri::async_runtime::block_on(keychain.forget_all()).map_err(|error| {
        format!("{error} Some of Runwatch's entries may still be there: try again, or delete them in the keychain's own window.")
    })?;
    Ok(match count {
        0 => "The keychain holds nothing of this data folder.".into(),
        1 => "1 keychain entry of this data folder was deleted.".into(),
        _ => format!("{count} keychain entries of this data folder were deleted."),
    })
}
