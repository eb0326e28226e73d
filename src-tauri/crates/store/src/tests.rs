use jiff::Timestamp;
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use runwatch_core::notification::{InboxItem, Notification, NotificationKind};
use runwatch_core::observation::StepObservation;
use runwatch_core::outcome::Outcome;
use runwatch_core::run::EndedAttempt;
use runwatch_core::status::{RunStatus, StepStatus};
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::step_freshness::{Beginning, StepStarts, StepsBefore};
use runwatch_core::step_order::StepOrder;
use runwatch_core::steps_read::StepsRead;

use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::error::StoreError;
use runwatch_core::observation::Step;
use runwatch_core::ports::Store;
use runwatch_core::run::Run;
use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::transaction::Transaction;

use crate::Db;

mod closes;
mod duration_samples;
mod golden;
mod history_file;
mod inbox;
mod sample_history;
mod unreadable;
mod versions;

fn now() -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_123).unwrap()
}

fn key() -> RunKey {
    RunKey {
        account: AccountId("a".into()),
        run: RunId::parse("pr-1").unwrap(),
    }
}

fn stamp() -> StatusStamp {
    StatusStamp {
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
            names_zone: false,
        }),
    }
}

fn run() -> Run {
    let attempt = Attempt {
        stamp: stamp(),
        number: 3,
        phase: Phase::Pending {
            since: now(),
            silent: false,
        },
        steps_before: StepsBefore::found(
            &StepStarts::of(&[step()]),
            &StepsBefore::default(),
            Beginning::From(step().id),
            now(),
        ),
        step_starts: StepStarts::of(&[step()]),
        steps_read: StepsRead::of(&[step()]),
        ended_before: None,
    };
    Run {
        watched: true,
        archived: true,
        attempt: Some(attempt),
        duration_seconds: Some(1.5),
        steps_are_cut: true,
        ..Run::new(key())
    }
}

fn notification() -> Notification {
    Notification {
        kind: NotificationKind::Ended,
        account: key().account,
        run: Some(key().run),
        close: None,
        starts: None,
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
        account: key().account,
        run: Some(key().run),
        account_label: "app".into(),
        environment: Some("https://app.solvexia.com".into()),
        identity: "client".into(),
        os_user: "me".into(),
        run_name: "x".into(),
        attempt: Some(2),
        kind: ActionKind::Restart {
            step: StepId::parse("ds-1").unwrap(),
            step_name: "Match".into(),
        },
        deprecated: false,
        baseline: stamp(),
        result: ActionResult::Pending,
        message: String::new(),
        support_id: None,
        reason: None,
        asked: now(),
        answered: None,
    }
}

fn ended_attempt() -> EndedAttempt {
    EndedAttempt {
        key: key(),
        attempt: 2,
        started: None,
        finished: None,
        seconds: None,
        outcome: Outcome::Failed,
        recorded: now(),
    }
}

/// docs/RULES.md, 14.
#[tokio::test]
async fn the_same_end_is_in_the_inbox_once() {
    let db = Db::in_memory().unwrap();
    let tell = || {
        db.write(Transaction {
            notify: vec![notification()],
            ..Transaction::default()
        })
    };
    let told = tell().await.unwrap().inbox;
    assert_eq!(told.len(), 1);
    assert_eq!(tell().await.unwrap().inbox, []);
    assert_eq!(db.inbox(10).await.unwrap(), told);
    assert_eq!(db.unshown().await.unwrap(), told);
    db.mark_shown(vec![told[0].id]).await.unwrap();
    assert_eq!(db.unshown().await.unwrap(), []);
}

