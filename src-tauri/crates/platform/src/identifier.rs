//! The id of the app in operating systems.

/// The same as in the bundle.
pub const IDENTIFIER: &str = "app.runwatch.desktop";
