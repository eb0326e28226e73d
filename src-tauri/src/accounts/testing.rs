//! An app without a window, on a computer that outlives it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ids::RunKey;
use runwatch_core::ports::{Notifier, Vault};
use runwatch_core::secret::SecretName;
use runwatch_core::words::Note;
use runwatch_platform::{DataFolder, Keychain, Secrets, SystemBrowser};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::history;
use crate::world::World;

/// What an app finds at its start.
pub struct Computer {
    base: TempDir,
    pub keychain: Arc<Faulty>,
}

impl Computer {
    pub fn new() -> Self {
        solvexia::install_tls();
        Self {
            base: tempfile::tempdir().unwrap(),
            keychain: Arc::new(Faulty {
                entries: Keychain::in_memory().unwrap(),
                is_locked: AtomicBool::new(false),
                hangs: AtomicBool::new(false),
                asked: Notify::new(),
                answers: Notify::new(),
            }),
        }
    }

    /// The app right after its start, before it has looked into the keychain.
    pub async fn start(&self) -> Arc<World> {
        let folder = DataFolder::open(Some(self.base.path()), false).unwrap();
        let notifier: Arc<dyn Notifier> = Arc::new(Mute);
        let (engine, _, history) = history::load(&folder, &notifier).await.unwrap();
        let vault = Arc::new(Secrets::new(self.keychain.clone()));
        let browser = Arc::new(SystemBrowser);
        Arc::new(World::new(
            folder, engine, vault, browser, notifier, None, history,
        ))
    }
}

/// A keychain that fails as long as it is told to.
pub struct Faulty {
    entries: Keychain,
    is_locked: AtomicBool,
    hangs: AtomicBool,
    asked: Notify,
    answers: Notify,
}

impl Faulty {
    pub fn lock(&self, is_locked: bool) {
        self.is_locked.store(is_locked, Ordering::SeqCst);
    }

    pub fn hang(&self) {
        self.hangs.store(true, Ordering::SeqCst);
    }

    /// It answers again, also who waits already.
    pub fn answer(&self) {
        self.hangs.store(false, Ordering::SeqCst);
        self.answers.notify_one();
    }

    /// Waits until it is asked while it hangs.
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
        match self.is_locked.load(Ordering::SeqCst) {
            true => Err(VaultError::Locked),
            false => Ok(()),
        }
    }
}

#[async_trait]
impl Vault for Faulty {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.check().await?;
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

struct Mute;

#[async_trait]
impl Notifier for Mute {
    async fn show(&self, _: Note, _: Option<RunKey>) -> Result<(), String> {
        Ok(())
    }
}
