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

fn lost(keys: &[&str]) -> News {
    News {
        lost: keys.iter().copied().map(key).collect(),
        again: Vec::new(),
    }
}

fn again(keys: &[&str]) -> News {
    News {
        again: keys.iter().copied().map(key).collect(),
        lost: Vec::new(),
    }
}

/// As it is after a restart.
fn restarted(sight: &Sight) -> Sight {
    Sight {
        lost: sight.lost.clone(),
        refused: sight.refused.clone(),
        ..Sight::default()
    }
}

#[test]
fn rule_16_a_run_is_lost_after_15_minutes_once_and_seen_again_once() {
    let mut sight = Sight::default();
    let (blind, clear) = ([(key("pr-1"), View::Blind)], [(key("pr-1"), View::Clear)]);
    assert_eq!(sight.look(minutes(1), &blind), News::default());
    assert_eq!(sight.look(minutes(15), &blind), News::default());
    assert_eq!(sight.look(minutes(16), &blind), lost(&["pr-1"]));
    assert_eq!(sight.look(minutes(60), &blind), News::default());
    let mut sight = restarted(&sight);
    assert_eq!(sight.look(minutes(0), &blind), News::default());
    assert_eq!(sight.look(minutes(30), &blind), News::default());
    let unknown = [(key("pr-1"), View::Unknown)];
    assert_eq!(sight.look(minutes(31), &unknown), News::default());
    assert_eq!(sight.look(minutes(32), &clear), again(&["pr-1"]));
    assert_eq!(sight.look(minutes(33), &clear), News::default());
    assert_eq!(sight.look(minutes(34), &blind), News::default());
    assert_eq!(sight.look(minutes(49), &blind), lost(&["pr-1"]));
}

#[test]
fn rule_16_a_read_between_begins_the_quarter_of_an_hour_again() {
    let mut sight = Sight::default();
    sight.look(minutes(0), &[(key("pr-1"), View::Blind)]);
    sight.look(minutes(14), &[(key("pr-1"), View::Clear)]);
    for minute in 15..30 {
        let news = sight.look(minutes(minute), &[(key("pr-1"), View::Blind)]);
        assert_eq!(news, News::default(), "{minute}");
    }
}

#[test]
fn rule_16_nothing_is_lost_before_somebody_has_tried_to_read_it() {
    let mut sight = Sight::default();
    sight.look(minutes(0), &[(key("pr-1"), View::Blind)]);
    let woken = [(key("pr-1"), View::Unknown)];
    assert_eq!(sight.look(minutes(20), &woken), News::default());
}

#[test]
fn rule_16_runs_that_meet_one_outage_one_after_the_other_are_one_notification() {
    let mut sight = Sight::default();
    let view = |n| match n {
        0..5 => View::Clear,
        _ => View::Blind,
    };
    let mut news = Vec::new();
    for minute in 0..40 {
        let runs = [(key("pr-1"), View::Blind), (key("pr-2"), view(minute))];
        news.push(sight.look(minutes(minute), &runs));
    }
    news.retain(|news| *news != News::default());
    assert_eq!(news, [lost(&["pr-1", "pr-2"])]);
    let runs = |second| [(key("pr-1"), View::Clear), (key("pr-2"), second)];
    assert_eq!(
        sight.look(minutes(41), &runs(View::Blind)),
        News::default(),
        "the other is waited for"
    );
    let all = sight.look(minutes(41), &runs(View::Clear));
    assert_eq!(all, again(&["pr-1", "pr-2"]));
}

#[test]
fn rule_16_a_run_that_stays_lost_does_not_hold_back_that_another_is_seen() {
    let mut sight = Sight::default();
    let runs = |first| [(key("pr-1"), first), (key("pr-2"), View::Blind)];
    sight.look(minutes(0), &runs(View::Blind));
    sight.look(minutes(15), &runs(View::Blind));
    assert_eq!(sight.look(minutes(20), &runs(View::Clear)), News::default());
    assert_eq!(
        sight.look(minutes(21), &runs(View::Clear)),
        again(&["pr-1"])
    );
}

#[test]
fn rule_16_what_is_watched_no_more_is_not_told_as_seen_again() {
    let mut sight = Sight::default();
    sight.look(minutes(0), &[(key("pr-1"), View::Blind)]);
    sight.look(minutes(15), &[(key("pr-1"), View::Blind)]);
    sight.look(minutes(16), &[]);
    let news = sight.look(minutes(17), &[(key("pr-1"), View::Clear)]);
    assert_eq!(news, News::default());
}

#[test]
fn a_refused_account_is_asked_to_sign_in_once_an_outage() {
    let (mut sight, account) = (Sight::default(), AccountId("a".into()));
    assert!(!sight.sign_in(&account, None));
    assert!(sight.sign_in(&account, Some(false)));
    assert!(!sight.sign_in(&account, Some(false)));
    let mut sight = restarted(&sight);
    assert!(!sight.sign_in(&account, Some(false)));
    assert!(!sight.sign_in(&account, Some(true)));
    assert!(sight.sign_in(&account, Some(false)));
}

#[test]
fn rule_16_the_notification_names_each_run_and_says_why_and_what_to_do() {
    let unseen = |run: &str, account: &str, why| Unseen {
        run: run.into(),
        account: Some(account.into()),
        why,
    };
    let runs = [
        unseen("Bank", "Prod", Why::Offline),
        unseen("Close", "Sandbox", Why::SignedOut),
        unseen("FX", "Prod", Why::Offline),
    ];
    let note = super::lost(&runs);
    assert_eq!(note.title, "Runwatch cannot see 3 watched runs");
    assert!(
        note.body.starts_with(
            "Bank, FX (Prod): SolveXia cannot be reached. Check this computer's network.\n\
             Close (Sandbox): you are signed out. Sign in again.\n"
        ),
        "{}",
        note.body
    );
    assert_eq!(
        seen_again(&runs[..1]).title,
        "Runwatch can see “Bank” again"
    );
    let host = "app.solvexia.com";
    for label in [None, Some(host)] {
        let note = sign_in_again(host, Method::Client, label);
        assert_eq!(note.title, "Sign in again at app.solvexia.com");
    }
    let named = |label| sign_in_again(host, Method::Token, Some(label));
    let title = "Sign in again at app.solvexia.com (token)";
    assert_eq!(named("app.solvexia.com (token)").title, title);
    let title = "Sign in again at app.solvexia.com (Payroll)";
    assert_eq!(named("Payroll").title, title);
    // Nobody refused it: it lasts ten minutes.
    assert!(
        named("Payroll")
            .body
            .starts_with("The access token has expired")
    );
}
