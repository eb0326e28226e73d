//! Keeps a wrong proxy password from locking its owner out.
//!
//! A firm's proxy checks it against the Windows account, which locks after a few wrong ones, and a
//! password that has just been changed is wrong for every read of the watch loop. It is shown once
//! by all accounts together: whoever comes first shows it, and the others wait for what comes of it.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync;

use super::proxy::ProxyConnection;

/// Accounts usually lock after five to ten wrong passwords within half an hour.
const PAUSE: Duration = Duration::from_secs(10 * 60);
/// So long connections are kept without use: then new ones are made, which show the password.
const PROVEN_FOR: Duration = Duration::from_secs(30);

/// All of this process, by proxy and password; only a hash of these is kept.
static LOCKOUTS: LazyLock<Mutex<HashMap<u64, Arc<ProxyLockout>>>> = LazyLock::new(Mutex::default);
static HASH: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// What is known of one user and password at one proxy.
#[derive(Debug, Default)]
pub(crate) struct ProxyLockout {
    known: Mutex<Known>,
    turn: sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Known {
    accepted: Option<Instant>,
    refused: Option<Instant>,
}

/// The leave to show the password; its holder may be the only one.
pub(crate) struct PasswordPermit<'a>(
    #[expect(dead_code, reason = "it is held")] Option<sync::MutexGuard<'a, ()>>,
);

impl ProxyLockout {
    /// Whose business it is; none where the proxy is not signed in to.
    pub fn of(proxy_connection: &ProxyConnection) -> Option<Arc<Self>> {
        let sign_in = proxy_connection.sign_in.as_ref()?;
        let key = HASH.hash_one((proxy_connection.address.url(), sign_in.as_bytes()));
        let mut all = LOCKOUTS.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(all.entry(key).or_default()))
    }

    /// Waits for the leave to show the password; none while it was refused so lately that it is
    /// not shown again yet.
    pub async fn permit(&self) -> Option<PasswordPermit<'_>> {
        if self.known().is_proven() {
            return Some(PasswordPermit(None));
        }
        let turn = self.turn.lock().await;
        let known = self.known();
        if known.is_refused() {
            None
        } else {
            Some(PasswordPermit((!known.is_proven()).then_some(turn)))
        }
    }

    /// The proxy took it.
    pub fn accepted(&self) {
        *self.known() = Known {
            accepted: Some(Instant::now()),
            refused: None,
        };
    }

    /// The proxy did not take it.
    pub fn refused(&self) {
        *self.known() = Known {
            accepted: None,
            refused: Some(Instant::now()),
        };
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn is_proven(&self) -> bool {
        self.accepted.is_some_and(|at| at.elapsed() < PROVEN_FOR)
    }

    fn is_refused(&self) -> bool {
        self.refused.is_some_and(|at| at.elapsed() < PAUSE)
    }
}
