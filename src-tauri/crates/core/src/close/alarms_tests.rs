use super::*;
use crate::close::test_support::{board, chain, ended, process, running, six_closes, sydney};
use crate::outcome::Outcome;

fn cut_off() -> Timestamp {
    sydney("2026-11-04T18:00")
}

/// Looks at boards one after the other; what each told.
fn told(looks: &[(&str, BoardView)]) -> Vec<Vec<Cause>> {
    let mut memory = AlarmMemory::default();
    let look = |(now, view): &(&str, BoardView)| {
        let (after, causes) = alarms(&memory, view, cut_off(), sydney(now));
        memory = after;
        causes
    };
    looks.iter().map(look).collect()
}

fn at(now: &'static str) -> (&'static str, BoardView) {
    (now, board(&chain(), &[], &six_closes(), now))
}

#[test]
fn a_close_is_expected_late_at_the_second_look_five_minutes_apart_and_told_once() {
    let looks = ["15:10", "15:14", "15:15", "15:40"].map(|time| {
        let now: &'static str = Box::leak(format!("2026-11-04T{time}").into_boxed_str());
        at(now)
    });
    let told = told(&looks);
    assert_eq!(told, [vec![], vec![], vec![Cause::ExpectedLate], vec![]]);
}

#[test]
fn a_look_that_is_better_begins_anew_and_at_risk_alone_is_not_told() {
    let better = at("2026-11-04T14:42");
    assert_eq!(better.1.state, BoardState::AtRisk);
    let again = [
        at("2026-11-04T15:10"),
        better.clone(),
        at("2026-11-04T15:16"),
        better,
    ];
    assert!(told(&again).iter().all(Vec::is_empty));
}

#[test]
fn it_clears_silently_above_60_percent_and_the_same_cause_is_not_told_again() {
    let mut memory = AlarmMemory::default();
    for now in ["2026-11-04T15:10", "2026-11-04T15:20"] {
        memory = alarms(&memory, &at(now).1, cut_off(), sydney(now)).0;
    }
    assert!(memory.expected_late);
    let good = board(&chain(), &[], &six_closes(), "2026-11-04T10:00");
    let (memory, causes) = alarms(&memory, &good, cut_off(), sydney("2026-11-04T15:30"));
    assert!(!memory.expected_late && causes.is_empty());
    let (memory, _) = alarms(
        &memory,
        &at("2026-11-04T15:40").1,
        cut_off(),
        sydney("2026-11-04T15:40"),
    );
    let (memory, causes) = alarms(
        &memory,
        &at("2026-11-04T15:50").1,
        cut_off(),
        sydney("2026-11-04T15:50"),
    );
    assert!(causes.is_empty());
    assert!(memory.expected_late, "shown all the same");
}

#[test]
fn with_fewer_than_three_earlier_runs_of_what_decides_nobody_is_alarmed() {
    let two: Vec<_> = six_closes().into_iter().take(6).collect();
    let looks =
        ["2026-11-04T16:10", "2026-11-04T16:20"].map(|now| (now, board(&chain(), &[], &two, now)));
    assert_eq!(looks[1].1.state, BoardState::ExpectedLate);
    assert!(told(&looks).iter().all(Vec::is_empty));
}

#[test]
fn a_block_is_told_once_names_the_item_alone_and_again_when_it_comes_back() {
    let now = "2026-11-04T10:00";
    let failed = || {
        let runs = [Some(ended(
            1,
            Outcome::Failed,
            "2026-11-04T09:00",
            "2026-11-04T09:40",
        ))];
        (now, board(&chain(), &runs, &six_closes(), now))
    };
    let going = (
        now,
        board(&chain(), &[Some(running(1, now))], &six_closes(), now),
    );
    let blocked = vec![Cause::Blocked(process(1))];
    let told = told(&[failed(), failed(), going, failed()]);
    assert_eq!(told, [blocked.clone(), vec![], vec![], blocked]);
}

#[test]
fn late_is_told_at_the_cut_off_once() {
    let told = told(&[
        at("2026-11-04T17:59"),
        at("2026-11-04T18:00"),
        at("2026-11-04T19:00"),
    ]);
    assert_eq!(told, [vec![], vec![Cause::Late], vec![]]);
}

/// Whoever could not look in time learns of it afterwards.
#[test]
fn a_cut_off_that_was_missed_is_told_also_where_all_is_through_by_then_or_nobody_knows() {
    let now = "2026-11-04T20:00";
    let late = |at: &'static str| {
        let hours = [
            "2026-11-04T09:00",
            "2026-11-04T10:00",
            "2026-11-04T11:00",
            at,
        ];
        let run = |n: usize| Some(ended(n, Outcome::Succeeded, hours[n - 1], hours[n]));
        (
            now,
            board(&chain(), &[1, 2, 3].map(run), &six_closes(), now),
        )
    };
    let looks = [late("2026-11-04T19:30"), late("2026-11-04T19:30")];
    assert_eq!(told(&looks), [vec![Cause::Late], vec![]]);
    assert_eq!(told(&[late("2026-11-04T17:30")]), [vec![]]);
    let (_, mut view) = late("2026-11-04T17:30");
    view.foresight = Foresight::CannotTell(CannotTell::Unclear(vec![process(3)]));
    let looks = [
        ("2026-11-04T17:59", view.clone()),
        (now, view.clone()),
        (now, view),
    ];
    assert_eq!(told(&looks), [vec![], vec![Cause::Unclear], vec![]]);
}
