//! Files of older and newer versions: copied before they change, and opened only where they are
//! understood.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use rusqlite::Connection;

use super::*;
use crate::copies;

/// A history as 0.1.0 left it.
fn old_history(path: &Path) {
    let file = Connection::open(path).unwrap();
    file.execute_batch(include_str!("golden/0.1.0.sql"))
        .unwrap();
}

/// The file as a newer version left it, which says from which schema on it can be opened.
fn newer(path: &Path, oldest_schema: u32) -> Connection {
    drop(Db::open(path).unwrap());
    let file = Connection::open(path).unwrap();
    file.execute_batch(&format!(
        "ALTER TABLE run ADD COLUMN colour TEXT;
         ALTER TABLE step ADD COLUMN colour TEXT;
         ALTER TABLE history ADD COLUMN colour TEXT;
         CREATE TABLE novelty (id INTEGER) STRICT;
         UPDATE compatibility SET oldest_schema = {oldest_schema}, release = '0.3.0';
         PRAGMA user_version = 1000;"
    ))
    .unwrap();
    file
}

/// The names and contents of the files in a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap();
    let content = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(path).unwrap_or_default())
    };
    files.map(content).collect()
}

fn schema_of(path: &Path) -> u32 {
    let file = Connection::open(path).unwrap();
    file.query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap()
}

#[tokio::test]
async fn a_history_that_a_newer_version_only_added_to_is_opened_and_keeps_what_was_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    drop(newer(&path, 11));
    let db = Db::open(&path).unwrap();
    let write = Transaction {
        run: Some(run()),
        steps: Some((key(), vec![step()])),
        notify: vec![notification()],
        action: Some(action()),
        ended_attempt: Some(ended_attempt()),
        ..Transaction::default()
    };
    db.write(write).await.unwrap();
    assert_eq!(db.runs().await.unwrap(), [run()]);
    drop(db);
    let file = Connection::open(&path).unwrap();
    let kept = file.query_row(
        "SELECT release, colour FROM compatibility, run",
        [],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)),
    );
    assert_eq!(kept.unwrap(), ("0.3.0".into(), None));
    assert_eq!(schema_of(&path), 1000);
    assert!(crate::inspect(&path).unwrap().is_some());
}

#[test]
fn a_history_that_only_a_newer_version_understands_is_refused_in_words_and_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let newer_folder = tempfile::tempdir().unwrap();
    let written = newer(&newer_folder.path().join("history.db"), 1000);
    // As a killed program leaves it: the latest writes are not in the file itself yet.
    for (name, content) in contents(newer_folder.path()) {
        if !name.ends_with("-shm") {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
    }
    drop(written);
    let before = contents(folder.path());
    assert!(!before["history.db-wal"].is_empty());
    let path = folder.path().join("history.db");
    let expected = "This history was written by a newer Runwatch (0.3.0). Install that version or a \
                    newer one; nothing was changed.";
    assert_eq!(Db::open(&path).unwrap_err().to_string(), expected);
    assert_eq!(crate::inspect(&path).unwrap_err().to_string(), expected);
    let mut after = contents(folder.path());
    // An index over the log beside it, which SQLite makes anew whenever it needs one.
    after.remove("history.db-shm");
    assert!(before == after);
}

#[test]
fn an_old_history_is_copied_before_it_is_migrated_and_a_present_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    old_history(&path);
    drop(Db::open(&path).unwrap());
    drop(Db::open(&path).unwrap());
    let copies = copies::all(&path).unwrap();
    assert_eq!(copies.len(), 1, "{copies:?}");
    let name = copies[0]
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    assert!(
        name.starts_with("history-20") && name.ends_with("-schema-8.db"),
        "{name}"
    );
    assert_eq!(schema_of(&copies[0]), 8);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&copies[0]).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "its owner's alone");
    }
    let copied = Connection::open(&copies[0]).unwrap();
    let runs: u32 = copied
        .query_row("SELECT COUNT(*) FROM run", [], |row| row.get(0))
        .unwrap();
    assert_eq!(runs, 6);
    assert_ne!(schema_of(&path), 8);
}

#[test]
fn a_new_history_is_not_copied() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    drop(Db::open(&path).unwrap());
    assert_eq!(copies::all(&path).unwrap().len(), 0);
}

#[test]
fn three_copies_are_kept_and_a_fourth_removes_the_oldest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    old_history(&path);
    let stranger = folder.path().join("history-damaged-2026-11-24.db");
    std::fs::write(&stranger, "not ours").unwrap();
    let file = Connection::open(&path).unwrap();
    let copy = |day: Date, schema| copies::make(&file, schema, day).unwrap();
    copy(date(2026, 11, 24), 9);
    copy(date(2026, 11, 24), 10);
    copy(date(2026, 12, 1), 11);
    copy(date(2027, 1, 1), 12);
    let names =
        |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let kept: Vec<String> = copies::all(&path).unwrap().iter().map(names).collect();
    let expected = [
        "history-2026-11-24-schema-10.db",
        "history-2026-12-01-schema-11.db",
        "history-2027-01-01-schema-12.db",
    ];
    assert_eq!(kept, expected);
    assert!(stranger.exists());
}

#[test]
fn where_the_copy_fails_nothing_is_migrated_and_the_next_start_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    old_history(&path);
    let before = std::fs::read(&path).unwrap();
    let in_the_way = folder.path().join("history-copy.part");
    std::fs::create_dir(&in_the_way).unwrap();
    let error = Db::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::NotCopied(_)), "{error:?}");
    assert!(error.to_string().contains("Nothing was changed"), "{error}");
    assert!(std::fs::read(&path).unwrap() == before);
    std::fs::remove_dir(&in_the_way).unwrap();
    drop(Db::open(&path).unwrap());
    assert_eq!(copies::all(&path).unwrap().len(), 1);
}

#[test]
fn a_release_names_itself_in_a_history_that_it_has_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    old_history(&path);
    drop(Db::open(&path).unwrap());
    let file = Connection::open(&path).unwrap();
    let line = file.query_row(
        "SELECT oldest_schema, release FROM compatibility",
        [],
        |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?)),
    );
    assert_eq!(line.unwrap(), (11, env!("CARGO_PKG_VERSION").into()));
}

#[tokio::test]
async fn an_account_that_is_removed_with_its_history_is_in_no_copy_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    old_history(&path);
    let db = Db::open(&path).unwrap();
    db.remove_account(&AccountId("b".into()), false)
        .await
        .unwrap();
    assert_eq!(copies::all(&path).unwrap().len(), 1);
    db.remove_account(&key().account, true).await.unwrap();
    assert_eq!(copies::all(&path).unwrap().len(), 0);
}
