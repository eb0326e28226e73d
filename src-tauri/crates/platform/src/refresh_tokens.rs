//! An account's refresh token in a vault, until the account is signed out or removed.

use std::sync::Arc;

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::{RefreshTokens, Vault};
use runwatch_core::secret::{SecretKind, SecretName};
use secrecy::SecretString;
use tokio::sync::Mutex;

/// The refresh token of one account.
pub struct AccountRefreshTokens {
    vault: Arc<dyn Vault>,
    name: SecretName,
    /// Held while a token is being kept.
    open: Arc<Mutex<bool>>,
    /// Held while a token is renewed.
    turn: Arc<Mutex<()>>,
}

impl AccountRefreshTokens {
    /// The refresh token of this account for this origin.
    pub fn new(vault: Arc<dyn Vault>, account: &AccountId, place: &str) -> Self {
        Self {
            vault,
            name: SecretName::of(account, SecretKind::RefreshToken).at(place),
            open: Arc::new(Mutex::new(true)),
            turn: Arc::default(),
        }
    }

    /// Waits for a renewal under way: what it brings may be the only token that is still valid.
    pub async fn renewed(&self) {
        drop(self.turn.lock().await);
    }

    /// Closes it: waits for a `keep` under way, and refuses further ones. What is deleted
    /// afterwards stays deleted, whatever a renewal under way still brings.
    pub async fn close(&self) {
        *self.open.lock().await = false;
    }
}

#[async_trait]
impl RefreshTokens for AccountRefreshTokens {
    async fn read(&self) -> Result<Option<SecretString>, VaultError> {
        if !*self.open.lock().await {
            return Err(closed());
        }
        self.vault.read(&self.name).await
    }

    async fn keep(&self, token: SecretString) -> Result<(), VaultError> {
        let open = Arc::clone(&self.open).lock_owned().await;
        if !*open {
            return Err(closed());
        }
        let (vault, name) = (Arc::clone(&self.vault), self.name.clone());
        // On a task of its own: a cancelled caller must neither lose the only valid token nor let
        // `close` return before it is stored.
        let kept = tokio::spawn(async move {
            let kept = vault.keep(&name, token).await;
            drop(open);
            kept
        });
        kept.await
            .unwrap_or_else(|_| Err(VaultError::Unavailable("Runwatch is closing".into())))
    }

    async fn turn(&self) -> Box<dyn Send> {
        Box::new(Arc::clone(&self.turn).lock_owned().await)
    }
}

