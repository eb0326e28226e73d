//! Reads a history without disturbing an app that is using it, for the connection check and the
//! diagnostics.

use std::path::Path;

use runwatch_core::account::Account;
use runwatch_core::error::StoreError;
use runwatch_core::network::Network;
use runwatch_core::settings::kept_settings::{KeptSettings, Setting};
use rusqlite::{Connection, OpenFlags};

use crate::compatibility::{Schema, schema_of};
use crate::database::Db;
use crate::errors::store_error;
use crate::{accounts, settings};

/// The contents of a readable history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// All accounts.
    pub accounts: Vec<Account>,
    /// The way to SolveXia, where its user chose one.
    pub network: Option<Network>,
}

/// Reads accounts and connection settings of the history at `path`; none where there is no history.
/// Writes nothing, takes no lock, and does not migrate.
///
/// # Errors
/// [`StoreError`] when the file cannot be read, is damaged, or is of a newer version.
pub fn inspect(path: &Path) -> Result<Option<Inspection>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(store_error)?;
    let sound: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(store_error)?;
    if sound != "ok" {
        return Err(StoreError::Damaged(sound));
    }
    if schema_of(&connection)? == Schema::Missing {
        return Ok(None);
    }
    read(&connection).map(Some).map_err(store_error)
}

fn read(connection: &Connection) -> rusqlite::Result<Inspection> {
    // A history of an older version may lack the table.
    let settings = match connection.table_exists(None, "setting")? {
        true => settings::all(connection)?.read,
        false => Vec::new(),
    };
    Ok(Inspection {
        accounts: accounts::all(connection)?.read,
        network: settings.into_iter().collect::<KeptSettings>().network,
    })
}

/// Checks that a history can be kept in `folder`: creates one, writes, closes, reads and deletes
/// it.
///
/// # Errors
/// [`StoreError`], with the message of SQLite.
pub fn check_folder(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(format!("check-{}.db", std::process::id()));
    let result = check_file(&path);
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(suffix);
        // It is fine if there is none.
        let _ = std::fs::remove_file(file);
    }
    result
}

fn check_file(path: &Path) -> Result<(), StoreError> {
    let open = || Connection::open(path).map_err(store_error);
    let setting = Setting::CloseExplained;
    settings::save(&Db::prepare(open()?)?, &setting).map_err(store_error)?;
    match settings::all(&open()?)
        .map_err(store_error)?
        .read
        .as_slice()
    {
        [kept] if *kept == setting => Ok(()),
        _ => Err(StoreError::Other(
            "it did not keep what it was given".into(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_history_none_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        assert_eq!(inspect(&path), Ok(None));
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_history_in_use_is_read_without_waiting_for_a_writer() {
        use runwatch_core::network::Proxy;
        use runwatch_core::ports::Store;
        use runwatch_core::transaction::Transaction;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history ä.db");
        let db = Db::open(&path).unwrap();
        let direct = Network {
            proxy: Proxy::Direct,
            ..Network::default()
        };
        let setting = Some(Setting::Network(Network::default()));
        db.write(Transaction {
            setting,
            ..Transaction::default()
        })
        .await
        .unwrap();
        let (locked, unlock) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
        let written = direct.clone();
        let writer = tokio::spawn(async move {
            db.call(move |connection| {
                let transaction = connection.transaction()?;
                settings::save(&transaction, &Setting::Network(written))?;
                locked.0.send(()).unwrap();
                unlock.1.recv().unwrap();
                transaction.commit()
            })
            .await
        });
        tokio::task::spawn_blocking(move || locked.1.recv().unwrap())
            .await
            .unwrap();
        let inspection = inspect(&path).unwrap().unwrap();
        assert_eq!(inspection.network, Some(Network::default()));
        unlock.0.send(()).unwrap();
        writer.await.unwrap().unwrap();
        assert_eq!(inspect(&path).unwrap().unwrap().network, Some(direct));
    }

    #[test]
    fn a_damaged_history_is_called_so() {
        let folder = tempfile::tempdir().unwrap();
        let damaged = folder.path().join("history.db");
        std::fs::write(&damaged, "no database, but long enough for one".repeat(50)).unwrap();
        assert!(matches!(inspect(&damaged), Err(StoreError::Damaged(_))));
    }

    #[test]
    fn trying_a_folder_leaves_nothing_in_it() {
        let folder = tempfile::tempdir().unwrap();
        check_folder(folder.path()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(check_folder(&folder.path().join("nowhere")).is_err());
    }
}
