//! What differs by operating system: keychain, web browser, notifications, addresses, launch at login,
//! clock, disk, console, sleep and unlock, the data folder and the lock on it, the user's name.

mod clock;
#[cfg(any(windows, test))]
mod command_line;
mod data_folder;
mod desktop_notifier;
mod disk;
mod hardening;
mod identifier;
mod keychain;
mod launch_at_login;
mod login_entry;
mod on_click;
mod os;
mod program;
mod refresh_tokens;
mod session_vault;
pub mod single_instance;
#[cfg(any(windows, test))]
mod toast_xml;
mod web_browser;

pub use clock::SystemClock;
pub use data_folder::DataFolder;
pub use desktop_notifier::DesktopNotifier;
pub use disk::{free_space, is_local};
pub use hardening::harden;
pub use identifier::IDENTIFIER;
pub use keychain::Keychain;
pub use login_entry::{LoginEntry, LoginEntryError, Registration};
pub use os::user as os_user;
pub use os::{
    StayActive, attach_console, has_tray, name_this_process, register_addresses,
    register_for_notifications, restart_after_updates, show_error_dialog, system, watch_wake,
};
pub use refresh_tokens::AccountRefreshTokens;
pub use session_vault::SessionVault;
pub use web_browser::SystemBrowser;
