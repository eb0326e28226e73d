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

mod file;
mod lessons;

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
        ended_before: None,
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
