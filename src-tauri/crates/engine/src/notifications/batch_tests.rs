use super::*;
use jiff::Timestamp;
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::plan::PlanId;
use runwatch_core::ids::{AccountId, ProcessId, RunId};
use runwatch_core::notification::{Notification, NotificationKind};

fn item(id: i64, away: bool) -> InboxItem {
    let notification = Notification {
        kind: NotificationKind::Ended,
        account: AccountId("a".into()),
        run: None,
        close: None,
        starts: None,
        mark: id,
        outcome: None,
        title: format!("run {id}"),
        body: String::new(),
        at: Timestamp::UNIX_EPOCH,
        away,
    };
    InboxItem {
        id,
        notification,
        read: false,
    }
}

fn ids(groups: &[Group]) -> Vec<Vec<i64>> {
    groups
        .iter()
        .map(|g| g.items.iter().map(|t| t.id).collect())
        .collect()
}

#[test]
fn rule_15_the_first_shows_at_once_and_the_next_5_s_become_one() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    batch.push(item(1, false), start);
    assert_eq!(ids(&batch.ready(start, false)), [[1]]);
    batch.push(item(2, false), start + Duration::from_secs(1));
    batch.push(item(3, false), start + Duration::from_secs(4));
    assert!(
        batch
            .ready(start + Duration::from_secs(4), false)
            .is_empty()
    );
    assert_eq!(batch.wake(start), Some(start + TOGETHER));
    assert_eq!(ids(&batch.ready(start + TOGETHER, false)), [[2, 3]]);
}

#[test]
fn rule_15_what_ended_unseen_is_one_digest_once_all_runs_are_read() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    batch.push(item(1, true), start);
    batch.push(item(2, true), start);
    assert!(batch.ready(start, false).is_empty());
    let settled = start + TOGETHER;
    assert!(batch.ready(settled, true).is_empty());
    let groups = batch.ready(settled, false);
    assert_eq!(ids(&groups), [[1, 2]]);
    assert_eq!(groups[0].gathered, Gathered::Away);
}

#[test]
fn a_digest_does_not_wait_for_ever_for_a_run_that_cannot_be_read() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    batch.push(item(1, true), start);
    assert_eq!(ids(&batch.ready(start + DIGEST, true)), [[1]]);
}

#[test]
fn what_the_desktop_refused_is_tried_again_ever_less_often() {
    let (mut batch, mut now) = (Batch::default(), Instant::now());
    batch.push(item(1, false), now);
    for seconds in [1, 5, 30, 60, 300, 300] {
        for group in batch.ready(now, false) {
            batch.refused(group, now);
        }
        assert_eq!(batch.wake(now), Some(now + Duration::from_secs(seconds)));
        now += Duration::from_secs(seconds);
    }
}

/// What a desktop shows that refuses every group with one of these in it.
fn shown(batch: &mut Batch, refuses: &[i64], start: Instant, seconds: u64) -> Vec<Vec<i64>> {
    let mut shown = Vec::new();
    for second in 0..seconds {
        let now = start + Duration::from_secs(second);
        for group in batch.ready(now, false) {
            let all: Vec<i64> = group.items.iter().map(|item| item.id).collect();
            match all.iter().any(|id| refuses.contains(id)) {
                true => batch.refused(group, now),
                false => {
                    shown.push(all);
                    batch.taken(now);
                }
            }
        }
    }
    shown
}

#[test]
fn rule_22_what_the_desktop_always_refuses_holds_nothing_back_and_is_merged_into_nothing() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    batch.push(item(1, false), start);
    assert!(shown(&mut batch, &[1], start, 1).is_empty());
    let later = start + Duration::from_secs(10);
    for id in [2, 3] {
        batch.push(item(id, false), later);
    }
    assert_eq!(shown(&mut batch, &[1], later, 2_000), [vec![2, 3]]);
    // Both came while nothing was taken at all.
    let away = later + Duration::from_secs(3_000);
    for id in 4..8 {
        batch.push(item(id, false), away + Duration::from_secs(id as u64 * 10));
        shown(
            &mut batch,
            &[1, 4, 5, 6, 7],
            away + Duration::from_secs(id as u64 * 10),
            10,
        );
    }
    let back = away + Duration::from_secs(200);
    let mut after = shown(&mut batch, &[1], back, 4_000).concat();
    after.sort_unstable();
    assert_eq!(after, [4, 5, 6, 7]);
}

