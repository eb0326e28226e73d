//! Looks at a history without disturbing the app that may be using it, for the help desk's report.

use std::path::Path;

use runwatch_core::account::Account;
use runwatch_core::error::StoreError;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::SchemaVersion;

use crate::{Db, accounts, columns, migrations, settings};

/// What a history that can be read holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// All remembered accounts.
    pub accounts: Vec<Account>,
    /// The setting that was asked for, as JSON.
    pub setting: Option<String>,
}

/// Reads the accounts and one setting of the history at `path`: none where there is no history.
/// Writes nothing, waits for nobody, and brings nothing up to date.
///
/// # Errors
/// [`StoreError`] when the file cannot be read, is damaged, or is of a newer version.
pub fn examine(path: &Path, setting: &str) -> Result<Option<Examined>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(columns::error)?;
    let sound: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(columns::error)?;
    if sound != "ok" {
        return Err(StoreError::Damaged(sound));
    }
    let version = migrations().current_version(&connection);
    match version.map_err(|error| StoreError::Damaged(error.to_string()))? {
        SchemaVersion::NoneSet => return Ok(None),
        SchemaVersion::Inside(_) => {}
        SchemaVersion::Outside(_) => {
            return Err(StoreError::Newer);
        }
    }
    read(&connection, setting).map(Some).map_err(columns::error)
}

fn read(connection: &Connection, setting: &str) -> rusqlite::Result<Examined> {
    // An older version's history may lack the settings; the next start adds them.
    let has_settings = connection.table_exists(None, "setting")?;
    Ok(Examined {
        accounts: accounts::all(connection)?,
        setting: if has_settings {
            settings::read(connection, setting)?
        } else {
            None
        },
    })
}

/// Proves that a history can be kept in `folder`: makes one beside the real one, writes, closes, reads
/// it again, and removes it.
///
/// # Errors
/// [`StoreError`], with what SQLite says.
pub fn try_folder(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(format!("check-{}.db", std::process::id()));
    let tried = try_file(&path);
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(suffix);
        // That there is none is fine.
        let _ = std::fs::remove_file(file);
    }
    tried
}

fn try_file(path: &Path) -> Result<(), StoreError> {
    let save = |connection: &Connection| settings::save(connection, "check", "true");
    let open = || Connection::open(path).map_err(columns::error);
    save(&Db::prepare(open()?)?).map_err(columns::error)?;
    match settings::read(&open()?, "check").map_err(columns::error)? {
        Some(kept) if kept == "true" => Ok(()),
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
        assert_eq!(examine(&path, "x"), Ok(None));
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_history_in_use_is_read_without_waiting_for_a_writer() {
        use runwatch_core::ports::Store;
        use runwatch_core::transaction::Transaction;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history ä.db");
        let db = Db::open(&path).unwrap();
        let setting = Some(("x", "1".to_owned()));
        db.write(Transaction {
            setting,
            ..Transaction::default()
        })
        .await
        .unwrap();
        let (locked, unlock) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
        let writer = tokio::spawn(async move {
            db.call(move |connection| {
                let transaction = connection.transaction()?;
                settings::save(&transaction, "x", "2")?;
                locked.0.send(()).unwrap();
                unlock.1.recv().unwrap();
                transaction.commit()
            })
            .await
        });
        tokio::task::spawn_blocking(move || locked.1.recv().unwrap())
            .await
            .unwrap();
        let examined = examine(&path, "x").unwrap().unwrap();
        assert_eq!(examined.setting.as_deref(), Some("1"));
        unlock.0.send(()).unwrap();
        writer.await.unwrap().unwrap();
        assert_eq!(
            examine(&path, "x").unwrap().unwrap().setting.as_deref(),
            Some("2")
        );
    }

    #[test]
    fn a_damaged_and_a_newer_history_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (damaged, newer) = (folder.path().join("a.db"), folder.path().join("b.db"));
        std::fs::write(&damaged, "no database, but long enough for one".repeat(50)).unwrap();
        assert!(matches!(
            examine(&damaged, "x"),
            Err(StoreError::Damaged(_))
        ));
        drop(Db::open(&newer).unwrap());
        Connection::open(&newer)
            .unwrap()
            .pragma_update(None, "user_version", 1_000)
            .unwrap();
        assert!(
            examine(&newer, "x")
                .unwrap_err()
                .to_string()
                .contains("newer version")
        );
    }

    #[test]
    fn trying_a_folder_leaves_nothing_in_it() {
        let folder = tempfile::tempdir().unwrap();
        try_folder(folder.path()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(try_folder(&folder.path().join("nowhere")).is_err());
    }
}
