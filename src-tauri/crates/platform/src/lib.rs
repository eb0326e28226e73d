//! What differs by operating system: keychain, web browser, set-up script, notifications, addresses, launch at
//! login, clock, disk, console, sleep and unlock, the data folder and the lock on it, the user's name, what IT set.

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
mod new_folder;
mod on_click;
mod os;
#[cfg(any(windows, test))]
mod own_copy;
mod page_end;
#[cfg(any(target_os = "macos", test))]
mod profile_policy;
mod program;
mod proxy_script;
mod refresh_tokens;
mod session_vault;
pub mod single_instance;
#[cfg(any(windows, test))]
mod toast_xml;
mod user_file;
mod web_browser;

pub use clock::SystemClock;
pub use data_folder::DataFolder;
pub use desktop_notifier::DesktopNotifier;
pub use disk::{free_space, is_local};
pub use hardening::harden;
pub use identifier::IDENTIFIER;
pub use keychain::Keychain;
pub use login_entry::{LoginEntry, LoginEntryError, Registration};
pub use new_folder::write_new_folder;
#[cfg(not(windows))]
pub use os::show_badge;
#[cfg(not(target_os = "linux"))]
pub use os::show_error_dialog;
pub use os::user as os_user;
pub use os::{
    StayActive, attach_console, has_tray, name_this_process, policy_sources, register_addresses,
    register_for_notifications, restart_after_updates, system, watch_wake, when_asked_to_close,
};
#[cfg(target_os = "macos")]
pub use os::{activate, after_this_event, stay_out_of_dock, watch_window_visibility};
#[cfg(windows)]
pub use os::{taskbar_is_light, watch_page, watch_taskbar_theme};
pub use page_end::PageEnd;
pub use proxy_script::SystemProxyScript;
pub use refresh_tokens::AccountRefreshTokens;
pub use session_vault::SessionVault;
pub use user_file::save_for_user;
pub use web_browser::SystemBrowser;