#[test]
fn what_a_desktop_refused_for_a_while_is_one_once_it_takes_something() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    for id in 1..5 {
        let at = start + Duration::from_secs(id as u64 * 10);
        batch.push(item(id, false), at);
        assert!(shown(&mut batch, &[1, 2, 3, 4], at, 10).is_empty());
    }
    let back = start + Duration::from_secs(60);
    let groups = shown(&mut batch, &[], back, 400);
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert_eq!(groups.concat().len(), 4);
}

#[test]
fn what_the_desktop_refused_is_a_digest_only_where_nobody_looked_at_all() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    batch.push(item(1, true), start);
    batch.push(item(2, true), start);
    let digest = batch.all(start).remove(0);
    batch.refused(digest, start);
    assert!(batch.all(start).is_empty(), "it rests");
    batch.hurry(start);
    let again = batch.all(start).remove(0);
    assert_eq!(again.gathered, Gathered::Away);
}

#[test]
fn rule_22_what_was_missed_is_shown_though_one_text_of_it_is_always_refused() {
    let (mut batch, start) = (Batch::default(), Instant::now());
    for id in 1..5 {
        batch.push(item(id, true), start);
    }
    let mut after = shown(&mut batch, &[2], start, 4_000).concat();
    after.sort_unstable();
    assert_eq!(after, [1, 3, 4]);
}

#[test]
fn a_click_opens_the_only_run_and_of_several_the_inbox_at_the_newest_failure() {
    let of_run = |id: i64, outcome: Outcome| {
        let mut item = item(id, false);
        item.notification.run = RunId::parse(&format!("pr-{id}")).ok();
        item.notification.outcome = Some(outcome);
        item.notification.at = Timestamp::from_second(id).unwrap();
        item
    };
    let opens = |items: Vec<InboxItem>| {
        let gathered = Gathered::Soon;
        Group { items, gathered }.opens()
    };
    let failed = of_run(1, Outcome::Failed);
    let Some(ClickTarget::Run(key)) = opens(vec![failed.clone()]) else {
        panic!("one run opens itself");
    };
    assert_eq!(key.run.as_str(), "pr-1");
    let newest = of_run(3, Outcome::Succeeded);
    let of_several = opens(vec![failed, of_run(2, Outcome::TimedOut), newest]);
    assert_eq!(of_several, Some(ClickTarget::Inbox(2)));
    assert_eq!(
        opens(vec![item(4, false)]),
        Some(ClickTarget::Inbox(4)),
        "of accounts"
    );
}

#[test]
fn a_click_asks_whether_to_start_what_is_offered_and_of_several_of_a_close_opens_its_board() {
    let close = |period: &str| CloseId {
        plan: PlanId("plan".into()),
        last: period.parse().unwrap(),
    };
    let step = |id: i64, period: &str| {
        let mut item = item(id, false);
        item.notification.close = Some(close(period));
        item.notification.starts = ProcessId::parse(&format!("p-{id}")).ok();
        item
    };
    let opens = |items: Vec<InboxItem>| {
        let gathered = Gathered::Soon;
        Group { items, gathered }.opens()
    };
    let (december, november) = ("2026-12-31", "2026-11-30");
    let start = ClickTarget::Start(close(december), ProcessId::parse("p-1").unwrap());
    assert_eq!(opens(vec![step(1, december)]), Some(start));
    let board = Some(ClickTarget::Close(close(december)));
    assert_eq!(opens(vec![step(1, december), step(2, december)]), board);
    let mut late = step(1, december);
    late.notification.starts = None;
    assert_eq!(opens(vec![late]), board);
    for other in [step(2, november), item(2, false)] {
        let several = opens(vec![step(1, december), other]);
        assert_eq!(several, Some(ClickTarget::Inbox(2)));
    }
}
