//! What differs by operating system: keychain, web browser, notifications, clock, disk, console, sleep, the
//! data folder and the lock on it, the person at the computer.

mod browser;
mod clock;
mod disk;
mod folder;
pub mod instance;
mod keychain;
mod notifier;
mod os;
mod refresh;
mod secrets;

pub use browser::SystemBrowser;
pub use clock::SystemClock;
pub use disk::{free_space, is_local};
pub use folder::DataFolder;
pub use keychain::Keychain;
pub use notifier::Desktop;
pub use os::user as os_user;
pub use os::{Active, alarm, attach_console, has_tray, introduce, system, watch_wake};
pub use refresh::AccountRefreshTokens;
pub use secrets::Secrets;

/// What operating systems know the app by: the same as in its bundle.
pub const IDENTIFIER: &str = "app.runwatch.desktop";
