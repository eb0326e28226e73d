//! The open history file, and the thread that owns its connection.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use runwatch_core::error::StoreError;
use runwatch_core::unreadable::UnreadableRows;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tokio::sync::oneshot;

use crate::compatibility::{Schema, schema_of, sign};
use crate::copies;
use crate::errors::store_error;
use crate::migrations::migrate;
use crate::rows::Rows;

/// How long a write waits for another program that holds the file locked.
pub(crate) const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The open history.
#[derive(Debug, Clone)]
pub struct Db {
    jobs: mpsc::Sender<Job>,
    unreadable: Arc<Mutex<UnreadableRows>>,
}

impl Db {
    /// Opens the history at `path`, creates it where there is none, and migrates it.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be opened, is damaged, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let open = || Connection::open(path).map_err(store_error);
        match Self::with(open()?) {
            // On a full disk there may be no room for the shared-memory file beside it, which
            // exclusive use does not need. The history stays readable, and each write reports its
            // own error.
            Err(StoreError::Other(_)) => {
                let connection = open()?;
                connection
                    .execute_batch("PRAGMA locking_mode = EXCLUSIVE;")
                    .map_err(store_error)?;
                Self::with(connection)
            }
            opened => opened,
        }
    }

    /// A history in memory, used when the file cannot be.
    ///
    /// # Errors
    /// [`StoreError`] when not even that works.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::with(Connection::open_in_memory().map_err(store_error)?)
    }

    pub(crate) fn with(connection: Connection) -> Result<Self, StoreError> {
        let mut connection = Self::prepare(connection)?;
        let (jobs, queue) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("history".into())
            .spawn(move || {
                for job in queue {
                    job(&mut connection);
                }
            })
            .map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self {
            jobs,
            unreadable: Arc::default(),
        })
    }

    pub(crate) fn prepare(mut connection: Connection) -> Result<Connection, StoreError> {
        connection.busy_timeout(LOCK_TIMEOUT).map_err(store_error)?;
        // A refused file must stay untouched: no WAL checkpoint on close.
        keep_log(&connection, true)?;
        let schema = schema_of(&connection)?;
        if let Schema::Older(schema) = schema {
            let today = Timestamp::now().to_zoned_datetime(TimeZone::system());
            copies::make(&connection, schema, today.date())?;
        }
        keep_log(&connection, false)?;
        // FULL: a notification that was shown must not be shown again after a power cut.
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .map_err(store_error)?;
        if matches!(schema, Schema::Missing | Schema::Older(_)) {
            migrate(&mut connection)?;
        }
        if schema != Schema::Extended
            && let Err(error) = sign(&connection)
        {
            // Not fatal: it is tried again at each start, and only a newer version writes what needs
            // it.
            tracing::warn!(%error, "the release could not be written into the history");
        }
        Ok(connection)
    }

    /// Copies a history in memory into a new file at `path`, and continues there.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be written; the history stays in memory.
    pub async fn move_into(&self, path: PathBuf) -> Result<(), StoreError> {
        self.call(move |connection| Ok(move_into(connection, &path)))
            .await?
    }

    /// Reads rows, and takes note of those that cannot be read.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<Rows<T>> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.call(|connection| work(connection)).await?;
        let mut known = self.unreadable_rows();
        for row in rows.unreadable {
            if known.add(row.clone()) {
                tracing::error!(?row, "a row of the history cannot be read");
            }
        }
        Ok(rows.read)
    }

    /// The rows that could not be read so far.
    pub(crate) fn unreadable_rows(&self) -> MutexGuard<'_, UnreadableRows> {
        self.unreadable
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, wait) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let before = connection.total_changes();
            let result = work(connection).map_err(store_error);
            // All writes queue here. After one has waited for a lock in vain, the next ones fail at once
            // rather than wait too, until one succeeds.
            let timeout = match &result {
                Err(StoreError::Locked) => Some(Duration::ZERO),
                Ok(_) if connection.total_changes() != before => Some(LOCK_TIMEOUT),
                _ => None,
            };
            if let Some(timeout) = timeout {
                // This only sets a value of the connection and cannot fail.
                let _ = connection.busy_timeout(timeout);
            }
            // The caller may have gone; the write counts.
            let _ = answer.send(result);
        });
        let gone = || StoreError::Other("its thread has ended".into());
        self.jobs.send(job).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }
}

/// Whether the log beside a file outlives its last connection.
fn keep_log(connection: &Connection, keep: bool) -> Result<(), StoreError> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)
        .map(drop)
        .map_err(store_error)
}

fn move_into(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    copies::write_whole(connection, path).map_err(store_error)?;
    *connection = Db::prepare(Connection::open(path).map_err(store_error)?)?;
    Ok(())
}
