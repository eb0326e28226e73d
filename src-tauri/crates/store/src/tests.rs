use jiff::Timestamp;
use runwatch_core::action::{Action, ActionResult, Deed};
use runwatch_core::attempt::{Course, Phase, Stamp};
use runwatch_core::earlier::{Begun, Earlier, Traces};
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use runwatch_core::lesson::Lesson;
use runwatch_core::observation::StepObservation;
use runwatch_core::order::StepOrder;
use runwatch_core::outcome::Outcome;
use runwatch_core::status::{RunStatus, StepStatus};
use runwatch_core::story::{PastAttempt, Telling, ToldKind};

use super::*;

fn now() -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_123).unwrap()
}

fn key() -> RunKey {
    RunKey {
        account: AccountId("a".into()),
        run: RunId::parse("pr-1").unwrap(),
    }
}

fn stamp() -> Stamp {
    Stamp {
        status: RunStatus::Unknown("Odd".into()),
        started: Some(now()),
        finished: None,
    }
}

fn step() -> Step {
    Step {
        id: StepId::parse("as-7").unwrap(),
        name: "Post".into(),
        order: StepOrder::parse("1.10"),
        enabled: false,
        by_hand: true,
        seen: Some(StepObservation {
            status: StepStatus::Success,
            started: Some(now()),
            finished: None,
            duration_seconds: None,
            message: String::new(),
        }),
    }
}

fn run() -> Run {
    let course = Course {
        stamp: stamp(),
        attempt: 3,
        phase: Phase::Pending {
            since: now(),
            silent: false,
        },
        earlier: Earlier::found(
            &Traces::of(&[step()]),
            &Earlier::default(),
            Begun::From(step().id),
            now(),
        ),
        left: Traces::of(&[step()]),
    };
    Run {
        watched: true,
        course: Some(course),
        duration_seconds: Some(1.5),
        ..Run::new(key())
    }
}

fn telling() -> Telling {
    Telling {
        kind: ToldKind::Ended,
        account: key().account,
        run: Some(key().run),
        mark: 3,
        outcome: Some(Outcome::Failed),
        title: "Failed: x".into(),
        body: "…".into(),
        at: now(),
        away: false,
    }
}

fn action() -> Action {
    Action {
        id: 0,
        key: key(),
        account_label: "app".into(),
        identity: "client".into(),
        os_user: "me".into(),
        run_name: "x".into(),
        deed: Deed::Restart {
            step: StepId::parse("ds-1").unwrap(),
            step_name: "Match".into(),
        },
        deprecated: false,
        baseline: stamp(),
        result: ActionResult::Pending,
        message: String::new(),
        support_id: None,
        asked: now(),
        answered: None,
    }
}

#[test]
fn migrations_are_sound() {
    migrations().validate().unwrap();
}

#[tokio::test]
async fn what_was_written_is_read_back_after_the_file_was_closed_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history ä.db");
    let step = step();
    let db = Db::open(&path).unwrap();
    let write = Write {
        run: Some(run()),
        steps: Some((key(), vec![step.clone()])),
        ..Write::default()
    };
    let seq = db.write(write).await.unwrap().seq;
    drop(db);
    let db = Db::open(&path).unwrap();
    assert_eq!(db.runs().await.unwrap(), [Run { seq, ..run() }]);
    assert_eq!(db.steps(&key()).await.unwrap(), [step]);
}

#[tokio::test]
async fn every_change_of_a_run_has_a_greater_seq() {
    let db = Db::in_memory().unwrap();
    let save = || {
        db.write(Write {
            run: Some(run()),
            ..Write::default()
        })
    };
    let (first, second) = (save().await.unwrap().seq, save().await.unwrap().seq);
    assert!(second > first);
}

/// `rules.md`, 14.
#[tokio::test]
async fn the_same_end_is_in_the_inbox_once() {
    let db = Db::in_memory().unwrap();
    let tell = || {
        db.write(Write {
            tell: vec![telling()],
            ..Write::default()
        })
    };
    let told = tell().await.unwrap().told;
    assert_eq!(told.len(), 1);
    assert_eq!(tell().await.unwrap().told, []);
    assert_eq!(db.inbox(10).await.unwrap(), told);
    assert_eq!(db.unshown().await.unwrap(), told);
    db.mark_shown(vec![told[0].id]).await.unwrap();
    assert_eq!(db.unshown().await.unwrap(), []);
}

