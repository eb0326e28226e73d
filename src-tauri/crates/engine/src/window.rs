//! What can be seen in the app's window: it decides how often runs are asked.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use runwatch_core::ids::RunKey;

use crate::sync::lock;

/// Which run is open, and whether the window can be seen at all.
#[derive(Debug, Default)]
pub(crate) struct Window {
    open_run: Mutex<Option<RunKey>>,
    visible: AtomicBool,
}

impl Window {
    /// True when that is a change.
    pub fn set_open_run(&self, run: Option<RunKey>) -> bool {
        let before = std::mem::replace(&mut *lock(&self.open_run), run.clone());
        before != run
    }

    /// True when that is a change.
    pub fn set_visible(&self, visible: bool) -> bool {
        self.visible.swap(visible, Ordering::SeqCst) != visible
    }

    pub fn open_run(&self) -> Option<RunKey> {
        lock(&self.open_run).clone()
    }

    pub fn is_visible(&self) -> bool {
        self.visible.load(Ordering::SeqCst)
    }

    /// Whether this run is open in a window that can be seen.
    pub fn shows(&self, run: &RunKey) -> bool {
        self.is_visible() && lock(&self.open_run).as_ref() == Some(run)
    }
}
