//! A disk that is full while an old history is copied, as a limit on the size of files shows it.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::path::Path;
use std::process::Command;

use runwatch_core::error::StoreError;
use runwatch_store::Db;

/// The variable that makes this program, started again by the test, open that history.
const FILE: &str = "RUNWATCH_TEST_HISTORY";

/// A history of 0.1.0, of some hundred kilobytes.
fn old_history(path: &Path) {
    let file = rusqlite::Connection::open(path).unwrap();
    let old = include_str!("../src/tests/golden/0.1.0.sql");
    file.execute_batch(old).unwrap();
    let long = "INSERT INTO setting VALUES ('long', printf('%.*c', 300000, 'x'))";
    file.execute(long, []).unwrap();
}

/// Not a test of its own: opens the history below the limit.
#[test]
#[ignore = "it is started by another test"]
fn the_one_without_room() {
    let Some(path) = std::env::var_os(FILE) else {
        return;
    };
    let opened = Db::open(Path::new(&path)).map(drop);
    assert!(
        matches!(opened, Err(StoreError::NotCopied(_))),
        "{opened:?}"
    );
}

#[test]
fn a_copy_that_finds_no_room_stops_the_migration_and_leaves_all_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    old_history(&path);
    let before = std::fs::read(&path).unwrap();
    // 100 blocks are 50 or 100 kilobytes, by the shell.
    let opened = Command::new("sh")
        .arg("-c")
        .arg("ulimit -f 100; trap '' XFSZ; exec \"$0\" --ignored --exact the_one_without_room")
        .arg(std::env::current_exe().unwrap())
        .env(FILE, &path)
        .status()
        .unwrap();
    assert!(opened.success());
    assert!(std::fs::read(&path).unwrap() == before);
    let names = std::fs::read_dir(folder.path()).unwrap();
    let names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["history.db"], "nothing of the copy is left");
    drop(Db::open(&path).unwrap());
    let copies = std::fs::read_dir(folder.path()).unwrap();
    assert!(copies.count() > 1, "with room again it is copied");
}
