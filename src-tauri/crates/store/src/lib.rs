//! The local history in SQLite: one file a table, each with its schema, rows, reads and writes.
//!
//! One thread owns the connection, so that a slow disk never holds up an async worker; callers
//! send it work and await the answer. Times are UTC milliseconds.

mod accounts;
mod actions;
mod columns;
mod examine;
mod history;
mod inbox;
mod lessons;
mod runs;
mod settings;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use async_trait::async_trait;
use runwatch_core::account::Account;
use runwatch_core::action::Action;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::notification::InboxItem;
use runwatch_core::observation::Step;
use runwatch_core::ports::Store;
use runwatch_core::run::Run;
use runwatch_core::transaction::{Committed, Transaction};
use rusqlite::Connection;
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};
use tokio::sync::oneshot;

pub use examine::{Examined, examine, try_folder};

/// How long a write waits for another program that holds the file locked.
const PATIENCE: Duration = Duration::from_secs(2);

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The open history.
#[derive(Debug, Clone)]
pub struct Db {
    jobs: mpsc::Sender<Job>,
}

impl Db {
    /// Opens the history at `path`, makes it where there is none, and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be opened, is damaged, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let open = || Connection::open(path).map_err(columns::error);
        match Self::with(open()?) {
            // On a full disk there may be no room for what readers share beside the file. Alone, it
            // is not needed: what was watched is known, and each write says how it went.
            Err(StoreError::Other(_)) => {
                let connection = open()?;
                connection
                    .execute_batch("PRAGMA locking_mode = EXCLUSIVE;")
                    .map_err(columns::error)?;
                Self::with(connection)
            }
            opened => opened,
        }
    }

    /// A history that is gone when the app ends: the way on when the file cannot be used.
    ///
    /// # Errors
    /// [`StoreError`] when not even that works.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::with(Connection::open_in_memory().map_err(columns::error)?)
    }

    fn with(connection: Connection) -> Result<Self, StoreError> {
        let mut connection = Self::prepare(connection)?;
        let (jobs, inbox) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("history".into())
            .spawn(move || {
                for job in inbox {
                    job(&mut connection);
                }
            })
            .map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self { jobs })
    }

    fn prepare(mut connection: Connection) -> Result<Connection, StoreError> {
        // FULL: an end that was told must not be told again after a power cut.
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .and_then(|()| connection.busy_timeout(PATIENCE))
            .map_err(columns::error)?;
        migrations()
            .to_latest(&mut connection)
            .map_err(not_up_to_date)?;
        Ok(connection)
    }

    /// Puts a history in memory into a new file at `path`, and goes on there.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be written; the history stays in memory.
    pub async fn move_into(&self, path: PathBuf) -> Result<(), StoreError> {
        self.call(move |connection| Ok(move_into(connection, &path)))
            .await?
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, wait) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let before = connection.total_changes();
            let result = work(connection).map_err(columns::error);
            // All writes queue here: one waits for a lock, those behind it meet it without waiting,
            // until one goes through.
            let patience = match &result {
                Err(StoreError::Locked) => Some(Duration::ZERO),
                Ok(_) if connection.total_changes() != before => Some(PATIENCE),
                _ => None,
            };
            if let Some(patience) = patience {
                // It is a setting of this connection and cannot fail.
                let _ = connection.busy_timeout(patience);
            }
            // The caller may have gone; what was written stays written.
            let _ = answer.send(result);
        });
        let gone = || StoreError::Other("its thread has ended".into());
        self.jobs.send(job).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }
}

fn move_into(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let name = path.to_string_lossy();
    connection
        .execute("VACUUM INTO ?1", [name])
        .map_err(columns::error)?;
    *connection = Db::prepare(Connection::open(path).map_err(columns::error)?)?;
    Ok(())
}

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(accounts::SCHEMA).comment("accounts"),
        M::up(runs::SCHEMA).comment("runs"),
        M::up(steps::SCHEMA).comment("steps"),
        M::up(history::SCHEMA).comment("history"),
        M::up(actions::SCHEMA).comment("actions"),
        M::up(inbox::SCHEMA).comment("inbox"),
        M::up(settings::SCHEMA).comment("settings"),
        M::up(lessons::SCHEMA).comment("lessons"),
    ])
}

