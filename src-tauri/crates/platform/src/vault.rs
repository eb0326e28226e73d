//! The keychain on a thread of its own, with a deadline: a locked one blocks without a limit.

use std::sync::mpsc;
use std::time::Duration;

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ports::Vault;
use runwatch_core::secret::SecretName;
use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::keychain::Entries;

/// Long enough for a person to type the keychain's password, short enough to go on without it.
const DEADLINE: Duration = Duration::from_secs(20);

type Job = Box<dyn FnOnce(&Entries) + Send>;

/// The keychain of this computer, for one data folder.
#[derive(Debug, Clone)]
pub struct Keychain {
    jobs: mpsc::Sender<Job>,
}

impl Keychain {
    /// Entries live under `service`, a name that belongs to one data folder alone.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when no thread can be had.
    pub fn new(service: String) -> Result<Self, VaultError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("keychain".into())
            .spawn(move || {
                let entries = Entries::of(service);
                for job in inbox {
                    job(&entries);
                }
            })
            .map_err(|error| VaultError::Unavailable(error.to_string()))?;
        Ok(Self { jobs })
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Entries) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (answer, wait) = oneshot::channel();
        let job: Job = Box::new(move |entries| {
            // The caller may have stopped waiting.
            let _ = answer.send(work(entries));
        });
        let silent = || VaultError::Unavailable("it does not answer".into());
        self.jobs.send(job).map_err(|_| silent())?;
        match tokio::time::timeout(DEADLINE, wait).await {
            Ok(Ok(result)) => result,
            _ => Err(silent()),
        }
    }
}

#[async_trait]
impl Vault for Keychain {
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        let name = name.entry();
        self.call(move |entries| entries.keep(&name, &secret)).await
    }

    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError> {
        let name = name.entry();
        self.call(move |entries| entries.read(&name)).await
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        let name = name.entry();
        self.call(move |entries| entries.forget(&name)).await
    }
}
