use super::*;
use crate::close::test_support::{chain, ended, process, run, running, sydney};

const FROM: &str = "2026-11-04T09:00";
const TO: &str = "2026-11-04T10:00";

fn states(runs: &[Option<Run>], now: &str) -> Vec<ItemState> {
    states_of(&chain(), runs, &[], &[], now)
}

fn states_of(
    plan: &Plan,
    runs: &[Option<Run>],
    asks: &[ProcessId],
    gone: &[ProcessId],
    now: &str,
) -> Vec<ItemState> {
    let bound: Vec<Option<BoundRun>> = runs
        .iter()
        .map(|run| {
            run.as_ref().map(|run| BoundRun {
                run,
                steps: &[],
                is_accepted: false,
            })
        })
        .chain([None, None, None])
        .take(3)
        .collect();
    let facts = ItemFacts {
        runs: &bound,
        asks,
        gone,
        earlier_steps: &[],
    };
    let due = |of: &ProcessId| (*of == process(1)).then(|| sydney(FROM));
    item_states(plan, facts, due, sydney(now)).states
}

#[test]
fn an_item_waits_for_its_time_and_for_what_comes_before_it() {
    use ItemState::{Ready, Waiting};
    assert_eq!(states(&[], "2026-11-04T08:59"), [Waiting, Waiting, Waiting]);
    assert_eq!(states(&[], FROM), [Ready, Waiting, Waiting]);
    let done = ended(1, Outcome::Succeeded, FROM, TO);
    assert_eq!(states(&[Some(done)], TO)[1], Ready);
    let created = run(1, "NotStarted", Phase::Going, [None, None]);
    assert_eq!(
        states(&[Some(created)], FROM)[0],
        Ready,
        "created is not started"
    );
}

#[test]
fn what_did_not_pass_its_gate_blocks_and_what_waits_for_it_is_not_to_blame() {
    for outcome in [
        Outcome::Failed,
        Outcome::Cancelled,
        Outcome::TimedOut,
        Outcome::Unverified,
    ] {
        let found = states(&[Some(ended(1, outcome, FROM, TO))], TO);
        assert_eq!(found[0], ItemState::Blocked(Block::Ended(outcome)));
        assert_eq!(
            found[1..],
            [ItemState::WaitsForBlocked, ItemState::WaitsForBlocked]
        );
    }
    let unseen = run(1, "Finished", Phase::Unseen, [None, None]);
    let found = &states(&[Some(unseen)], TO)[0];
    assert_eq!(
        *found,
        ItemState::Blocked(Block::Ended(Outcome::Unverified))
    );
}

#[test]
fn a_warning_passes_where_the_gate_allows_it_and_finished_alone_passes_never() {
    let warned = ended(1, Outcome::Warnings, FROM, TO);
    assert!(states(&[Some(warned.clone())], TO)[0].is_done());
    let mut strict = chain().draft().clone();
    strict.items[0].gate = Gate::Succeeded;
    let strict = Plan::new(strict).unwrap();
    let found = &states_of(&strict, &[Some(warned)], &[], &[], TO)[0];
    assert_eq!(*found, ItemState::Blocked(Block::Ended(Outcome::Warnings)));
    let pending = Phase::Pending {
        since: sydney(TO),
        silent: false,
    };
    let pending = run(1, "Finished", pending, [Some(FROM), Some(TO)]);
    assert_eq!(
        states(&[Some(pending)], TO)[..2],
        [ItemState::Ending, ItemState::Waiting]
    );
}

#[test]
fn what_runs_is_asked_for_or_unheard_of_is_told_apart() {
    assert_eq!(
        states(&[Some(running(1, FROM))], TO)[0],
        ItemState::Running(Some(sydney(FROM)))
    );
    let scheduled = run(1, "Scheduled", Phase::Going, [None, None]);
    assert_eq!(states(&[Some(scheduled)], TO)[0], ItemState::Starting);
    let odd = run(1, "Paused", Phase::Going, [None, None]);
    let word = WhyUnknown::Word("Paused".into());
    assert_eq!(states(&[Some(odd)], TO)[0], ItemState::Unknown(word));
    let plan = chain();
    let found = states_of(&plan, &[], &[process(2)], &[process(1)], TO);
    assert_eq!(
        found[..2],
        [ItemState::Unknown(WhyUnknown::ProcessGone), ItemState::Asks]
    );
}

/// What it worked with may be out of date: also where nobody waited for what is run again, failed or was left.
#[test]
fn what_ran_before_what_it_waits_for_is_through_is_asked_for_and_nothing_goes_on_from_it() {
    let second = || Some(ended(2, Outcome::Succeeded, FROM, TO));
    let first = [
        None,
        Some(running(1, FROM)),
        Some(ended(1, Outcome::Succeeded, FROM, TO)),
        Some(ended(
            1,
            Outcome::Failed,
            "2026-11-04T07:00",
            "2026-11-04T08:00",
        )),
    ];
    for first in first {
        let found = states(&[first.clone(), second()], TO);
        assert_eq!(
            found[1..],
            [ItemState::Asks, ItemState::Waiting],
            "{first:?}"
        );
    }
    let in_time = Some(ended(1, Outcome::Succeeded, "2026-11-04T07:00", FROM));
    assert!(states(&[in_time, second()], TO)[1].is_done());
    let mut optional = chain().draft().clone();
    optional.items[0].optional = true;
    let optional = Plan::new(optional).unwrap();
    let found = states_of(&optional, &[None, second()], &[], &[], TO);
    assert!(found[1].is_done(), "{found:?}");
}

/// The last step of one may start the next one, and their dates come from two clocks.
#[test]
fn what_was_started_within_a_minute_of_the_end_of_what_it_waits_for_has_waited() {
    let second = || Some(ended(2, Outcome::Succeeded, FROM, TO));
    for (end, has_waited) in [("09:00:50", true), ("09:01:00", true), ("09:01:01", false)] {
        let end = format!("2026-11-04T{end}");
        let first = ended(1, Outcome::Succeeded, "2026-11-04T08:00", &end);
        let found = &states(&[Some(first), second()], TO)[1];
        assert_eq!(found.is_done(), has_waited, "{end}");
    }
}
