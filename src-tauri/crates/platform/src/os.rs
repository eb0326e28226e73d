//! One file for each operating system, behind the same functions.

#[cfg(target_os = "linux")]
#[path = "os/linux.rs"]
mod current;
#[cfg(target_os = "macos")]
#[path = "os/macos.rs"]
mod current;
#[cfg(target_os = "windows")]
#[path = "os/windows.rs"]
mod current;

#[cfg(unix)]
#[path = "os/unix_open_window_socket.rs"]
pub mod open_window_channel;
#[cfg(unix)]
#[path = "os/unix_private_files.rs"]
mod unix_private_files;
#[cfg(windows)]
pub use current::open_window_channel;

#[cfg(not(windows))]
pub use current::show_badge;
#[cfg(not(target_os = "linux"))]
pub use current::show_error_dialog;
pub use current::{
    Keychain, StayActive, ask_proxy_script, attach_console, has_tray, is_local, keychain_error,
    keychain_timeout_error, login_entry, name_this_process, notify, on_notification_click,
    policy_sources, register_addresses, register_for_notifications, restart_after_updates, session,
    watch_wake,
};
#[cfg(target_os = "macos")]
pub use current::{activate, after_this_event, stay_out_of_dock, watch_window_visibility};
#[cfg(windows)]
pub use current::{
    keep_memory_private, keep_private, make_file_private, make_private, must_be_ones_own,
    must_keep_what_is_in_it, when_asked_to_close,
};
#[cfg(windows)]
pub use current::{taskbar_is_light, watch_page, watch_taskbar_theme};
#[cfg(unix)]
pub use unix_private_files::{
    keep_memory_private, keep_private, make_file_private, make_private, must_be_ones_own,
    must_keep_what_is_in_it,
};

#[cfg(test)]
#[path = "os/policy_tests.rs"]
mod policy_tests;

/// Nothing to do: no installer here replaces a program that runs.
#[cfg(unix)]
pub fn when_asked_to_close(
    _again: Option<&crate::login_entry::LoginEntry>,
    _close: impl Fn() + Send + Sync + 'static,
) {
}

/// The user's login name.
pub fn user() -> String {
    whoami::username().unwrap_or_else(|_| "unknown user".to_owned())
}

/// The operating system and processor type, for support.
pub fn system() -> String {
    let name = whoami::distro().unwrap_or_else(|_| std::env::consts::OS.to_owned());
    format!("{name}, {}", std::env::consts::ARCH)
}
