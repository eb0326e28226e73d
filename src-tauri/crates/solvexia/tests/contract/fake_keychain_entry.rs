//! A keychain entry that several clients share as several processes do, and that fails or stops
//! where a test says. In a file, it outlives its process.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex as AsyncMutex, Notify};

/// A moment in the life of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryEvent {
    /// It is about to be read for the first, second, … time.
    Read(u32),
    /// It is about to be written.
    Write,
    /// It was written and not read back.
    Written,
    /// It was read back.
    Kept,
}

#[derive(Clone, Default)]
pub struct KeychainEntry {
    state: Arc<Mutex<State>>,
    reached: Arc<Notify>,
    go_on: Arc<Notify>,
    /// Between the clients of one process; processes do not wait for each other.
    turn: Option<Arc<AsyncMutex<()>>>,
    /// Where it is kept, if not in memory.
    file: Option<PathBuf>,
}

#[derive(Default)]
struct State {
    token: Option<String>,
    trouble: Option<VaultError>,
    /// Whether what cannot be kept is remembered for the session, and what is.
    remembers: bool,
    session: Option<String>,
    stop_at: Option<EntryEvent>,
    reads: u32,
    writes: u32,
}

impl KeychainEntry {
    pub fn holding(token: &str) -> Self {
        let entry = Self::default();
        entry.put(token);
        entry
    }

    /// Kept in this file, where there may be one already.
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

    /// What cannot be kept is remembered and read for the session, as the app does.
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
        // In one go, as a keychain does.
        let new = file.with_extension("new");
        std::fs::write(&new, token).unwrap();
        std::fs::rename(new, file).unwrap();
    }

    pub fn remove(&self) {
        self.state().token = None;
    }

    /// Every read and write fails so, until it is told otherwise.
    pub fn trouble(&self, trouble: Option<VaultError>) {
        self.state().trouble = trouble;
    }

    pub fn reads(&self) -> u32 {
        self.state().reads
    }

    pub fn writes(&self) -> u32 {
        self.state().writes
    }

    /// Whoever comes to this moment stays there.
    pub fn stop_at(&self, event: EntryEvent) {
        self.state().stop_at = Some(event);
    }

    /// Waits until someone came to the moment.
    pub async fn reached(&self) {
        let coming = self.reached.notified();
        tokio::time::timeout(Duration::from_secs(20), coming)
            .await
            .unwrap();
    }

    /// Nobody stays any more.
    pub fn go_on(&self) {
        self.state().stop_at = None;
        self.go_on.notify_one();
    }

    async fn pass(&self, event: EntryEvent) -> Result<(), VaultError> {
        if self.state().stop_at == Some(event) {
            self.reached.notify_one();
            self.go_on.notified().await;
        }
        // Others get their turn here, as they do while a true keychain works.
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
        self.pass(EntryEvent::Read(count)).await?;
        Ok(self.token().map(SecretString::from))
    }

    async fn keep(&self, token: SecretString) -> Result<(), VaultError> {
        {
            let mut state = self.state();
            let remembered = state.remembers.then(|| token.expose_secret().to_owned());
            state.session = remembered;
        }
        self.pass(EntryEvent::Write).await?;
        self.state().writes += 1;
        self.put(token.expose_secret());
        self.pass(EntryEvent::Written).await?;
        if self.token().as_deref() != Some(token.expose_secret()) {
            return Err(VaultError::Unfaithful);
        }
        self.state().session = None;
        self.pass(EntryEvent::Kept).await
    }

    async fn turn(&self) -> Box<dyn Send> {
        match &self.turn {
            Some(turn) => Box::new(Arc::clone(turn).lock_owned().await),
            None => Box::new(()),
        }
    }
}
