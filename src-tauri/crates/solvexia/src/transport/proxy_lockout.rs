//! Keeps a wrong proxy password from locking the Windows account of its user.
//!
//! A firm's proxy often checks passwords against Windows accounts, which lock after a few wrong
//! ones; a changed password would be wrong for every read. So all accounts share one record: the
//! first request tries the password, the others wait for its result, and a rejected one is not sent
//! again for ten minutes.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync;

use super::proxy::ProxyConnection;

/// Accounts usually lock after five to ten wrong passwords within half an hour.
const PAUSE_AFTER_REJECTION: Duration = Duration::from_secs(10 * 60);
/// As long as idle connections are kept. A new connection sends the password again.
const PROVEN_FOR: Duration = Duration::from_secs(30);

/// One record for each proxy and password in this process; the key is a hash of both.
static LOCKOUTS: LazyLock<Mutex<HashMap<u64, Arc<ProxyLockout>>>> = LazyLock::new(Mutex::default);
static HASH: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// The record of one password at one proxy.
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

/// Permission to send the password; while it is not proven, only one holder at a time.
pub(crate) struct PasswordPermit<'a>(
    #[expect(dead_code, reason = "it is held")] Option<sync::MutexGuard<'a, ()>>,
);

impl ProxyLockout {
    /// The record for a proxy; none where it needs no password.
    pub fn of(proxy_connection: &ProxyConnection) -> Option<Arc<Self>> {
        let sign_in = proxy_connection.sign_in.as_ref()?;
        let key = HASH.hash_one((proxy_connection.address.url(), sign_in.as_bytes()));
        let mut all = LOCKOUTS.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(all.entry(key).or_default()))
    }

    /// Waits for permission to send the password; none where it was rejected within the last ten
    /// minutes.
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

    /// The proxy accepted the password.
    pub fn accepted(&self) {
        *self.known() = Known {
            accepted: Some(Instant::now()),
            refused: None,
        };
    }

    /// The proxy rejected the password.
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
        self.refused
            .is_some_and(|at| at.elapsed() < PAUSE_AFTER_REJECTION)
    }
}