/// `rules.md`, 14: several that are shown as one are marked as one.
#[tokio::test]
async fn rule_14_a_mark_that_fails_half_way_marks_nothing() {
    let db = Db::in_memory().unwrap();
    let write = Write {
        tell: vec![
            telling(),
            Telling {
                mark: 4,
                ..telling()
            },
        ],
        ..Write::default()
    };
    let told = db.write(write).await.unwrap().told;
    db.call(|c| {
        c.execute_batch(
            "CREATE TRIGGER no BEFORE UPDATE ON told WHEN OLD.mark = 4 \
             BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
    })
    .await
    .unwrap();
    let ids = told.iter().map(|told| told.id).collect();
    assert!(db.mark_shown(ids).await.is_err());
    assert_eq!(db.unshown().await.unwrap(), told);
}

#[tokio::test]
async fn an_action_is_open_until_its_answer_is_known() {
    let db = Db::in_memory().unwrap();
    let id = db
        .write(Write {
            action: Some(action()),
            ..Write::default()
        })
        .await
        .unwrap()
        .action_id
        .unwrap();
    let open = db.unanswered().await.unwrap();
    assert_eq!(open, [Action { id, ..action() }]);
    let done = Action {
        result: ActionResult::Ok,
        answered: Some(now()),
        ..open[0].clone()
    };
    db.write(Write {
        action: Some(done.clone()),
        ..Write::default()
    })
    .await
    .unwrap();
    assert_eq!(db.unanswered().await.unwrap(), []);
    assert_eq!(db.activity(10).await.unwrap(), [done]);
}

/// A transaction is whole: what comes with a write that fails is not there either.
#[tokio::test]
async fn a_write_that_fails_leaves_nothing_behind() {
    let db = Db::in_memory().unwrap();
    db.call(|c| {
        c.execute_batch(
            "CREATE TRIGGER no BEFORE INSERT ON told BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
    })
    .await
    .unwrap();
    let write = Write {
        run: Some(run()),
        tell: vec![telling()],
        ..Write::default()
    };
    assert!(db.write(write).await.is_err());
    assert_eq!(db.runs().await.unwrap(), []);
}

#[tokio::test]
async fn a_run_that_was_removed_keeps_what_was_told_of_it() {
    let db = Db::in_memory().unwrap();
    db.write(Write {
        run: Some(run()),
        tell: vec![telling()],
        ..Write::default()
    })
    .await
    .unwrap();
    db.write(Write {
        remove: Some(key()),
        ..Write::default()
    })
    .await
    .unwrap();
    assert_eq!(db.runs().await.unwrap(), []);
    assert_eq!(db.inbox(10).await.unwrap().len(), 1);
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

#[test]
fn a_newer_versions_history_is_not_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    drop(Db::open(&path).unwrap());
    let file = rusqlite::Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", 1_000).unwrap();
    drop(file);
    let error = Db::open(&path).unwrap_err().to_string();
    assert!(error.contains("newer version"), "{error}");
}

#[tokio::test]
async fn an_account_that_cannot_be_read_is_damage_and_not_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let db = Db::open(&path).unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch("INSERT INTO account VALUES ('a', '{')")
        .unwrap();
    assert!(db.accounts().await.is_err());
}

fn lesson(run: &str, ended: i64) -> Lesson {
    Lesson {
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
    let other = Lesson {
        process: ProcessId::parse("p-2").unwrap(),
        ..lesson("pr-7", 9)
    };
    let lessons = vec![
        lesson("pr-1", 1),
        lesson("pr-2", 3),
        lesson("pr-3", 2),
        other,
    ];
    for _ in 0..2 {
        db.write(Write {
            lessons: lessons.clone(),
            ..Write::default()
        })
        .await
        .unwrap();
    }
    let (account, process) = (key().account, lesson("pr-1", 1).process);
    let newest = db.lessons(&account, &process, 2).await.unwrap();
    assert_eq!(newest, [lesson("pr-2", 3), lesson("pr-3", 2)]);
    db.remove_account(&account, true).await.unwrap();
    assert_eq!(db.lessons(&account, &process, 9).await.unwrap(), []);
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
    let learned = db.lessons(&key().account, &process, 9).await.unwrap();
    let seconds: Vec<f64> = learned.iter().map(|lesson| lesson.seconds).collect();
    assert_eq!(seconds, [60.0]);
}

#[tokio::test]
async fn a_setting_is_written_with_what_belongs_to_it_or_not_at_all() {
    let db = Db::in_memory().unwrap();
    let write = Write {
        tell: vec![telling()],
        setting: Some(("sight", "1".into())),
        ..Write::default()
    };
    db.write(write.clone()).await.unwrap();
    assert_eq!(db.setting("sight").await.unwrap().as_deref(), Some("1"));
    db.call(|c| c.execute_batch("DROP TABLE told"))
        .await
        .unwrap();
    let newer = Write {
        setting: Some(("sight", "2".into())),
        ..write
    };
    assert!(db.write(newer).await.is_err());
    assert_eq!(db.setting("sight").await.unwrap().as_deref(), Some("1"));
}

#[tokio::test]
async fn a_run_that_is_added_again_knows_its_latest_attempt_from_history_and_inbox() {
    let db = Db::in_memory().unwrap();
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 0);
    let past = PastAttempt {
        key: key(),
        attempt: 2,
        started: None,
        finished: None,
        seconds: None,
        outcome: Outcome::Failed,
        recorded: now(),
    };
    let write = Write {
        past: Some(past),
        ..Write::default()
    };
    db.write(write).await.unwrap();
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 2);
    let of_action = Telling {
        kind: ToldKind::Action,
        mark: 99,
        ..telling()
    };
    let write = Write {
        tell: vec![telling(), of_action],
        ..Write::default()
    };
    db.write(write).await.unwrap();
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 3);
}

#[tokio::test]
async fn a_history_in_memory_goes_on_in_a_new_file_with_all_that_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    let db = Db::in_memory().unwrap();
    db.save_setting("before", "1".into()).await.unwrap();
    db.move_into(file.clone()).await.unwrap();
    db.save_setting("after", "2".into()).await.unwrap();
    drop(db);
    let kept = Db::open(&file).unwrap();
    assert_eq!(kept.setting("before").await.unwrap(), Some("1".into()));
    assert_eq!(kept.setting("after").await.unwrap(), Some("2".into()));
}

#[tokio::test]
async fn a_history_that_finds_no_place_stays_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::in_memory().unwrap();
    db.save_setting("before", "1".into()).await.unwrap();
    let nowhere = folder.path().join("missing").join("history.db");
    assert!(db.move_into(nowhere).await.is_err());
    assert_eq!(db.setting("before").await.unwrap(), Some("1".into()));
}
