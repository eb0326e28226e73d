use super::*;
use crate::close::plan::Item;
use crate::close::test_support::{
    day_time, draft, item, october, process, sample, six_closes, sydney,
};

/// A diamond: 1, then 2 and 3 beside each other, then 4; once in an order of its own.
fn diamond() -> Vec<DurationSample> {
    let mut samples = Vec::new();
    for (month, day) in ["2026-11-04", "2026-10-05", "2026-09-03"]
        .iter()
        .enumerate()
    {
        let swapped = month == 1;
        let mut run = |n: usize, from: &str, minutes: f64| {
            let ended =
                sydney(&format!("{day}T{from}")) + SignedDuration::from_secs_f64(minutes * 60.0);
            samples.push(sample(n, 10 * month + n, ended, minutes));
        };
        run(1, if swapped { "09:40" } else { "08:00" }, 60.0);
        run(2, if swapped { "12:00" } else { "11:00" }, 30.0);
        run(3, if swapped { "11:00" } else { "11:40" }, 30.0);
        run(4, "15:00", 30.0);
    }
    samples
}

fn proposal(samples: &[DurationSample]) -> Vec<ProposedItem> {
    propose(&draft(vec![item(9, &[])]), october(), samples)
}

#[test]
fn the_order_that_held_in_every_close_is_proposed_and_not_the_one_of_a_single_close() {
    let items = proposal(&diamond());
    let waits: Vec<Vec<ProcessId>> = items.iter().map(|item| item.waits_for.clone()).collect();
    assert_eq!(waits[0], []);
    assert_eq!(waits[1], [process(1)]);
    assert_eq!(waits[2], [process(1)]);
    assert_eq!(waits[3], [process(2), process(3)]);
    assert_eq!(items[3].usual_seconds, 1800.0);
    assert_eq!(items[3].seen_in, 3);
    assert!(items[0].usual_delay.is_none() && items[3].usual_delay.is_some());
}

/// In the last close the first one was done once more, days later.
#[test]
fn what_was_run_once_more_keeps_its_usual_place() {
    let mut samples = Vec::new();
    let days = [
        "2026-11-04",
        "2026-10-05",
        "2026-09-03",
        "2026-08-05",
        "2026-07-03",
    ];
    for (month, day) in days.iter().enumerate() {
        for (n, from) in [(1, "09:00"), (2, "10:30"), (3, "12:00")] {
            let ended = sydney(&format!("{day}T{from}")) + SignedDuration::from_mins(60);
            samples.push(sample(n, 10 * month + n, ended, 60.0));
        }
    }
    let again = sydney("2026-11-10T09:00");
    samples.push(sample(1, 99, again, 60.0));
    let items = proposal(&samples);
    let order: Vec<ProcessId> = items.iter().map(|item| item.process.clone()).collect();
    assert_eq!(order, [process(1), process(2), process(3)]);
    let waits: Vec<Vec<ProcessId>> = items.into_iter().map(|item| item.waits_for).collect();
    assert_eq!(waits, [vec![], vec![process(1)], vec![process(2)]]);
}

#[test]
fn what_always_begins_at_the_same_time_is_proposed_with_it() {
    let items = proposal(&diamond());
    let at = StartRule::At {
        at: day_time(3, 15),
        grace: GRACE,
    };
    assert_eq!(items[3].start, at);
    assert_eq!(items[0].start, StartRule::ByHand);
}

#[test]
fn a_proposal_is_a_plan_that_makes_sense() {
    let items: Vec<Item> = proposal(&diamond())
        .into_iter()
        .map(|proposed| Item {
            start: proposed.start,
            waits_for: proposed.waits_for,
            ..item(proposed.process.as_str()[2..].parse().unwrap(), &[])
        })
        .collect();
    assert!(crate::close::plan::Plan::new(draft(items)).is_ok());
}

#[test]
fn without_runs_in_the_last_close_nothing_is_proposed() {
    assert!(proposal(&[]).is_empty());
    assert!(
        proposal(&six_closes()).is_empty(),
        "these are of earlier periods"
    );
}
