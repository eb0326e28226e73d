//! Secrets in a vault, or in memory for this session where the vault does not take them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use secrecy::SecretString;
use tokio::sync::Notify;

/// A vault that never loses what it was given while the app runs.
pub struct Secrets {
    vault: Arc<dyn Vault>,
    /// What the vault should hold and does not yet, as far as is known.
    wishes: Mutex<HashMap<SecretName, Wish>>,
    /// Changes are carried out one by one, in the order in which they are wished.
    turn: tokio::sync::Mutex<()>,
    changed: Notify,
}

#[derive(Clone)]
struct Wish {
    /// The secret; none where it is to be gone.
    secret: Option<SecretString>,
    /// Why the vault did not carry it out, or the one before it; none while it took them all.
    failure: Option<VaultError>,
}

impl Secrets {
    /// Secrets in this vault.
    pub fn new(vault: Arc<dyn Vault>) -> Self {
        Self {
            vault,
            wishes: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// Why a secret is in memory alone, and what that means; none where the vault holds it.
    pub fn reason(&self, name: &SecretName) -> Option<String> {
        let wishes = self.wishes();
        let wish = wishes.get(name).filter(|wish| wish.secret.is_some())?;
        let failure = wish.failure.as_ref()?;
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

    /// Waits until [`Secrets::reason`] of some secret is another one. For one who listens: a change
    /// between two waits ends the second one at once.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Tries again what the vault refused, and tells whether it holds all now.
    pub async fn retry(&self) -> bool {
        let _turn = self.turn.lock().await;
        let wishes = self.wishes().clone();
        for (name, wish) in wishes {
            let before = self.reason(&name);
            let done = self.carry_out(&name, wish.secret).await;
            self.tell(&name, before);
            // One that is locked or gone would have every caller wait for its deadline.
            if done.is_err() {
                return false;
            }
        }
        true
    }

    async fn wish(
        &self,
        name: &SecretName,
        secret: Option<SecretString>,
    ) -> Result<(), VaultError> {
        let _turn = self.turn.lock().await;
        let before = self.reason(name);
        // First in memory: whoever reads meanwhile, or cancels this, misses nothing.
        self.remember(name, secret.clone());
        let done = self.carry_out(name, secret).await;
        self.tell(name, before);
        done
    }

    /// What the vault refused before is in memory alone while this is tried, and still said so.
    fn remember(&self, name: &SecretName, secret: Option<SecretString>) {
        let mut wishes = self.wishes();
        let failure = wishes.get(name).and_then(|wish| wish.failure.clone());
        wishes.insert(name.clone(), Wish { secret, failure });
    }

    fn tell(&self, name: &SecretName, before: Option<String>) {
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
                self.wishes().remove(name);
            }
            Err(error) => {
                if let Some(wish) = self.wishes().get_mut(name) {
                    wish.failure = Some(error.clone());
                }
            }
        }
        done
    }

    fn wishes(&self) -> MutexGuard<'_, HashMap<SecretName, Wish>> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Vault for Secrets {
    /// Where it fails, it is kept for this session; the error says why.
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        let done = self.wish(name, Some(secret)).await;
        if let Err(error) = &done {
            tracing::warn!(%error, "a secret is kept for this session only");
        }
        done
    }

    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        let wish = self.wishes().get(name).cloned();
        match wish {
            Some(wish) => Ok(wish.secret),
            None => self.vault.read(name).await,
        }
    }

    /// Fails where the vault may still hold it; it is not read any more all the same, and
    /// [`Secrets::retry`] deletes it.
    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        let never_kept = self.reason(name).is_some();
        match self.wish(name, None).await {
            Err(VaultError::Unavailable(_)) if never_kept => Ok(()),
            done => done,
        }
    }
}

#[cfg(test)]
#[path = "secrets_tests.rs"]
mod tests;
