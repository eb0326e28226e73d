//! Rule 16: when that runs cannot be seen is told, and how.

use super::*;
use crate::ids::RunId;

fn key(run: &str) -> RunKey {
    RunKey {
        account: AccountId("a".into()),
        run: RunId::parse(run).unwrap(),
    }
}

fn minutes(n: u64) -> Duration {
    Duration::from_secs(60 * n)
}

fn lost(keys: &[&str]) -> OutageNews {
    OutageNews {
        lost: keys.iter().copied().map(key).collect(),
        again: Vec::new(),
    }
}

fn again(keys: &[&str]) -> OutageNews {
    OutageNews {
        again: keys.iter().copied().map(key).collect(),
        lost: Vec::new(),
    }
}

/// As it is after a restart.
fn restarted(record: &OutageRecord) -> OutageRecord {
    OutageRecord {
        lost: record.lost.clone(),
        refused: record.refused.clone(),
        ..OutageRecord::default()
    }
}

#[test]
fn rule_16_a_run_is_lost_after_15_minutes_once_and_seen_again_once() {
    let mut record = OutageRecord::default();
    let (unreadable, readable) = (
        [(key("pr-1"), Visibility::Unreadable)],
        [(key("pr-1"), Visibility::Readable)],
    );
    assert_eq!(
        record.update(minutes(1), &unreadable),
        OutageNews::default()
    );
    assert_eq!(
        record.update(minutes(15), &unreadable),
        OutageNews::default()
    );
    assert_eq!(record.update(minutes(16), &unreadable), lost(&["pr-1"]));
    assert_eq!(
        record.update(minutes(60), &unreadable),
        OutageNews::default()
    );
    let mut record = restarted(&record);
    assert_eq!(
        record.update(minutes(0), &unreadable),
        OutageNews::default()
    );
    assert_eq!(
        record.update(minutes(30), &unreadable),
        OutageNews::default()
    );
    let unknown = [(key("pr-1"), Visibility::Unknown)];
    assert_eq!(record.update(minutes(31), &unknown), OutageNews::default());
    assert_eq!(record.update(minutes(32), &readable), again(&["pr-1"]));
    assert_eq!(record.update(minutes(33), &readable), OutageNews::default());
    assert_eq!(
        record.update(minutes(34), &unreadable),
        OutageNews::default()
    );
    assert_eq!(record.update(minutes(49), &unreadable), lost(&["pr-1"]));
}

#[test]
fn rule_16_one_that_is_just_being_tried_again_is_told_with_the_others() {
    let mut record = OutageRecord::default();
    let both = |second| [(key("pr-1"), Visibility::Unreadable), (key("pr-2"), second)];
    record.update(minutes(0), &both(Visibility::Unreadable));
    let news = record.update(minutes(15), &both(Visibility::Unknown));
    assert_eq!(news, lost(&["pr-1", "pr-2"]));
}

#[test]
fn rule_16_a_read_between_begins_the_quarter_of_an_hour_again() {
    let mut record = OutageRecord::default();
    record.update(minutes(0), &[(key("pr-1"), Visibility::Unreadable)]);
    record.update(minutes(14), &[(key("pr-1"), Visibility::Readable)]);
    for minute in 15..30 {
        let news = record.update(minutes(minute), &[(key("pr-1"), Visibility::Unreadable)]);
        assert_eq!(news, OutageNews::default(), "{minute}");
    }
}

#[test]
fn rule_16_nothing_is_lost_before_somebody_has_tried_to_read_it() {
    let mut record = OutageRecord::default();
    record.update(minutes(0), &[(key("pr-1"), Visibility::Unreadable)]);
    let woken = [(key("pr-1"), Visibility::Unknown)];
    assert_eq!(record.update(minutes(20), &woken), OutageNews::default());
}

#[test]
fn rule_16_runs_that_meet_one_outage_one_after_the_other_are_one_notification() {
    let mut record = OutageRecord::default();
    let view = |n| match n {
        0..5 => Visibility::Readable,
        _ => Visibility::Unreadable,
    };
    let mut news = Vec::new();
    for minute in 0..40 {
        let runs = [
            (key("pr-1"), Visibility::Unreadable),
            (key("pr-2"), view(minute)),
        ];
        news.push(record.update(minutes(minute), &runs));
    }
    news.retain(|news| *news != OutageNews::default());
    assert_eq!(news, [lost(&["pr-1", "pr-2"])]);
    let runs = |second| [(key("pr-1"), Visibility::Readable), (key("pr-2"), second)];
    assert_eq!(
        record.update(minutes(41), &runs(Visibility::Unreadable)),
        OutageNews::default(),
        "the other is waited for"
    );
    let all = record.update(minutes(41), &runs(Visibility::Readable));
    assert_eq!(all, again(&["pr-1", "pr-2"]));
}

#[test]
fn rule_16_a_run_that_stays_lost_does_not_hold_back_that_another_is_seen() {
    let mut record = OutageRecord::default();
    let runs = |first| [(key("pr-1"), first), (key("pr-2"), Visibility::Unreadable)];
    record.update(minutes(0), &runs(Visibility::Unreadable));
    record.update(minutes(15), &runs(Visibility::Unreadable));
    assert_eq!(
        record.update(minutes(20), &runs(Visibility::Readable)),
        OutageNews::default()
    );
    assert_eq!(
        record.update(minutes(21), &runs(Visibility::Readable)),
        again(&["pr-1"])
    );
}

#[test]
fn rule_16_what_is_watched_no_more_is_not_told_as_seen_again() {
    let mut record = OutageRecord::default();
    record.update(minutes(0), &[(key("pr-1"), Visibility::Unreadable)]);
    record.update(minutes(15), &[(key("pr-1"), Visibility::Unreadable)]);
    record.update(minutes(16), &[]);
    let news = record.update(minutes(17), &[(key("pr-1"), Visibility::Readable)]);
    assert_eq!(news, OutageNews::default());
}

#[test]
fn a_refused_account_is_asked_to_sign_in_once_an_outage() {
    let (mut record, account) = (OutageRecord::default(), AccountId("a".into()));
    assert!(!record.sign_in(&account, None));
    assert!(record.sign_in(&account, Some(false)));
    assert!(!record.sign_in(&account, Some(false)));
    let mut record = restarted(&record);
    assert!(!record.sign_in(&account, Some(false)));
    assert!(!record.sign_in(&account, Some(true)));
    assert!(record.sign_in(&account, Some(false)));
}
