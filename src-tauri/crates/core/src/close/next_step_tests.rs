use super::*;
use crate::close::plan::Plan;
use crate::close::test_support::{board, chain, ended, item, process, six_closes};
use crate::outcome::Outcome;

const NOW: &str = "2026-11-04T10:30";

fn steps(plan: &Plan, outcome: Outcome, told: &[usize]) -> Vec<NextStep> {
    let runs = [Some(ended(
        1,
        outcome,
        "2026-11-04T09:00",
        "2026-11-04T10:00",
    ))];
    let view = board(plan, &runs, &six_closes(), NOW);
    next_steps(plan, &view, &told.iter().map(|n| process(*n)).collect())
}

#[test]
fn what_is_started_by_hand_is_at_hand_once_all_before_it_is_through_and_told_once() {
    let step = NextStep {
        process: process(2),
        after: vec![process(1)],
    };
    assert_eq!(steps(&chain(), Outcome::Succeeded, &[]), [step]);
    assert!(steps(&chain(), Outcome::Succeeded, &[2]).is_empty());
    assert!(steps(&chain(), Outcome::Failed, &[]).is_empty());
}

#[test]
fn what_starts_by_itself_or_waits_for_nothing_is_no_next_step() {
    let mut draft = chain().draft().clone();
    draft.items[1].start = StartRule::AfterOthers;
    draft.items.push(item(4, &[]));
    assert!(steps(&Plan::new(draft).unwrap(), Outcome::Succeeded, &[]).is_empty());
}
