//! What was told: what is read, and what of it is answered.

use super::*;

/// Tells this many ends of a run; their ids, oldest first.
async fn tell(db: &Db, run: &RunKey, marks: std::ops::RangeInclusive<i64>) -> Vec<i64> {
    let end = |mark| Notification {
        account: run.account.clone(),
        run: Some(run.run.clone()),
        mark,
        ..notification()
    };
    let write = Transaction {
        notify: marks.map(end).collect(),
        ..Transaction::default()
    };
    let told = db.write(write).await.unwrap().inbox;
    told.iter().map(|item| item.id).collect()
}

/// The ids of the Inbox as it is shown, and whether each is read.
async fn shown(db: &Db, most: u32) -> Vec<(i64, bool)> {
    let items = db.inbox(most).await.unwrap();
    items.iter().map(|item| (item.id, item.read)).collect()
}

#[tokio::test]
async fn rule_23_marking_items_as_read_answers_those_that_were_unread() {
    let db = Db::in_memory().unwrap();
    let ids = tell(&db, &key(), 1..=3).await;
    assert_eq!(db.mark_read(vec![ids[1]]).await.unwrap(), [ids[1]]);
    let again = db.mark_read(vec![ids[0], ids[1], 99]).await.unwrap();
    assert_eq!(again, [ids[0]]);
    let expected = [(ids[2], false), (ids[1], true), (ids[0], true)];
    assert_eq!(shown(&db, 9).await, expected);
}

#[tokio::test]
async fn rule_23_opening_a_run_marks_its_items_as_read_and_no_others() {
    let db = Db::in_memory().unwrap();
    let other_run = RunKey {
        run: RunId::parse("pr-2").unwrap(),
        ..key()
    };
    let other_account = RunKey {
        account: AccountId("b".into()),
        ..key()
    };
    let others = [
        tell(&db, &other_run, 1..=1).await,
        tell(&db, &other_account, 1..=1).await,
    ];
    let ids = tell(&db, &key(), 1..=3).await;
    db.mark_read(vec![ids[1]]).await.unwrap();
    let read = db.mark_read_of_run(&key()).await.unwrap();
    assert_eq!(read, [ids[0], ids[2]]);
    assert_eq!(db.mark_read_of_run(&key()).await.unwrap(), [0_i64; 0]);
    let unread = shown(&db, 9).await.into_iter().filter(|(_, read)| !read);
    let unread: Vec<i64> = unread.map(|(id, _)| id).collect();
    assert_eq!(unread, [others[1][0], others[0][0]]);
}

#[tokio::test]
async fn rule_23_what_is_unread_is_in_the_inbox_however_old_it_is() {
    let db = Db::in_memory().unwrap();
    let ids = tell(&db, &key(), 1..=5).await;
    db.mark_read(vec![ids[1], ids[2], ids[4]]).await.unwrap();
    let newest_and_unread = [(ids[4], true), (ids[3], false), (ids[0], false)];
    assert_eq!(shown(&db, 2).await, newest_and_unread);
}
