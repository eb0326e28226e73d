//! What differs by operating system: keychain, notifications, clock, the person at the computer.

mod clock;
mod keychain;
mod notifier;
mod os;

pub use clock::SystemClock;
pub use keychain::Keychain;
pub use notifier::Desktop;
pub use os::user as os_user;
