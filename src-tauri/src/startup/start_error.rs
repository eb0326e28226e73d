//! Why the app could not start, in the words that are shown then.

use runwatch_core::error::{StoreError, VaultError};
use thiserror::Error;

/// Why the app could not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The data folder or its lock.
    #[error(
        "Its data folder {0} cannot be used ({1}). Nothing is watched until it can. Ask your help \
         desk, or choose another folder with “--data-dir”."
    )]
    Folder(String, std::io::Error),
    /// Started where no window can be, such as over SSH.
    #[cfg(target_os = "linux")]
    #[error(
        "There is no display for its window here. Start it on a desktop. Started with “--check”, it tells a help \
         desk what it finds, without a window."
    )]
    NoDisplay,
    /// Another app has the folder and does not open its window.
    #[error(
        "It runs already, but does not answer, so its window could not be opened. It may still be \
         watching. Open it from the tray; if that does not help, end it with your system's task \
         manager and start it again. Perhaps another computer uses the same data folder: quit it there."
    )]
    Unresponsive,
    /// Another app has the folder, in another session of this user.
    #[error(
        "It runs already in another session of yours on this computer, such as an earlier remote desktop, \
         and watches your runs from there. It is not opened here a second time. Go back to that session to \
         see it; or choose Quit there, then start it here."
    )]
    Elsewhere,
    /// The loopback port of the sample data.
    #[error("The sample data cannot be served ({0}). {HELP}")]
    Demo(std::io::Error),
    /// Not even a history in memory.
    #[error("{0} {HELP}")]
    Store(#[from] StoreError),
    /// No thread for the keychain.
    #[error("{0} {HELP}")]
    Vault(#[from] VaultError),
    /// The window system.
    #[error("The window system refused ({0}). {HELP}")]
    Window(#[from] tauri::Error),
}

const HELP: &str = "Nothing is watched until Runwatch starts. Start it again; if that does not help, \
                    ask your help desk: started with “--check”, it tells what is wrong.";
