//! Keeps a wrong proxy password from locking its owner out.
//!
//! A firm's proxy checks it against the Windows account, which locks after a few wrong ones, and a
//! password that has just been changed is wrong for every read of the watch loop.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Answer, Lost, Unsent};

/// Accounts usually lock after five to ten wrong passwords within half an hour.
const PAUSE: Duration = Duration::from_secs(10 * 60);

/// When the proxy last refused the sign-in.
#[derive(Debug, Default)]
pub struct Lockout(Mutex<Option<Instant>>);

impl Lockout {
    /// Whether the sign-in was refused so lately that it is not shown again yet.
    pub fn holds(&self) -> bool {
        let refused = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        refused.is_some_and(|at| at.elapsed() < PAUSE)
    }

    pub fn learn(&self, result: &Result<Answer, Lost>) {
        if matches!(result, Err(Lost::Unsent(Unsent::ProxySignIn))) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
    }
}