/// docs/RULES.md, 14: notifications that are shown as one are marked as one.
#[tokio::test]
async fn rule_14_a_mark_that_fails_half_way_marks_nothing() {
    let db = Db::in_memory().unwrap();
    let write = Transaction {
        notify: vec![
            notification(),
            Notification {
                mark: 4,
                ..notification()
            },
        ],
        ..Transaction::default()
    };
    let told = db.write(write).await.unwrap().inbox;
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
        .write(Transaction {
            action: Some(action()),
            ..Transaction::default()
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
    db.write(Transaction {
        action: Some(done.clone()),
        ..Transaction::default()
    })
    .await
    .unwrap();
    assert_eq!(db.unanswered().await.unwrap(), []);
    assert_eq!(db.activity(10).await.unwrap(), [done]);
}

/// Nothing of a transaction that fails is written.
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
    let write = Transaction {
        run: Some(run()),
        notify: vec![notification()],
        ..Transaction::default()
    };
    assert!(db.write(write).await.is_err());
    assert_eq!(db.runs().await.unwrap(), []);
}

#[tokio::test]
async fn a_run_that_was_removed_keeps_what_was_told_of_it() {
    let db = Db::in_memory().unwrap();
    db.write(Transaction {
        run: Some(run()),
        notify: vec![notification()],
        ..Transaction::default()
    })
    .await
    .unwrap();
    db.write(Transaction {
        remove: Some(key()),
        ..Transaction::default()
    })
    .await
    .unwrap();
    assert_eq!(db.runs().await.unwrap(), []);
    assert_eq!(db.inbox(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_setting_is_written_with_what_belongs_to_it_or_not_at_all() {
    let db = Db::in_memory().unwrap();
    let write = Transaction {
        notify: vec![notification()],
        ..setting(1)
    };
    db.write(write.clone()).await.unwrap();
    assert_eq!(shortest(&db).await, Ok(1));
    db.call(|c| c.execute_batch("DROP TABLE told"))
        .await
        .unwrap();
    let newer = Transaction {
        notify: write.notify,
        ..setting(2)
    };
    assert!(db.write(newer).await.is_err());
    assert_eq!(shortest(&db).await, Ok(1));
}

#[tokio::test]
async fn a_run_that_is_added_again_knows_its_latest_attempt_from_history_and_inbox() {
    let db = Db::in_memory().unwrap();
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 0);
    let write = Transaction {
        ended_attempt: Some(ended_attempt()),
        ..Transaction::default()
    };
    db.write(write).await.unwrap();
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 2);
    let of_action = Notification {
        kind: NotificationKind::Action,
        mark: 99,
        ..notification()
    };
    let write = Transaction {
        notify: vec![notification(), of_action],
        ..Transaction::default()
    };
    db.write(write).await.unwrap();
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 3);
}

#[tokio::test]
async fn the_ended_attempts_of_a_run_are_read_newest_first_and_no_other_ones() {
    let db = Db::in_memory().unwrap();
    let first = EndedAttempt {
        attempt: 1,
        started: Some(now()),
        finished: Some(now()),
        seconds: Some(932.5),
        outcome: Outcome::TimedOut,
        ..ended_attempt()
    };
    let of_another = EndedAttempt {
        key: RunKey {
            run: RunId::parse("pr-2").unwrap(),
            ..key()
        },
        ..ended_attempt()
    };
    for attempt in [first.clone(), ended_attempt(), of_another] {
        let write = Transaction {
            ended_attempt: Some(attempt),
            ..Transaction::default()
        };
        db.write(write).await.unwrap();
    }
    let read = db.ended_attempts(&key()).await.unwrap();
    assert_eq!(read, [ended_attempt(), first]);
}

/// A transaction that writes a setting with this number in it.
fn setting(shortest: u32) -> Transaction {
    Transaction {
        setting: Some(Setting::PollLimits(PollLimits {
            shortest_seconds: shortest,
            longest_seconds: 9,
        })),
        ..Transaction::default()
    }
}

/// The number of that setting as it is kept.
async fn shortest(db: &Db) -> Result<u32, StoreError> {
    Ok(db.settings().await?.poll_limits.shortest_seconds)
}
