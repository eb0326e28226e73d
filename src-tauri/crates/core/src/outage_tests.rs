//! Rule 16: when blindness is told, and how.

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
fn restarted(sight: &OutageRecord) -> OutageRecord {
    OutageRecord {
        lost: sight.lost.clone(),
        refused: sight.refused.clone(),
        ..OutageRecord::default()
    }
}

#[test]
fn rule_16_a_run_is_lost_after_15_minutes_once_and_seen_again_once() {
    let mut sight = OutageRecord::default();
    let (blind, clear) = (
        [(key("pr-1"), Visibility::Unreadable)],
        [(key("pr-1"), Visibility::Readable)],
    );
    assert_eq!(sight.update(minutes(1), &blind), OutageNews::default());
    assert_eq!(sight.update(minutes(15), &blind), OutageNews::default());
    assert_eq!(sight.update(minutes(16), &blind), lost(&["pr-1"]));
    assert_eq!(sight.update(minutes(60), &blind), OutageNews::default());
    let mut sight = restarted(&sight);
    assert_eq!(sight.update(minutes(0), &blind), OutageNews::default());
    assert_eq!(sight.update(minutes(30), &blind), OutageNews::default());
    let unknown = [(key("pr-1"), Visibility::Unknown)];
    assert_eq!(sight.update(minutes(31), &unknown), OutageNews::default());
    assert_eq!(sight.update(minutes(32), &clear), again(&["pr-1"]));
    assert_eq!(sight.update(minutes(33), &clear), OutageNews::default());
    assert_eq!(sight.update(minutes(34), &blind), OutageNews::default());
    assert_eq!(sight.update(minutes(49), &blind), lost(&["pr-1"]));
}

#[test]
fn rule_16_one_that_is_just_being_tried_again_is_told_with_the_others() {
    let mut sight = OutageRecord::default();
    let both = |second| [(key("pr-1"), Visibility::Unreadable), (key("pr-2"), second)];
    sight.update(minutes(0), &both(Visibility::Unreadable));
    let news = sight.update(minutes(15), &both(Visibility::Unknown));
    assert_eq!(news, lost(&["pr-1", "pr-2"]));
}

#[test]
fn rule_16_a_read_between_begins_the_quarter_of_an_hour_again() {
    let mut sight = OutageRecord::default();
    sight.update(minutes(0), &[(key("pr-1"), Visibility::Unreadable)]);
    sight.update(minutes(14), &[(key("pr-1"), Visibility::Readable)]);
    for minute in 15..30 {
        let news = sight.update(minutes(minute), &[(key("pr-1"), Visibility::Unreadable)]);
        assert_eq!(news, OutageNews::default(), "{minute}");
    }
}

#[test]
fn rule_16_nothing_is_lost_before_somebody_has_tried_to_read_it() {
    let mut sight = OutageRecord::default();
    sight.update(minutes(0), &[(key("pr-1"), Visibility::Unreadable)]);
    let woken = [(key("pr-1"), Visibility::Unknown)];
    assert_eq!(sight.update(minutes(20), &woken), OutageNews::default());
}

#[test]
fn rule_16_runs_that_meet_one_outage_one_after_the_other_are_one_notification() {
    let mut sight = OutageRecord::default();
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
        news.push(sight.update(minutes(minute), &runs));
    }
    news.retain(|news| *news != OutageNews::default());
    assert_eq!(news, [lost(&["pr-1", "pr-2"])]);
    let runs = |second| [(key("pr-1"), Visibility::Readable), (key("pr-2"), second)];
    assert_eq!(
        sight.update(minutes(41), &runs(Visibility::Unreadable)),
        OutageNews::default(),
        "the other is waited for"
    );
    let all = sight.update(minutes(41), &runs(Visibility::Readable));
    assert_eq!(all, again(&["pr-1", "pr-2"]));
}

#[test]
fn rule_16_a_run_that_stays_lost_does_not_hold_back_that_another_is_seen() {
    let mut sight = OutageRecord::default();
    let runs = |first| [(key("pr-1"), first), (key("pr-2"), Visibility::Unreadable)];
    sight.update(minutes(0), &runs(Visibility::Unreadable));
    sight.update(minutes(15), &runs(Visibility::Unreadable));
    assert_eq!(
        sight.update(minutes(20), &runs(Visibility::Readable)),
        OutageNews::default()
    );
    assert_eq!(
        sight.update(minutes(21), &runs(Visibility::Readable)),
        again(&["pr-1"])
    );
}

#[test]
fn rule_16_what_is_watched_no_more_is_not_told_as_seen_again() {
    let mut sight = OutageRecord::default();
    sight.update(minutes(0), &[(key("pr-1"), Visibility::Unreadable)]);
    sight.update(minutes(15), &[(key("pr-1"), Visibility::Unreadable)]);
    sight.update(minutes(16), &[]);
    let news = sight.update(minutes(17), &[(key("pr-1"), Visibility::Readable)]);
    assert_eq!(news, OutageNews::default());
}

#[test]
fn a_refused_account_is_asked_to_sign_in_once_an_outage() {
    let (mut sight, account) = (OutageRecord::default(), AccountId("a".into()));
    assert!(!sight.sign_in(&account, None));
    assert!(sight.sign_in(&account, Some(false)));
    assert!(!sight.sign_in(&account, Some(false)));
    let mut sight = restarted(&sight);
    assert!(!sight.sign_in(&account, Some(false)));
    assert!(!sight.sign_in(&account, Some(true)));
    assert!(sight.sign_in(&account, Some(false)));
}
