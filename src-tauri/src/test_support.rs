//! For tests: the app without a window, on a computer on which it can be started again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::notification::ClickTarget;
use runwatch_core::policy::Policy;
use runwatch_core::ports::{Notifier, Vault};
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_core::words::NotificationText;
use runwatch_platform::{DataFolder, Keychain, SessionVault, SystemBrowser};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::app_state::AppState;
use crate::startup::history_file;

/// What stays when the app is started again: the data folder and the keychain.
pub struct Computer {
    base: TempDir,
    pub keychain: Arc<FaultyKeychain>,
}

impl Computer {
    pub fn new() -> Self {
        solvexia::install_tls();
        Self {
            base: tempfile::tempdir().unwrap(),
            keychain: Arc::new(FaultyKeychain {
                entries: Keychain::in_memory().unwrap(),
                kept: Mutex::default(),
                trouble: Mutex::default(),
                hangs: AtomicBool::new(false),
                asked: Notify::new(),
                answers: Notify::new(),
            }),
        }
    }

    /// The app right after its start, before it has looked into the keychain.
    pub async fn start(&self) -> Arc<AppState> {
        self.start_under(Policy::default()).await
    }

    /// The same on a computer where IT has set this.
    pub async fn start_under(&self, policy: Policy) -> Arc<AppState> {
        let folder = DataFolder::open(Some(self.base.path()), false).unwrap();
        let notifier: Arc<dyn Notifier> = Arc::new(SilentNotifier);
        let (engine, _, history) = history_file::load(&folder, &notifier).await.unwrap();
        let vault = Arc::new(SessionVault::new(self.keychain.clone()));
        let browser = Arc::new(SystemBrowser);
        let app_state = AppState::new(folder, engine, vault, browser, notifier, None, history);
        Arc::new(app_state.with_policy(policy))
    }
}

/// A keychain that a test can let fail or hang.
pub struct FaultyKeychain {
    entries: Keychain,
    /// What was kept, in turn.
    kept: Mutex<Vec<SecretKind>>,
    trouble: Mutex<Option<VaultError>>,
    hangs: AtomicBool,
    asked: Notify,
    answers: Notify,
}

impl FaultyKeychain {
    /// Fails with this error from now on; with none it works again.
    pub fn fail(&self, trouble: Option<VaultError>) {
        *self.trouble.lock().unwrap() = trouble;
    }

    pub fn lock(&self, is_locked: bool) {
        self.fail(is_locked.then_some(VaultError::Locked));
    }

    pub fn kept(&self) -> Vec<SecretKind> {
        self.kept.lock().unwrap().clone()
    }

    pub fn hang(&self) {
        self.hangs.store(true, Ordering::SeqCst);
    }

    /// Answers again, also calls that wait already.
    pub fn answer(&self) {
        self.hangs.store(false, Ordering::SeqCst);
        self.answers.notify_one();
    }

    /// Waits until it is called while it hangs.
    pub async fn asked(&self) {
        self.asked.notified().await;
    }

    pub async fn names(&self) -> Vec<String> {
        self.entries.names().await.unwrap()
    }

    async fn check(&self) -> Result<(), VaultError> {
        if self.hangs.load(Ordering::SeqCst) {
            self.asked.notify_one();
            self.answers.notified().await;
        }
        self.trouble.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Vault for FaultyKeychain {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.check().await?;
        self.kept.lock().unwrap().push(name.kind());
        self.entries.keep(name, secret).await
    }
    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        self.check().await?;
        self.entries.read(name).await
    }
    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        self.check().await?;
        self.entries.forget(name).await
    }
}

/// A desktop that shows nothing.
struct SilentNotifier;

#[async_trait]
impl Notifier for SilentNotifier {
    async fn show(&self, _: NotificationText, _: Option<ClickTarget>) -> Result<(), String> {
        Ok(())
    }
}

/// An account by client id and secret.
pub fn account() -> Account {
    Account {
        id: AccountId("a".into()),
        label: "Payroll".into(),
        colour: Default::default(),
        environment: Environment::parse("app").unwrap(),
        method: SignInMethod::Client,
        client_id: "desk".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    }
}
