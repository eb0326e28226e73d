//! For a help desk: the check, the diagnostics, and forgetting what the keychain holds.

pub mod activity_export;
pub mod check;
pub mod diagnostics;
pub mod forget;
