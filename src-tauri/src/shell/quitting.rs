//! How far quitting has come.

use std::sync::atomic::{AtomicBool, Ordering};

/// How far quitting has come.
#[derive(Debug, Default)]
pub struct Quitting {
    /// The question is open in the page.
    asked: AtomicBool,
    /// The app is about to end.
    decided: AtomicBool,
}

impl Quitting {
    /// Notes that the question is open; true when it was already.
    pub fn ask(&self) -> bool {
        self.asked.swap(true, Ordering::SeqCst)
    }

    /// The question was answered with no, or its window is gone.
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
