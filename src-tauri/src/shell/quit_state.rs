//! What is known of a quit under way: whether the user was asked, and whether the app ends.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user was asked about quitting, and whether the app ends.
#[derive(Debug, Default)]
pub struct QuitState {
    /// The question is open in the page.
    asked: AtomicBool,
    /// The app is about to end.
    decided: AtomicBool,
}

impl QuitState {
    /// Notes that the question is open; true when it was already.
    pub fn ask(&self) -> bool {
        self.asked.swap(true, Ordering::SeqCst)
    }

    /// The question was answered with no, or its window was closed.
    pub fn stay(&self) {
        self.asked.store(false, Ordering::SeqCst);
    }

    /// The app ends now.
    pub fn decide(&self) {
        self.decided.store(true, Ordering::SeqCst);
    }

    /// Whether the app is about to end.
    pub fn is_decided(&self) -> bool {
        self.decided.load(Ordering::SeqCst)
    }
}
