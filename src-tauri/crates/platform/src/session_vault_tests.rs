use runwatch_core::ids::AccountId;
use secrecy::ExposeSecret;

use super::*;
use crate::Keychain;

/// A vault that fails while it is told to.
struct Faulty {
    keychain: Keychain,
    failure: Mutex<Option<VaultError>>,
}

impl Faulty {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            keychain: Keychain::in_memory().unwrap(),
            failure: Mutex::default(),
        })
    }

    fn fail(&self, failure: Option<VaultError>) {
        *self.failure.lock().unwrap() = failure;
    }

    fn check(&self) -> Result<(), VaultError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }

    async fn holds(&self, name: &SecretName) -> Option<String> {
        text(self.keychain.read(name).await)
    }
}

#[async_trait]
impl Vault for Faulty {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.check()?;
        self.keychain.keep(name, secret).await
    }
    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        self.check()?;
        self.keychain.read(name).await
    }
    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        self.check()?;
        self.keychain.forget(name).await
    }
}

fn text(read: Result<Option<SecretString>, VaultError>) -> Option<String> {
    read.unwrap()
        .map(|secret| secret.expose_secret().to_owned())
}

fn token() -> SecretName {
    SecretName::of(&AccountId("a".into()), SecretKind::RefreshToken)
}

fn nowhere() -> VaultError {
    VaultError::Unavailable("there is none".into())
}

#[tokio::test]
async fn what_the_keychain_takes_is_in_the_keychain() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    secrets.keep(&token(), "one".into()).await.unwrap();
    assert_eq!(vault.holds(&token()).await.as_deref(), Some("one"));
    assert_eq!(secrets.reason(&token()), None);
    secrets.forget(&token()).await.unwrap();
    assert_eq!(text(secrets.read(&token()).await), None);
}

#[tokio::test]
async fn what_it_refuses_is_for_this_session_only_and_said_so() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    secrets.keep(&token(), "old".into()).await.unwrap();
    vault.fail(Some(VaultError::Locked));
    let refused = secrets.keep(&token(), "new".into()).await;
    assert_eq!(refused, Err(VaultError::Locked));
    let said = secrets.reason(&token()).unwrap();
    assert!(said.contains("locked") && said.contains("until Runwatch is closed"));
    assert_eq!(text(secrets.read(&token()).await).as_deref(), Some("new"));

    // The newer one counts, also when the older one can be read again.
    vault.fail(None);
    assert_eq!(vault.holds(&token()).await.as_deref(), Some("old"));
    assert_eq!(text(secrets.read(&token()).await).as_deref(), Some("new"));
}

#[tokio::test]
async fn it_moves_into_the_keychain_when_that_is_back() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    vault.fail(Some(VaultError::Locked));
    secrets.keep(&token(), "one".into()).await.unwrap_err();
    let proxy = SecretName::proxy_password();
    secrets.keep(&proxy, "p".into()).await.unwrap_err();
    assert!(secrets.reason(&proxy).unwrap().contains("proxy"));
    assert!(!secrets.retry().await);
    assert!(secrets.reason(&token()).is_some());

    vault.fail(None);
    assert!(secrets.retry().await);
    assert_eq!(vault.holds(&token()).await.as_deref(), Some("one"));
    assert_eq!(vault.holds(&proxy).await.as_deref(), Some("p"));
    assert_eq!(
        (secrets.reason(&token()), secrets.reason(&proxy)),
        (None, None)
    );
}

#[tokio::test]
async fn the_next_renewal_moves_it_too() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    vault.fail(Some(nowhere()));
    secrets.keep(&token(), "one".into()).await.unwrap_err();
    vault.fail(None);
    secrets.keep(&token(), "two".into()).await.unwrap();
    assert_eq!(secrets.reason(&token()), None);
    assert_eq!(vault.holds(&token()).await.as_deref(), Some("two"));
}

#[tokio::test]
async fn forgetting_clears_both_and_what_could_not_be_deleted_is_not_read_again() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    secrets.keep(&token(), "one".into()).await.unwrap();
    vault.fail(Some(VaultError::Locked));
    assert_eq!(secrets.forget(&token()).await, Err(VaultError::Locked));
    assert_eq!(secrets.reason(&token()), None, "nothing is kept anywhere");
    vault.fail(None);
    assert_eq!(text(secrets.read(&token()).await), None);
    assert!(secrets.retry().await);
    assert_eq!(vault.holds(&token()).await, None);
}

#[tokio::test]
async fn without_a_keychain_signing_out_is_no_error() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    vault.fail(Some(nowhere()));
    secrets.keep(&token(), "one".into()).await.unwrap_err();
    assert_eq!(secrets.forget(&token()).await, Ok(()));
    assert_eq!(text(secrets.read(&token()).await), None);
}

#[tokio::test]
async fn whoever_listens_hears_of_each_change_of_place_and_of_nothing_else() {
    let vault = Faulty::new();
    let secrets = SessionVault::new(vault.clone());
    let heard = || {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        std::pin::pin!(secrets.changed())
            .poll(&mut context)
            .is_ready()
    };
    secrets.keep(&token(), "one".into()).await.unwrap();
    assert!(!heard(), "it is where it should be");
    vault.fail(Some(VaultError::Locked));
    secrets.keep(&token(), "two".into()).await.unwrap_err();
    assert!(heard(), "it is in memory");
    secrets.keep(&token(), "three".into()).await.unwrap_err();
    assert!(!secrets.retry().await);
    assert!(!heard(), "it is still there");
    vault.fail(None);
    assert!(secrets.retry().await);
    assert!(heard(), "it is in the keychain");
    vault.fail(Some(VaultError::Locked));
    secrets.keep(&token(), "four".into()).await.unwrap_err();
    assert!(heard());
    vault.fail(None);
    secrets.keep(&token(), "five".into()).await.unwrap();
    assert!(heard(), "the next one moved it");
}

#[tokio::test]
async fn a_locked_keychain_is_not_an_empty_one() {
    let vault = Faulty::new();
    vault.fail(Some(VaultError::Locked));
    let secrets = SessionVault::new(vault.clone());
    let read = secrets.read(&token()).await;
    assert_eq!(read.unwrap_err(), VaultError::Locked);
}
