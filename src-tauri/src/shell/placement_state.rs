//! Where the window was, and is, while the app runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use runwatch_core::window_place::{Opening, WindowPlaces};

/// Where the window was, and is.
#[derive(Default)]
pub struct Placement {
    places: Mutex<WindowPlaces>,
    /// How it was opened: as long as it is so, nobody chose that place.
    opened: Mutex<Option<Opening>>,
    /// It will be kept within a moment.
    is_unkept: AtomicBool,
}

impl Placement {
    /// With what was kept.
    pub fn new(kept: WindowPlaces) -> Self {
        Self {
            places: Mutex::new(kept),
            ..Self::default()
        }
    }

    /// Where it was.
    pub fn places(&self) -> MutexGuard<'_, WindowPlaces> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it was opened.
    pub fn opened(&self) -> MutexGuard<'_, Option<Opening>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It changed. True where nobody keeps it yet.
    pub fn begin_to_keep(&self) -> bool {
        !self.is_unkept.swap(true, Ordering::SeqCst)
    }

    /// It is kept now. False where it was already.
    pub fn end_to_keep(&self) -> bool {
        self.is_unkept.swap(false, Ordering::SeqCst)
    }
}
