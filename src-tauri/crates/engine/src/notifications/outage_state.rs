//! What was told of outages, as it is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use runwatch_core::outage::OutageRecord;
use tokio::sync::OwnedMutexGuard;

/// What was told of outages.
pub(crate) struct Outages {
    record: Arc<tokio::sync::Mutex<OutageRecord>>,
    /// What can be read has changed.
    check_asked: AtomicBool,
}

impl Outages {
    pub fn new(record: OutageRecord) -> Self {
        Self {
            record: Arc::new(tokio::sync::Mutex::new(record)),
            check_asked: AtomicBool::new(false),
        }
    }

    /// Asks for a check at the next turn of the scheduler's loop.
    pub fn check_soon(&self) {
        self.check_asked.store(true, Ordering::SeqCst);
    }

    pub fn is_check_asked(&self) -> bool {
        self.check_asked.load(Ordering::SeqCst)
    }

    pub fn check_begins(&self) {
        self.check_asked.store(false, Ordering::SeqCst);
    }

    /// Waits while a check is being written down.
    pub async fn record(&self) -> OwnedMutexGuard<OutageRecord> {
        Arc::clone(&self.record).lock_owned().await
    }

    /// None while an earlier check is still being written down.
    pub fn try_record(&self) -> Option<OwnedMutexGuard<OutageRecord>> {
        Arc::clone(&self.record).try_lock_owned().ok()
    }
}
