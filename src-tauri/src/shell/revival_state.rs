//! What is under way for a window whose page ended by itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::shell::page_ends::PageEnds;

/// What is under way for the window.
#[derive(Default)]
pub struct Revival {
    ends: Mutex<PageEnds>,
    /// The window goes, and another one takes its place.
    is_renewing: AtomicBool,
    /// With fresh storage.
    wants_fresh_storage: AtomicBool,
    /// The message that there is no window is open.
    is_telling: AtomicBool,
}

impl Revival {
    /// A page has begun its work.
    pub fn page_began(&self) {
        self.ends().began();
    }

    /// Whether another window is about to take the place of the one that goes.
    pub fn is_renewing(&self) -> bool {
        self.is_renewing.load(Ordering::SeqCst)
    }

    /// The other window is there, or cannot be.
    pub fn is_over(&self) {
        self.is_renewing.store(false, Ordering::SeqCst);
    }

    /// Another window is to take the place of the one that goes.
    pub fn renew(&self) {
        self.is_renewing.store(true, Ordering::SeqCst);
    }

    /// That one is to have fresh storage.
    pub fn want_fresh_storage(&self) {
        self.wants_fresh_storage.store(true, Ordering::SeqCst);
    }

    /// Whether it is to have that, which is asked once.
    pub fn take_fresh_storage(&self) -> bool {
        self.wants_fresh_storage.swap(false, Ordering::SeqCst)
    }

    /// The user is told, or has read it. True where that is a change.
    pub fn tell(&self, is_telling: bool) -> bool {
        self.is_telling.swap(is_telling, Ordering::SeqCst) != is_telling
    }

    /// Whether the user is being told that there is no window.
    pub fn is_telling(&self) -> bool {
        self.is_telling.load(Ordering::SeqCst)
    }

    /// What has ended so far.
    pub fn ends(&self) -> MutexGuard<'_, PageEnds> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
