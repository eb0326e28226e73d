//! A vault that holds secrets in memory for this session where the real vault does not take them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use secrecy::SecretString;
use tokio::sync::Notify;

/// A vault that never loses a secret while the app runs.
pub struct SessionVault {
    vault: Arc<dyn Vault>,
    /// Changes that the vault has not carried out yet.
    pending: Mutex<HashMap<SecretName, PendingChange>>,
    /// Changes are carried out one by one, in order.
    turn: tokio::sync::Mutex<()>,
    changed: Notify,
}

#[derive(Clone)]
struct PendingChange {
    /// The new secret; none to delete it.
    secret: Option<SecretString>,
    /// Why the vault did not carry it out; none before it was tried.
    failure: Option<VaultError>,
}

impl SessionVault {
    /// Secrets in this vault.
    pub fn new(vault: Arc<dyn Vault>) -> Self {
        Self {
            vault,
            pending: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// Why a secret is held in memory only, and what that means; none where the vault holds it.
    pub fn reason(&self, name: &SecretName) -> Option<String> {
        let pending = self.pending();
        let change = pending.get(name).filter(|change| change.secret.is_some())?;
        let failure = change.failure.as_ref()?;
        let meaning = match name.kind() {
            SecretKind::ClientSecret | SecretKind::RefreshToken | SecretKind::AccessToken => {
                "You stay signed in until Runwatch is closed, and sign in again next time."
            }
            SecretKind::ProxyPassword => {
                "The proxy's password is known until Runwatch is closed. Type it again next time."
            }
        };
        Some(format!("{failure} {meaning}"))
    }

    /// Waits until [`SessionVault::reason`] of some secret changes. For one listener: a change
    /// between two waits ends the second one at once.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Retries pending changes, and returns whether the vault has carried out all of them.
    pub async fn retry(&self) -> bool {
        let _turn = self.turn.lock().await;
        let pending = self.pending().clone();
        for (name, change) in pending {
            let before = self.reason(&name);
            let done = self.carry_out(&name, change.secret).await;
            self.notify_if_changed(&name, before);
            // Stop at the first failure: a locked vault would take its time limit for every secret.
            if done.is_err() {
                return false;
            }
        }
        true
    }

    async fn change(
        &self,
        name: &SecretName,
        secret: Option<SecretString>,
    ) -> Result<(), VaultError> {
        let _turn = self.turn.lock().await;
        let before = self.reason(name);
        // In memory first, so that neither a concurrent read nor a cancelled caller misses it.
        self.remember(name, secret.clone());
        let done = self.carry_out(name, secret).await;
        self.notify_if_changed(name, before);
        done
    }

    /// Keeps the last failure while this is tried: the secret is still in memory only.
    fn remember(&self, name: &SecretName, secret: Option<SecretString>) {
        let mut pending = self.pending();
        let failure = pending.get(name).and_then(|change| change.failure.clone());
        pending.insert(name.clone(), PendingChange { secret, failure });
    }

    fn notify_if_changed(&self, name: &SecretName, before: Option<String>) {
        if self.reason(name) != before {
            self.changed.notify_one();
        }
    }

    async fn carry_out(
        &self,
        name: &SecretName,
        secret: Option<SecretString>,
    ) -> Result<(), VaultError> {
        let done = match secret {
            Some(secret) => self.vault.keep(name, secret).await,
            None => self.vault.forget(name).await,
        };
        match &done {
            Ok(()) => {
                self.pending().remove(name);
            }
            Err(error) => {
                if let Some(change) = self.pending().get_mut(name) {
                    change.failure = Some(error.clone());
                }
            }
        }
        done
    }

    fn pending(&self) -> MutexGuard<'_, HashMap<SecretName, PendingChange>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Vault for SessionVault {
    /// Where the vault fails, holds the secret for this session; the error says why.
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        let done = self.change(name, Some(secret)).await;
        if let Err(error) = &done {
            tracing::warn!(%error, "a secret is kept for this session only");
        }
        done
    }

    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        let change = self.pending().get(name).cloned();
        match change {
            Some(change) => Ok(change.secret),
            None => self.vault.read(name).await,
        }
    }

    /// Fails where the vault may still hold it. It is not read any more all the same, and
    /// [`SessionVault::retry`] deletes it.
    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        let never_kept = self.reason(name).is_some();
        match self.change(name, None).await {
            Err(VaultError::Unavailable(_)) if never_kept => Ok(()),
            done => done,
        }
    }
}

#[cfg(test)]
#[path = "session_vault_tests.rs"]
mod tests;
