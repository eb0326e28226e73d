//! The app's parts for tests, around a keychain that can be locked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use runwatch_core::account::{Account, Method};
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::ports::{Notifier, Vault};
use runwatch_core::secret::SecretName;
use runwatch_core::words::Note;
use runwatch_platform::{DataFolder, Secrets, SystemBrowser};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::history;
use crate::world::World;

/// A keychain that fails while it is told to, and keeps what it has.
#[derive(Clone, Default)]
pub struct ShyVault {
    kept: Arc<Mutex<HashMap<SecretName, SecretString>>>,
    trouble: Arc<Mutex<Option<VaultError>>>,
}

impl ShyVault {
    /// Fails so from now on, or works again.
    pub fn fail(&self, trouble: Option<VaultError>) {
        *self.trouble.lock().unwrap() = trouble;
    }

    fn works(&self) -> Result<(), VaultError> {
        self.trouble.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Vault for ShyVault {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.works()?;
        self.kept.lock().unwrap().insert(name.clone(), secret);
        Ok(())
    }

    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        self.works()?;
        Ok(self.kept.lock().unwrap().get(name).cloned())
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        self.works()?;
        self.kept.lock().unwrap().remove(name);
        Ok(())
    }
}

struct Mute;

#[async_trait]
impl Notifier for Mute {
    async fn show(&self, _: Note, _: Option<RunKey>) -> Result<(), String> {
        Ok(())
    }
}

/// The app's parts around `vault`, and their folder, which is gone when it is dropped.
pub async fn world(vault: &ShyVault) -> (Arc<World>, TempDir) {
    let base = tempfile::tempdir().unwrap();
    let folder = DataFolder::open(Some(base.path()), false).unwrap();
    let notifier: Arc<dyn Notifier> = Arc::new(Mute);
    let (engine, _, history) = history::load(&folder, &notifier).await.unwrap();
    let vault = Arc::new(Secrets::new(Arc::new(vault.clone())));
    let browser = Arc::new(SystemBrowser);
    let world = World::new(folder, engine, vault, browser, notifier, None, history);
    (Arc::new(world), base)
}

/// An account by client id and secret.
pub fn account() -> Account {
    Account {
        id: AccountId("a".into()),
        label: "Payroll".into(),
        colour: Default::default(),
        environment: Environment::parse("app").unwrap(),
        method: Method::Client,
        client_id: "desk".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
    }
}
