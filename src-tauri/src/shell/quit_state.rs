//! Whether the app is about to end.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the app is about to end.
#[derive(Debug, Default)]
pub struct QuitState(AtomicBool);

impl QuitState {
    /// The app ends now.
    pub fn decide(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the app is about to end.
    pub fn is_decided(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
