//! One small file per operating system, behind the same few functions.

#[cfg(target_os = "linux")]
#[path = "os/linux.rs"]
mod here;
#[cfg(target_os = "macos")]
#[path = "os/macos.rs"]
mod here;
#[cfg(target_os = "windows")]
#[path = "os/windows.rs"]
mod here;

#[cfg(unix)]
#[path = "os/unix.rs"]
pub mod activation;
#[cfg(unix)]
#[path = "os/unix_notify.rs"]
mod unix_notify;
#[cfg(windows)]
pub use here::{activation, notify};
#[cfg(unix)]
pub use unix_notify::notify;

pub use here::{
    Active, Keychain, alarm, attach_console, has_tray, introduce, is_local, keychain_trouble,
    make_private, silent_keychain, watch_wake,
};

/// Who sits at this computer, as its operating system calls them.
pub fn user() -> String {
    whoami::username().unwrap_or_else(|_| "unknown user".to_owned())
}

/// The operating system and the kind of computer, as a help desk calls them.
pub fn system() -> String {
    let name = whoami::distro().unwrap_or_else(|_| std::env::consts::OS.to_owned());
    format!("{name}, {}", std::env::consts::ARCH)
}
