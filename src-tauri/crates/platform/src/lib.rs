//! What differs by operating system: keychain, notifications, clock.
