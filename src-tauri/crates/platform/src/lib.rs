//! What differs by operating system: keychain, notifications, clock, the person at the computer.

mod clock;
mod keychain;
mod notifier;
mod os;
mod vault;

pub use clock::SystemClock;
pub use notifier::Desktop;
pub use os::user as os_user;
pub use vault::Keychain;