fn not_up_to_date(error: rusqlite_migration::Error) -> StoreError {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => columns::error(err),
        rusqlite_migration::Error::MigrationDefinition(
            MigrationDefinitionError::DatabaseTooFarAhead,
        ) => StoreError::Newer,
        error => StoreError::Damaged(error.to_string()),
    }
}

fn write(connection: &mut Connection, write: Transaction) -> rusqlite::Result<Committed> {
    let transaction = connection.transaction()?;
    let mut written = Committed::default();
    if let Some(run) = &write.run {
        runs::save(&transaction, run)?;
    }
    if let Some((key, steps)) = &write.steps {
        steps::replace(&transaction, key, steps)?;
    }
    if let Some(past) = &write.ended_attempt {
        history::save(&transaction, past)?;
    }
    for lesson in &write.samples {
        lessons::save(&transaction, lesson)?;
    }
    if let Some(action) = &write.action {
        written.action_id = Some(actions::save(&transaction, action)?);
    }
    for notification in write.notify {
        written
            .inbox
            .extend(inbox::add(&transaction, notification)?);
    }
    if let Some(key) = &write.remove {
        runs::remove(&transaction, key)?;
    }
    if let Some((name, json)) = &write.setting {
        settings::save(&transaction, name, json)?;
    }
    transaction.commit()?;
    Ok(written)
}

#[async_trait]
impl Store for Db {
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.call(|c| accounts::all(c)).await
    }

    async fn save_account(&self, account: Account) -> Result<(), StoreError> {
        self.call(move |c| accounts::save(c, &account)).await
    }

    async fn remove_account(&self, id: &AccountId, with_history: bool) -> Result<(), StoreError> {
        let id = id.clone();
        self.call(move |c| accounts::remove(c, &id, with_history))
            .await
    }

    async fn setting(&self, name: &'static str) -> Result<Option<String>, StoreError> {
        self.call(move |c| settings::read(c, name)).await
    }

    async fn runs(&self) -> Result<Vec<Run>, StoreError> {
        self.call(|c| runs::all(c)).await
    }

    async fn steps(&self, key: &RunKey) -> Result<Vec<Step>, StoreError> {
        let key = key.clone();
        self.call(move |c| steps::of(c, &key)).await
    }

    async fn write(&self, change: Transaction) -> Result<Committed, StoreError> {
        self.call(move |c| write(c, change)).await
    }

    async fn latest_attempt(&self, key: &RunKey) -> Result<u32, StoreError> {
        let key = key.clone();
        self.call(move |c| history::latest_attempt(c, &key)).await
    }

    async fn duration_samples(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        let (account, process) = (account.clone(), process.clone());
        self.call(move |c| lessons::of(c, &account, &process, most))
            .await
    }

    async fn inbox(&self, most: u32) -> Result<Vec<InboxItem>, StoreError> {
        self.call(move |c| inbox::latest(c, most)).await
    }

    async fn mark_read(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        self.call(move |c| inbox::mark_read(c, &ids)).await
    }

    async fn unshown(&self) -> Result<Vec<InboxItem>, StoreError> {
        self.call(|c| inbox::unshown(c)).await
    }

    async fn mark_shown(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        self.call(move |c| inbox::mark_shown(c, &ids)).await
    }

    async fn activity(&self, most: u32) -> Result<Vec<Action>, StoreError> {
        self.call(move |c| actions::latest(c, most)).await
    }

    async fn unanswered(&self) -> Result<Vec<Action>, StoreError> {
        self.call(|c| actions::unanswered(c)).await
    }
}

#[cfg(test)]
mod tests;
