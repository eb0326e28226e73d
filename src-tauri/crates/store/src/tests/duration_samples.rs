//! The durations of earlier runs.

use rusqlite::Connection;

use super::*;
use crate::migrations::migrations;

fn sample(run: &str, ended: i64) -> DurationSample {
    DurationSample {
        key: RunKey {
            run: RunId::parse(run).unwrap(),
            ..key()
        },
        process: ProcessId::parse("p-1").unwrap(),
        ended: Timestamp::from_millisecond(ended).unwrap(),
        seconds: 600.5,
    }
}

#[tokio::test]
async fn the_newest_durations_of_a_process_are_read_first_and_each_run_counts_once() {
    let db = Db::in_memory().unwrap();
    let other = DurationSample {
        process: ProcessId::parse("p-2").unwrap(),
        ..sample("pr-7", 9)
    };
    let samples = vec![
        sample("pr-1", 1),
        sample("pr-2", 3),
        sample("pr-3", 2),
        other,
    ];
    for _ in 0..2 {
        db.write(Transaction {
            samples: samples.clone(),
            ..Transaction::default()
        })
        .await
        .unwrap();
    }
    let (account, process) = (key().account, sample("pr-1", 1).process);
    let newest = db.duration_samples(&account, &process, 2).await.unwrap();
    assert_eq!(newest, [sample("pr-2", 3), sample("pr-3", 2)]);
    db.remove_account(&account, true).await.unwrap();
    assert_eq!(
        db.duration_samples(&account, &process, 9).await.unwrap(),
        []
    );
}

#[tokio::test]
async fn a_history_from_before_there_were_lessons_teaches_its_complete_runs() {
    let mut connection = Connection::open_in_memory().unwrap();
    let before = migrations().current_version(&connection).unwrap();
    assert_eq!(before, rusqlite_migration::SchemaVersion::NoneSet);
    migrations().to_version(&mut connection, 7).unwrap();
    connection
        .execute_batch(
            "INSERT INTO run (account, run, name, process, watched, seq) VALUES
                ('a', 'pr-1', '', 'p-1', 1, 1), ('a', 'pr-2', '', 'p-1', 1, 2), ('a', 'pr-3', '', NULL, 1, 3);
             INSERT INTO history VALUES
                ('a', 'pr-1', 1, 0, 60000, 60, '\"succeeded\"', 0), ('a', 'pr-1', 2, 0, 90000, 90, '\"succeeded\"', 0),
                ('a', 'pr-2', 1, 0, 5000, 5, '\"failed\"', 0), ('a', 'pr-3', 1, 0, 5000, 5, '\"succeeded\"', 0);",
        )
        .unwrap();
    let db = Db::with(connection).unwrap();
    let process = ProcessId::parse("p-1").unwrap();
    let learned = db
        .duration_samples(&key().account, &process, 9)
        .await
        .unwrap();
    let seconds: Vec<f64> = learned.iter().map(|sample| sample.seconds).collect();
    assert_eq!(seconds, [60.0]);
}