fn closed() -> VaultError {
    VaultError::Refused("the account is signed out".into())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::Poll;
    use std::time::Duration;

    use secrecy::ExposeSecret;
    use tokio::sync::Notify;

    use super::*;
    use crate::keychain::Keychain;
    use crate::session_vault::SessionVault;

    /// A vault whose `keep` waits for a signal.
    struct Slow {
        keychain: Keychain,
        begun: Notify,
        go_on: Notify,
        is_locked: AtomicBool,
    }

    #[async_trait]
    impl Vault for Slow {
        async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
            self.begun.notify_one();
            self.go_on.notified().await;
            if self.is_locked.load(Ordering::Relaxed) {
                return Err(VaultError::Locked);
            }
            self.keychain.keep(name, secret).await
        }
        async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
            self.keychain.read(name).await
        }
        async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
            self.keychain.forget(name).await
        }
    }

    fn tokens(vault: Arc<dyn Vault>, account: &str) -> AccountRefreshTokens {
        AccountRefreshTokens::new(vault, &AccountId(account.into()), "app.solvexia.com")
    }

    fn slow() -> (Arc<Slow>, Arc<AccountRefreshTokens>) {
        let vault = Arc::new(Slow {
            keychain: Keychain::in_memory().unwrap(),
            begun: Notify::new(),
            go_on: Notify::new(),
            is_locked: AtomicBool::new(false),
        });
        let tokens = tokens(vault.clone(), "a");
        (vault, Arc::new(tokens))
    }

    #[tokio::test]
    async fn a_token_is_kept_for_its_account_alone() {
        let vault = Arc::new(Keychain::in_memory().unwrap());
        let of = |account| tokens(vault.clone(), account);
        of("a").keep("token".into()).await.unwrap();
        let read = of("a").read().await.unwrap();
        assert_eq!(read.unwrap().expose_secret(), "token");
        assert!(of("b").read().await.unwrap().is_none());
        assert_eq!(vault.names().await.unwrap(), ["a/refresh-token"]);
    }

    /// A token that is held for this session only is an error, and is used on all the same.
    #[tokio::test]
    async fn a_token_that_is_kept_for_this_session_only_is_an_error_and_is_read_all_the_same() {
        let (vault, _) = slow();
        let secrets = SessionVault::new(Arc::clone(&vault) as Arc<dyn Vault>);
        let tokens = tokens(Arc::new(secrets), "a");
        vault.is_locked.store(true, Ordering::Relaxed);
        vault.go_on.notify_one();
        let kept = tokens.keep("renewed".into()).await;
        assert_eq!(kept, Err(VaultError::Locked));
        let read = tokens.read().await.unwrap();
        assert_eq!(read.unwrap().expose_secret(), "renewed");
        vault.is_locked.store(false, Ordering::Relaxed);
        vault.go_on.notify_one();
        tokens.keep("renewed".into()).await.unwrap();
        let kept = vault.read(&tokens.name).await.unwrap();
        assert_eq!(kept.unwrap().expose_secret(), "renewed");
    }

    #[tokio::test]
    async fn who_ends_the_app_waits_for_a_renewal_under_way_and_for_no_other() {
        let (_, tokens) = slow();
        tokens.renewed().await;
        let turn = tokens.turn().await;
        let mut renewed = Box::pin(tokens.renewed());
        let early =
            std::future::poll_fn(|context| Poll::Ready(renewed.as_mut().poll(context).is_ready()));
        assert!(!early.await, "its token is not kept yet");
        drop(turn);
        renewed.await;
    }

    #[tokio::test]
    async fn one_renews_at_a_time() {
        let (_, tokens) = slow();
        let first = tokens.turn().await;
        let mut second = Box::pin(tokens.turn());
        let early =
            std::future::poll_fn(|context| Poll::Ready(second.as_mut().poll(context).is_ready()));
        assert!(!early.await, "two at once");
        drop(first);
        second.await;
    }

    #[tokio::test]
    async fn a_renewal_under_way_never_brings_back_what_was_deleted() {
        let (vault, tokens) = slow();
        let renewal = tokio::spawn({
            let tokens = Arc::clone(&tokens);
            async move { tokens.keep("renewed".into()).await }
        });
        vault.begun.notified().await;

        // Closing waits for the one under way.
        let mut closing = Box::pin(tokens.close());
        let early =
            std::future::poll_fn(|context| Poll::Ready(closing.as_mut().poll(context).is_ready()));
        assert!(!early.await, "closed while a token was being kept");
        vault.go_on.notify_one();
        closing.await;
        renewal.await.unwrap().unwrap();

        vault.forget(&tokens.name).await.unwrap();
        vault.go_on.notify_one();
        let late = tokens.keep("late".into()).await;
        assert!(matches!(late, Err(VaultError::Refused(_))));
        assert!(matches!(tokens.read().await, Err(VaultError::Refused(_))));
        assert!(vault.read(&tokens.name).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_cancelled_caller_loses_no_token_and_closing_still_waits_for_it() {
        let (vault, tokens) = slow();
        tokio::select! {
            biased;
            _ = tokens.keep("renewed".into()) => panic!("it was let go on"),
            () = vault.begun.notified() => {}
        }
        let closing = tokio::spawn({
            let tokens = Arc::clone(&tokens);
            async move { tokens.close().await }
        });
        vault.go_on.notify_one();
        let deadline = tokio::time::timeout(Duration::from_secs(10), closing);
        deadline.await.unwrap().unwrap();
        let kept = vault.read(&tokens.name).await.unwrap();
        assert_eq!(kept.unwrap().expose_secret(), "renewed");
    }
}
