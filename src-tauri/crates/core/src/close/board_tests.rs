use super::*;
use crate::close::item_state::{BoundRun, WhyUnknown};
use crate::close::test_support::{
    board, chain, draft, ended, item, opened, process, running, sample, six_closes, sydney,
};
use crate::outcome::Outcome;

const NINE: &str = "2026-11-04T09:00";

fn expected(view: &BoardView) -> &Expected {
    match &view.foresight {
        Foresight::Expected(expected) => expected,
        other => panic!("{other:?}"),
    }
}

fn minutes_after_nine(at: Timestamp) -> f64 {
    at.duration_since(sydney(NINE)).as_secs_f64() / 60.0
}

fn by(latest: Option<LatestStart>) -> Timestamp {
    match latest {
        Some(LatestStart::By(at)) => at,
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_many_side_by_side_those_that_hold_the_close_up_most_often_are_named() {
    let plan = Plan::new(draft((1..=6).map(|n| item(n, &[])).collect())).unwrap();
    let firsts: Vec<_> = six_closes()
        .into_iter()
        .filter(|sample| sample.process == process(1))
        .collect();
    let of_each = |n: usize| {
        let alike = |(run, first): (usize, &DurationSample)| {
            sample(n, 10 * n + run, first.ended, first.seconds / 60.0)
        };
        firsts.iter().enumerate().map(alike).collect::<Vec<_>>()
    };
    let samples: Vec<_> = (1..=6).flat_map(of_each).collect();
    let view = board(&plan, &[], &samples, "2026-11-04T08:00");
    assert!(!expected(&view).decided_by.is_empty());
}

#[test]
fn before_it_begins_the_finish_is_what_earlier_closes_took_from_its_time_on() {
    let view = board(&chain(), &[], &six_closes(), "2026-11-02T12:00");
    assert_eq!(view.state, BoardState::OnTrack);
    let expected = expected(&view);
    assert_eq!(expected.percent, Some(95), "never as certain as 100");
    let middle = minutes_after_nine(expected.finish.middle);
    assert!((195.0..210.0).contains(&middle), "{middle}");
    assert_eq!(
        expected.slack,
        sydney("2026-11-04T18:00").duration_since(expected.finish.late)
    );
    assert_eq!(view.items[0].starts, Some(sydney(NINE)));
    assert_eq!(view.earlier_closes, 6);
}

#[test]
fn a_late_close_is_at_risk_then_expected_late_and_never_as_certain_as_0() {
    let states = [
        "2026-11-04T14:10",
        "2026-11-04T14:42",
        "2026-11-04T15:10",
        "2026-11-04T17:00",
    ]
    .map(|now| board(&chain(), &[], &six_closes(), now).state);
    assert_eq!(states[0], BoardState::OnTrack);
    assert_eq!(states[1], BoardState::AtRisk);
    assert_eq!(states[2..], [BoardState::ExpectedLate; 2]);
    let view = board(&chain(), &[], &six_closes(), "2026-11-04T17:00");
    assert_eq!(expected(&view).percent, Some(5));
    assert!(expected(&view).slack.is_negative());
    let past = board(&chain(), &[], &six_closes(), "2026-11-04T18:00");
    assert_eq!(
        (past.state, expected(&past).percent),
        (BoardState::Late, None)
    );
}

#[test]
fn what_is_behind_it_moves_the_finish_and_a_slow_day_is_slow_for_all() {
    let at = |ended_at: &str| {
        let runs = [Some(ended(1, Outcome::Succeeded, NINE, ended_at))];
        let view = board(&chain(), &runs, &six_closes(), ended_at);
        let finish = expected(&view).finish.middle;
        finish.duration_since(sydney(ended_at)).as_secs_f64() / 60.0
    };
    let (usual, slow) = (at("2026-11-04T10:00"), at("2026-11-04T10:20"));
    assert!((138.0..148.0).contains(&usual), "{usual}");
    assert!(slow > usual + 3.0, "{slow}, {usual}");
}

#[test]
fn rule_27_a_blocked_close_has_no_probability_but_the_latest_moment_to_restart() {
    let runs = [Some(ended(1, Outcome::Failed, NINE, "2026-11-04T09:40"))];
    let view = board(&chain(), &runs, &six_closes(), "2026-11-04T10:00");
    assert_eq!(view.state, BoardState::Blocked);
    assert_eq!(view.foresight, Foresight::Blocked(vec![process(1)]));
    let latest = minutes_after_nine(by(view.items[0].latest_start));
    // Nine hours until the cut-off, less 200 minutes and some room.
    assert!((310.0..340.0).contains(&latest), "{latest}");
    assert_eq!(view.items[1].ends, None);
}

#[test]
fn rule_27_without_history_or_estimate_nothing_is_forecast_and_the_item_is_named() {
    let samples: Vec<DurationSample> = six_closes()
        .into_iter()
        .filter(|sample| sample.process != process(2))
        .collect();
    let view = board(&chain(), &[], &samples, NINE);
    assert_eq!(view.state, BoardState::Unknown);
    let unheard = CannotTell::NoHistory(vec![process(2)]);
    assert_eq!(view.foresight, Foresight::CannotTell(unheard));
    let mut estimated = chain().draft().clone();
    estimated.items[1].estimate = Some(3600.0);
    let view = board(&Plan::new(estimated).unwrap(), &[], &samples, NINE);
    assert!(matches!(view.foresight, Foresight::Expected(_)));
    assert_eq!(view.items[1].runs, 0, "it rests on an estimate");
}

/// What is stuck is said, also where nobody knows how long something else takes, or what it is.
#[test]
fn rule_27_a_blocked_close_is_blocked_whatever_else_is_not_known() {
    let failed = [Some(ended(1, Outcome::Failed, NINE, "2026-11-04T09:40"))];
    let blocked = Foresight::Blocked(vec![process(1)]);
    let view = board(&chain(), &failed, &[], "2026-11-04T10:00");
    assert_eq!(
        (view.state, &view.foresight),
        (BoardState::Blocked, &blocked)
    );
    assert_eq!(view.items[0].latest_start, None);
    let plan = chain();
    let run = BoundRun {
        run: failed[0].as_ref().unwrap(),
        steps: &[],
        is_accepted: false,
    };
    let facts = Facts {
        items: ItemFacts {
            runs: &[Some(run), None, None],
            asks: &[process(3)],
            gone: &[],
            earlier_steps: &[],
        },
        samples: &six_closes(),
        counted: &[],
        account_is_gone: false,
        seen_through: None,
    };
    let view = forecast(&plan, &opened(&plan), facts, sydney("2026-11-04T10:00"));
    assert_eq!(view.foresight, blocked);
}

/// One of the runs that are asked for may have been through in time; what was not run at all was not.
#[test]
fn nothing_is_late_of_which_nobody_knows_yet_how_it_stands() {
    let plan = chain();
    let runs = [
        ended(1, Outcome::Succeeded, NINE, "2026-11-04T10:00"),
        ended(2, Outcome::Succeeded, NINE, "2026-11-04T11:00"),
        ended(3, Outcome::Failed, NINE, "2026-11-04T12:00"),
    ];
    let look = |ran: usize, asks: &[ProcessId]| {
        let bound = |place: usize| {
            (place < ran).then(|| BoundRun {
                run: &runs[place],
                steps: &[],
                is_accepted: false,
            })
        };
        let facts = Facts {
            items: ItemFacts {
                runs: &[bound(0), bound(1), bound(2)],
                asks,
                gone: &[],
                earlier_steps: &[],
            },
            samples: &six_closes(),
            counted: &[],
            account_is_gone: false,
            seen_through: None,
        };
        forecast(&plan, &opened(&plan), facts, sydney("2026-11-04T18:30")).state
    };
    assert_eq!(look(2, &[process(3)]), BoardState::Unknown);
    assert_eq!(look(2, &[]), BoardState::Late);
    // What failed is told as that; another run may have made up for it.
    assert_eq!(look(3, &[process(3)]), BoardState::Blocked);
    assert_eq!(look(3, &[]), BoardState::Late);
}

#[test]
fn all_through_is_done_also_where_an_optional_item_failed() {
    let mut draft = chain().draft().clone();
    draft.items.push(crate::close::plan::Item {
        optional: true,
        ..crate::close::test_support::item(4, &[1])
    });
    let plan = Plan::new(draft).unwrap();
    let run = |n, from: &str, to: &str| Some(ended(n, Outcome::Succeeded, from, to));
    let runs = [
        run(1, NINE, "2026-11-04T10:00"),
        run(2, "2026-11-04T10:10", "2026-11-04T11:10"),
        run(3, "2026-11-04T11:20", "2026-11-04T12:20"),
        Some(ended(4, Outcome::Failed, NINE, "2026-11-04T10:00")),
    ];
    let view = board(&plan, &runs, &six_closes(), "2026-11-04T18:30");
    assert_eq!(view.state, BoardState::Done);
    assert_eq!(view.foresight, Foresight::Done(sydney("2026-11-04T12:20")));
}

#[test]
fn a_removed_account_and_a_deleted_process_are_unknown_and_said() {
    let plan = chain();
    let facts = |gone: &'static [ProcessId], account_is_gone| Facts {
        items: ItemFacts {
            runs: &[None, None, None],
            asks: &[],
            gone,
            earlier_steps: &[],
        },
        samples: &[],
        counted: &[],
        account_is_gone,
        seen_through: None,
    };
    let close = opened(&plan);
    let view = forecast(&plan, &close, facts(&[], true), sydney("2026-11-05T09:00"));
    assert_eq!(view.state, BoardState::Unknown);
    assert_eq!(
        view.foresight,
        Foresight::CannotTell(CannotTell::AccountGone)
    );
    let gone: &'static [ProcessId] = Box::leak(vec![process(3)].into_boxed_slice());
    let view = forecast(&plan, &close, facts(gone, false), sydney(NINE));
    assert_eq!(
        view.items[2].state,
        ItemState::Unknown(WhyUnknown::ProcessGone)
    );
    let unclear = CannotTell::Unclear(vec![process(3)]);
    assert_eq!(view.foresight, Foresight::CannotTell(unclear));
}

#[test]
fn figures_do_not_flicker_between_two_looks_at_the_same_facts() {
    let runs = [Some(running(1, NINE))];
    let look = |now| board(&chain(), &runs, &six_closes(), now);
    assert_eq!(look("2026-11-04T09:30"), look("2026-11-04T09:30"));
    let (before, after) = (look("2026-11-04T09:30"), look("2026-11-04T09:31"));
    let moved = expected(&after)
        .finish
        .middle
        .duration_since(expected(&before).finish.middle);
    assert!(moved.abs() < SignedDuration::from_secs(90), "{moved}");
}

#[test]
fn a_first_item_without_a_time_is_expected_when_it_usually_starts() {
    let mut draft = chain().draft().clone();
    draft.items[0].start = crate::close::plan::StartRule::ByHand;
    let view = board(
        &Plan::new(draft).unwrap(),
        &[],
        &six_closes(),
        "2026-10-28T12:00",
    );
    assert_eq!(
        view.items[0].starts,
        Some(sydney(NINE)),
        "on WD3 at nine, as in six months"
    );
}
