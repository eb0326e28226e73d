//! Rows that hold something else than this crate writes: one of them costs nobody the others.

use runwatch_core::unreadable::UnreadableRow;
use runwatch_core::words;

use super::*;

/// A history with two runs, of which a statement spoils something.
async fn spoilt(sql: &'static str) -> Db {
    let db = Db::in_memory().unwrap();
    let account = super::sample_history::accounts().remove(0);
    db.save_account(account).await.unwrap();
    for run in [run(), good()] {
        let write = Transaction {
            steps: Some((run.key.clone(), vec![step()])),
            run: Some(run),
            action: Some(action()),
            notify: vec![notification()],
            ..Transaction::default()
        };
        db.write(write).await.unwrap();
    }
    db.call(move |c| c.execute_batch(sql)).await.unwrap();
    db
}

fn good() -> Run {
    Run::new(RunKey {
        run: RunId::parse("pr-2").unwrap(),
        ..key()
    })
}

fn unreadable(db: &Db) -> Vec<UnreadableRow> {
    db.unreadable().iter().cloned().collect()
}

fn row_of(account: &str, run: &str) -> UnreadableRow {
    UnreadableRow::Run {
        account: account.into(),
        run: run.into(),
    }
}

async fn row_count(db: &Db, table: &'static str) -> i64 {
    let count = format!("SELECT COUNT(*) FROM {table}");
    db.call(move |c| c.query_row(&count, [], |row| row.get(0)))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_run_that_cannot_be_read_is_skipped_said_and_kept_in_the_file() {
    for spoil in [
        "UPDATE run SET course = '{' WHERE run = 'pr-1'",
        "UPDATE run SET judgement = '{\"outcome\":\"dreamt\"}' WHERE run = 'pr-1'",
        "UPDATE run SET name = CAST(x'ff' AS TEXT) WHERE run = 'pr-1'",
    ] {
        let db = spoilt(spoil).await;
        assert_eq!(db.runs().await.unwrap(), [good()], "{spoil}");
        assert_eq!(unreadable(&db), [row_of("a", "pr-1")], "{spoil}");
        assert_eq!(row_count(&db, "run").await, 2);
        assert_eq!(words::unreadable(&db.unreadable()).len(), 1);
    }
}

#[tokio::test]
async fn a_run_that_cannot_be_read_is_replaced_once_it_is_added_again() {
    let db = spoilt("UPDATE run SET course = '{' WHERE run = 'pr-1'").await;
    db.runs().await.unwrap();
    let add = |key| Transaction {
        run: Some(Run::new(key)),
        ..Transaction::default()
    };
    let of_another_account = RunKey {
        account: AccountId("b".into()),
        ..key()
    };
    db.write(add(of_another_account)).await.unwrap();
    assert_eq!(unreadable(&db), [row_of("a", "pr-1")]);
    db.write(add(key())).await.unwrap();
    assert_eq!(db.runs().await.unwrap().len(), 3);
    assert_eq!(unreadable(&db), []);
    assert_eq!(db.latest_attempt(&key()).await.unwrap(), 3);
}

/// A step that was added by hand counts (docs/RULES.md, 2): without it a run could seem to have
/// succeeded.
#[tokio::test]
async fn a_run_whose_step_cannot_be_read_is_not_shown_without_it() {
    let db = spoilt("UPDATE step SET step = 'x' WHERE run = 'pr-1'").await;
    assert_eq!(db.runs().await.unwrap(), [good()]);
    assert_eq!(unreadable(&db), [row_of("a", "pr-1")]);
}

#[tokio::test]
async fn a_step_of_which_only_the_status_cannot_be_read_is_unread() {
    let db = spoilt("UPDATE step SET seen = '{' WHERE run = 'pr-1'").await;
    assert_eq!(db.runs().await.unwrap(), [run(), good()]);
    let unread = Step {
        seen: None,
        ..step()
    };
    assert_eq!(db.steps(&key()).await.unwrap(), [unread]);
}

/// Whether a start is on its way is not known then (docs/RULES.md, 11).
#[tokio::test]
async fn rule_11_a_run_whose_unanswered_action_cannot_be_read_is_not_shown() {
    let db = spoilt("UPDATE action SET deed = '\"sing\"'").await;
    assert_eq!(db.runs().await.unwrap(), [good()]);
    assert_eq!(db.unanswered().await.unwrap(), []);
}

#[tokio::test]
async fn an_account_that_cannot_be_read_is_skipped_with_its_runs_and_said() {
    let db = spoilt(
        "INSERT INTO account VALUES ('b', '{'); UPDATE run SET account = 'b' WHERE run = 'pr-1'",
    )
    .await;
    assert_eq!(db.accounts().await.unwrap().len(), 1);
    assert_eq!(db.runs().await.unwrap(), [good()]);
    let account = UnreadableRow::Account("b".into());
    assert_eq!(
        unreadable(&db),
        [account],
        "its runs are not told one by one"
    );
    assert_eq!(row_count(&db, "account").await, 2);
}

#[tokio::test]
async fn lines_of_inbox_and_activity_that_cannot_be_read_are_skipped_and_counted_once() {
    let db = spoilt(
        "UPDATE told SET kind = 'sung'; UPDATE action SET result = '\"sung\"', answered = 1 WHERE id = 1",
    )
    .await;
    for _ in 0..2 {
        assert_eq!(db.inbox(9).await.unwrap(), []);
        assert_eq!(db.unshown().await.unwrap(), []);
        assert_eq!(db.activity(9).await.unwrap().len(), 1);
    }
    let lines = ["action 1", "told 1"].map(|name| UnreadableRow::Line(name.into()));
    assert_eq!(unreadable(&db), lines);
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_is_the_usual_one_and_said_until_it_is_set_again() {
    let db = spoilt("INSERT INTO setting VALUES ('cadence', '{'), ('sight', '{')").await;
    let usual = PollLimits::default().shortest_seconds;
    assert_eq!(shortest(&db).await, Ok(usual));
    let said = words::unreadable(&db.unreadable());
    let expected = "The setting for how often SolveXia is asked cannot be read: the usual one applies \
                    until you change it in the settings.";
    assert_eq!(said, [expected]);
    db.write(setting(2)).await.unwrap();
    assert_eq!(unreadable(&db), []);
}

#[tokio::test]
async fn a_file_that_sqlite_cannot_read_is_damage_and_no_row() {
    let db = spoilt("DROP TABLE run").await;
    assert!(db.runs().await.is_err());
    assert_eq!(unreadable(&db), []);
}
