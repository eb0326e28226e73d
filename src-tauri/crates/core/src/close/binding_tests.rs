use super::*;
use crate::close::test_support::{chain, opened, process, run_id, sydney};

fn made(n: usize, run: usize, created: &str) -> Candidate {
    Candidate {
        run: run_id(run),
        process: process(n),
        created: Some(sydney(created)),
        started: None,
        has_run: false,
        is_shared: false,
        did_not_pass: false,
    }
}

fn bound(kept: &[Binding], elsewhere: &[usize], candidates: &[Candidate]) -> Bound {
    let plan = chain();
    let elsewhere = elsewhere.iter().map(|run| run_id(*run)).collect();
    bind(&plan, &opened(&plan), None, kept, &elsewhere, candidates)
}

fn kept(n: usize, run: usize) -> Binding {
    Binding::new(process(n), run_id(run), BoundBy::Hand)
}

#[test]
fn the_only_run_that_was_made_in_the_window_is_bound() {
    let found = bound(
        &[],
        &[],
        &[
            made(1, 10, "2026-11-03T10:00"),
            made(9, 11, "2026-11-03T10:00"),
        ],
    );
    assert_eq!(found.bindings.len(), 1);
    assert_eq!(found.bindings[0].by, BoundBy::Rule);
    assert!(found.asks.is_empty());
    let outside = [
        made(1, 10, "2026-10-20T10:00"),
        made(2, 12, "2026-11-25T10:00"),
    ];
    assert_eq!(bound(&[], &[], &outside), Bound::default());
}

#[test]
fn last_months_run_that_is_run_again_never_stands_for_this_month() {
    let again = Candidate {
        started: Some(sydney("2026-11-03T10:00")),
        ..made(1, 10, "2026-10-02T10:00")
    };
    assert_eq!(
        bound(&[], &[10], std::slice::from_ref(&again)),
        Bound::default()
    );
    let error = bind_to(&process(1), &again, BoundBy::Hand, &[run_id(10)].into()).unwrap_err();
    assert_eq!(error, BindError::OtherClose(run_id(10)));
    // Of one that belongs to no close nobody can tell: it is asked, and not bound.
    let unsure = bound(&[], &[], &[again]);
    assert!(unsure.bindings.is_empty());
    assert_eq!(unsure.asks[0].runs, [run_id(10)]);
}

#[test]
fn several_runs_are_asked_for_and_a_kept_one_stays_until_it_failed() {
    let two = [
        made(1, 10, "2026-11-03T10:00"),
        made(1, 11, "2026-11-03T11:00"),
    ];
    let found = bound(&[], &[], &two);
    assert!(found.bindings.is_empty());
    assert_eq!(found.asks[0].runs, [run_id(10), run_id(11)]);
    let found = bound(&[kept(1, 10)], &[], &two);
    assert_eq!(found.bindings, [kept(1, 10)]);
    assert!(found.asks.is_empty());
    let failed = [
        Candidate {
            did_not_pass: true,
            ..two[0].clone()
        },
        two[1].clone(),
    ];
    let found = bound(&[kept(1, 10)], &[], &failed);
    assert_eq!(found.bindings, [kept(1, 10)], "until its owner decides");
    assert_eq!(found.asks[0].runs, [run_id(10), run_id(11)]);
}

/// What its owner said, or started here, stays; the rule's guess is one as long as there is no other.
#[test]
fn a_run_that_was_bound_by_rule_is_asked_for_once_another_can_be_meant() {
    let two = [
        made(1, 10, "2026-11-03T10:00"),
        made(1, 11, "2026-11-05T11:00"),
    ];
    let by = |by| Binding { by, ..kept(1, 10) };
    let found = bound(&[by(BoundBy::Rule)], &[], &two);
    assert!(found.bindings.is_empty(), "{:?}", found.bindings);
    assert_eq!(found.asks[0].runs, [run_id(10), run_id(11)]);
    // Also where it was taken off the list meanwhile.
    let found = bound(&[by(BoundBy::Rule)], &[], &two[1..]);
    assert_eq!(found.asks[0].runs, [run_id(10), run_id(11)]);
    assert!(found.bindings.is_empty(), "{:?}", found.bindings);
    for known in [by(BoundBy::Hand), by(BoundBy::StartHere)] {
        let found = bound(std::slice::from_ref(&known), &[], &two);
        assert_eq!((found.bindings, found.asks.len()), (vec![known], 0));
    }
}

#[test]
fn one_that_was_never_started_is_asked_for_beside_one_that_was_run_until_its_owner_says_so() {
    let run = Candidate {
        has_run: true,
        ..made(1, 11, "2026-11-05T11:00")
    };
    let two = [made(1, 10, "2026-11-03T10:00"), run];
    for by in [BoundBy::Hand, BoundBy::StartHere] {
        let known = Binding { by, ..kept(1, 10) };
        let found = bound(std::slice::from_ref(&known), &[], &two);
        assert_eq!(found.asks[0].runs, [run_id(10), run_id(11)]);
        assert_eq!(found.bindings, [known]);
    }
    let said = Binding {
        passed_over: [run_id(11)].into(),
        ..kept(1, 10)
    };
    assert!(bound(&[said], &[], &two).asks.is_empty());
}

#[test]
fn a_run_that_another_close_can_mean_too_is_asked_for() {
    let shared = Candidate {
        is_shared: true,
        ..made(1, 10, "2026-11-03T10:00")
    };
    let found = bound(&[], &[], &[shared]);
    assert!(found.bindings.is_empty());
    assert_eq!(found.asks[0].runs, [run_id(10)]);
}

#[test]
fn a_run_of_another_process_is_not_bound_by_hand() {
    let other = made(2, 10, "2026-11-03T10:00");
    let error = bind_to(&process(1), &other, BoundBy::Hand, &BTreeSet::new()).unwrap_err();
    assert_eq!(error, BindError::OtherProcess(run_id(10)));
    let own = bind_to(&process(2), &other, BoundBy::StartHere, &BTreeSet::new()).unwrap();
    assert_eq!(own.by, BoundBy::StartHere);
}
