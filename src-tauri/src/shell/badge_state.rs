//! The number on the app's icon while the app runs.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The number that is shown.
#[derive(Debug, Default)]
pub struct Badge(AtomicUsize);

impl Badge {
    /// It is this now. True where that is a change.
    pub fn change(&self, count: usize) -> bool {
        self.0.swap(count, Ordering::SeqCst) != count
    }

    /// The number.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}
