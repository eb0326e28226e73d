//! What differs by operating system: keychain, web browser, notifications, clock, the person at the
//! computer.

mod browser;
mod clock;
mod keychain;
mod notifier;
mod os;
mod refresh;
mod secrets;

pub use browser::SystemBrowser;
pub use clock::SystemClock;
pub use keychain::Keychain;
pub use notifier::Desktop;
pub use os::user as os_user;
pub use refresh::AccountRefreshTokens;
pub use secrets::Secrets;
