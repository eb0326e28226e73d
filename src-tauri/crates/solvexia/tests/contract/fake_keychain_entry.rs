//! A fake keychain entry for a refresh token. Several clients can share it as several processes do,
//! and it fails or blocks where a test says. Kept in a file, it outlives its process.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex as AsyncMutex, Notify};

/// A point in the use of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStep {
    /// About to be read for the first, second, … time.
    Read(u32),
    /// About to be written.
    Write,
    /// Written and not read back yet.
    Written,
    /// Read back.
    Kept,
}

#[derive(Clone, Default)]
pub struct KeychainEntry {
    state: Arc<Mutex<State>>,
    reached: Arc<Notify>,
    released: Arc<Notify>,
    /// Taken by the clients of one process in turn; processes do not wait for each other.
    turn: Option<Arc<AsyncMutex<()>>>,
    /// The file that holds it; none for memory.
    file: Option<PathBuf>,
}

#[derive(Default)]
struct State {
    token: Option<String>,
    trouble: Option<VaultError>,
    /// Whether a token that cannot be written is held for the session, and that token.
    remembers: bool,
    session: Option<String>,
    block_at: Option<EntryStep>,
    reads: u32,
    writes: u32,
}

impl KeychainEntry {
    pub fn holding(token: &str) -> Self {
        let entry = Self::default();
        entry.put(token);
        entry
    }

    /// An entry in this file, which may exist already.
    pub fn in_file(file: PathBuf) -> Self {
        Self {
            file: Some(file),
            ..Self::default()
        }
    }

    /// As the clients of one process share it.
    pub fn in_one_process(self) -> Self {
        Self {
            turn: Some(Arc::default()),
            ..self
        }
    }

    /// Holds a token that cannot be written for the session, as the app does.
    pub fn remembers(&self) {
        self.state().remembers = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn token(&self) -> Option<String> {
        match &self.file {
            Some(file) => std::fs::read_to_string(file).ok(),
            None => self.state().token.clone(),
        }
    }

    pub fn put(&self, token: &str) {
        let Some(file) = &self.file else {
            self.state().token = Some(token.to_owned());
            return;
        };
        // Atomically, as a keychain does.
        let new = file.with_extension("new");
        std::fs::write(&new, token).unwrap();
        std::fs::rename(new, file).unwrap();
    }

    pub fn remove(&self) {
        self.state().token = None;
    }

    /// Every read and write fails with this error; `None` ends that.
    pub fn trouble(&self, trouble: Option<VaultError>) {
        self.state().trouble = trouble;
    }

    pub fn reads(&self) -> u32 {
        self.state().reads
    }

    pub fn writes(&self) -> u32 {
        self.state().writes
    }

    /// Makes the next call block at this point until `release`.
    pub fn block_at(&self, event: EntryStep) {
        self.state().block_at = Some(event);
    }

    /// Waits until a call blocks.
    pub async fn reached(&self) {
        let coming = self.reached.notified();
        tokio::time::timeout(Duration::from_secs(20), coming)
            .await
            .unwrap();
    }

    /// Lets the blocked call go on, and later ones pass.
    pub fn release(&self) {
        self.state().block_at = None;
        self.released.notify_one();
    }

    async fn pass(&self, event: EntryStep) -> Result<(), VaultError> {
        if self.state().block_at == Some(event) {
            self.reached.notify_one();
            self.released.notified().await;
        }
        // Lets other tasks run, as a real keychain does.
        tokio::task::yield_now().await;
        self.state().trouble.clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl RefreshTokens for KeychainEntry {
    async fn read(&self) -> Result<Option<SecretString>, VaultError> {
        let count = {
            let mut state = self.state();
            state.reads += 1;
            state.reads
        };
        let session = self.state().session.clone();
        if let Some(token) = session {
            return Ok(Some(token.into()));
        }
        self.pass(EntryStep::Read(count)).await?;
        Ok(self.token().map(SecretString::from))
    }

    async fn keep(&self, token: SecretString) -> Result<(), VaultError> {
        {
            let mut state = self.state();
            let remembered = state.remembers.then(|| token.expose_secret().to_owned());
            state.session = remembered;
        }
        self.pass(EntryStep::Write).await?;
        self.state().writes += 1;
        self.put(token.expose_secret());
        self.pass(EntryStep::Written).await?;
        if self.token().as_deref() != Some(token.expose_secret()) {
            return Err(VaultError::Unfaithful);
        }
        self.state().session = None;
        self.pass(EntryStep::Kept).await
    }

    async fn turn(&self) -> Box<dyn Send> {
        match &self.turn {
            Some(turn) => Box::new(Arc::clone(turn).lock_owned().await),
            None => Box::new(()),
        }
    }
}
