//! Locking that survives a panic of another holder.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks; a panic of another holder does not spread, as every change is made whole before it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
