//! The file: its contents after it was closed, and files that are no history.

use std::pin::pin;
use std::time::Instant;

use super::*;
use crate::compatibility::{Schema, schema_of};
use crate::database::LOCK_TIMEOUT;
use crate::migrations::migrations;

#[test]
fn migrations_are_sound_and_counted() {
    migrations().validate().unwrap();
    let mut file = rusqlite::Connection::open_in_memory().unwrap();
    migrations().to_latest(&mut file).unwrap();
    assert_eq!(schema_of(&file), Ok(Schema::Present));
}

#[tokio::test]
async fn what_was_written_is_read_back_after_the_file_was_closed_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history ä.db");
    let step = step();
    let db = Db::open(&path).unwrap();
    let write = Transaction {
        run: Some(run()),
        steps: Some((key(), vec![step.clone()])),
        ..Transaction::default()
    };
    db.write(write).await.unwrap();
    drop(db);
    let db = Db::open(&path).unwrap();
    assert_eq!(db.runs().await.unwrap(), [run()]);
    assert_eq!(db.steps(&key()).await.unwrap(), [step]);
}

#[test]
fn a_file_that_is_no_history_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    std::fs::write(
        &path,
        "not a database, but long enough to be read as one".repeat(50),
    )
    .unwrap();
    assert!(matches!(Db::open(&path), Err(StoreError::Damaged(_))));
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .starts_with("not a database")
    );
}

#[tokio::test]
async fn a_history_in_memory_goes_on_in_a_new_file_with_all_that_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    let db = Db::in_memory().unwrap();
    db.write(setting(1)).await.unwrap();
    db.move_into(file.clone()).await.unwrap();
    let after = Transaction {
        run: Some(run()),
        ..Transaction::default()
    };
    db.write(after).await.unwrap();
    drop(db);
    let kept = Db::open(&file).unwrap();
    assert_eq!(kept.runs().await.unwrap(), [run()]);
    assert_eq!(shortest(&kept).await, Ok(1));
}

#[tokio::test]
async fn a_history_that_finds_no_place_stays_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::in_memory().unwrap();
    db.write(setting(1)).await.unwrap();
    let nowhere = folder.path().join("missing").join("history.db");
    assert!(db.move_into(nowhere).await.is_err());
    assert_eq!(shortest(&db).await, Ok(1));
}

#[tokio::test]
async fn rule_17_a_lock_that_another_program_holds_is_waited_for_once_and_not_by_each_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let db = Db::open(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    let lock = || other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let unlock = || other.execute_batch("ROLLBACK").unwrap();
    let write = || db.write(setting(1));
    let usual = PollLimits::default().shortest_seconds;

    lock();
    let begun = Instant::now();
    for _ in 0..10 {
        assert_eq!(write().await, Err(StoreError::Locked));
        // Reads meanwhile are not affected by the lock.
        assert_eq!(shortest(&db).await, Ok(usual));
    }
    assert!(begun.elapsed() >= LOCK_TIMEOUT && begun.elapsed() < 2 * LOCK_TIMEOUT);
    unlock();
    write().await.unwrap();

    lock();
    let mut waits = pin!(write());
    let early = tokio::time::timeout(LOCK_TIMEOUT / 4, &mut waits).await;
    assert!(early.is_err(), "the next lock is waited for again");
    unlock();
    waits.await.unwrap();
}
