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
    /// The window was asked for meanwhile.
    is_wanted: AtomicBool,
    /// That message said that the app goes on; no page has begun since.
    has_told: AtomicBool,
}

impl Revival {
    /// A page has begun its work.
    pub fn page_began(&self) {
        self.has_told.store(false, Ordering::SeqCst);
        self.ends().began();
    }

    /// Whether another window is about to take the place of the one that goes.
    pub fn is_renewing(&self) -> bool {
        self.is_renewing.load(Ordering::SeqCst)
    }

    /// The other window is there, or cannot be.
    pub fn renewed(&self) {
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

    /// The user is told that there is no window, and that the app goes on. False where they are being told already.
    pub fn tell(&self) -> bool {
        self.has_told.store(true, Ordering::SeqCst);
        !self.is_telling.swap(true, Ordering::SeqCst)
    }

    /// The user has read it. Whether they asked for the window meanwhile.
    pub fn was_read(&self) -> bool {
        self.is_telling.store(false, Ordering::SeqCst);
        self.is_wanted.swap(false, Ordering::SeqCst)
    }

    /// The window is opened once the message was read.
    pub fn want_window(&self) {
        self.is_wanted.store(true, Ordering::SeqCst);
    }

    /// Whether the app goes on without a window, as its user was told.
    pub fn has_told(&self) -> bool {
        self.has_told.load(Ordering::SeqCst)
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
