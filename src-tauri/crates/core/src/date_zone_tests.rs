//! Learning the zone of dates, and reading them in the zone of their time.

use super::*;
use crate::ids::StepId;
use crate::observation::StepObservation;
use crate::status::{RunStatus, StepStatus};
use crate::test_support::at;

fn hours(quarters: i64) -> SignedDuration {
    SignedDuration::from_secs(quarters * QUARTER)
}

/// Learns from something that happened at second `moment`, seen between two reads, in a zone of so
/// many quarter hours.
fn learned(zone: i64, moment: i64, after: i64, by: i64) -> Option<SignedDuration> {
    let mut learned = DateZone::default();
    learned.learn(at(moment) + hours(zone), at(after), at(by), Evidence::Sure);
    learned.offset()
}

#[test]
fn rule_24_what_was_seen_to_come_shows_the_zone_in_every_quarter_hour() {
    for zone in -56..=56 {
        assert_eq!(learned(zone, 5, 0, 10), Some(hours(zone)), "{zone}");
        assert_eq!(learned(zone, 0, 0, 700), Some(hours(zone)), "{zone}");
    }
}

#[test]
fn rule_24_reads_that_lie_too_far_apart_or_dates_of_no_zone_show_nothing() {
    assert_eq!(learned(0, 450, 0, 1800), None, "two zones would do");
    assert_eq!(learned(0, 400, 0, 10), None, "no zone would do");
    assert_eq!(learned(0, 5, 10, 0), None, "the clock was set back");
    assert_eq!(learned(60, 5, 0, 10), None, "no zone is so far away");
}

#[test]
fn rule_24_the_steps_of_an_ended_run_show_it_where_their_dates_name_their_zone() {
    let step = |n: usize, started: i64, names_zone| Step {
        id: StepId::parse(&format!("ds-{n}")).unwrap(),
        name: String::new(),
        order: None,
        enabled: true,
        by_hand: false,
        seen: Some(StepObservation {
            status: StepStatus::Success,
            started: Some(at(started)),
            finished: Some(at(started + 100)),
            duration_seconds: None,
            message: String::new(),
            names_zone,
        }),
    };
    let run = |from: i64, to: i64| StatusStamp {
        status: RunStatus::Finished,
        started: Some(at(from) + hours(40)),
        finished: Some(at(to) + hours(40)),
    };
    let later = |stamp: &StatusStamp| StatusStamp {
        finished: stamp.finished.map(|at| at + SignedDuration::from_secs(1)),
        ..stamp.clone()
    };
    let learned = |stamp: &StatusStamp, steps: &[Step]| {
        let mut zone = DateZone::default();
        for _ in 0..3 {
            zone.learn_by_steps(stamp, steps);
            assert_eq!(zone.offset(), None, "one run is a hint alone");
        }
        zone.learn_by_steps(&later(stamp), steps);
        zone.offset()
    };
    let whole = run(0, 210);
    let (first, last) = (step(1, 2, true), step(2, 105, true));
    assert_eq!(
        learned(&whole, &[first.clone(), last.clone()]),
        Some(hours(40))
    );
    assert_eq!(learned(&whole, &[first.clone(), step(2, 105, false)]), None);
    assert_eq!(
        learned(&whole, &[step(1, -9_000, true), last.clone()]),
        None,
        "restarted"
    );
    // Restarted after ten minutes, and steps that are not listed ran for twenty more.
    let restarted = [first, step(2, 1_100, true)];
    assert_eq!(learned(&run(600, 2_400), &restarted), None);
    assert_eq!(learned(&whole, &[]), None);
}

#[test]
fn rule_24_it_is_learned_anew_once_two_reads_agree_and_in_between_nothing_is_known() {
    let mut zone = DateZone::learned(hours(40));
    let sure = Evidence::Sure;
    assert!(!zone.learn(at(5) + hours(40), at(0), at(10), sure));
    assert!(zone.learn(at(5) + hours(44), at(0), at(10), sure));
    assert_eq!(zone.offset(), None);
    assert!(!zone.learn(at(5) + hours(44), at(0), at(10), Evidence::Hint));
    assert_eq!(zone.offset(), None, "the same date is no second hint");
    assert!(zone.learn(at(25) + hours(44), at(20), at(30), sure));
    assert_eq!(zone.offset(), Some(hours(44)));
    zone.learn(at(5) + hours(8), at(0), at(10), sure);
    zone.learn(at(5) + hours(44), at(0), at(10), sure);
    assert_eq!(zone.offset(), Some(hours(44)), "one read was wrong");
}

#[test]
fn a_zone_is_named_as_people_know_it() {
    let name = |quarters| words(hours(quarters));
    assert!(name(0).contains(" in UTC."));
    assert!(name(39).contains(" in UTC+9:45."));
    assert!(name(-14).contains(" in UTC−3:30."));
}

/// Seen at these seconds in a zone of so many quarter hours.
fn see(zone: &mut DateZone, quarters: i64, moments: &[i64]) {
    for moment in moments {
        let date = at(*moment) + hours(quarters);
        zone.learn(date, at(moment - 5), at(*moment), Evidence::Sure);
    }
}

/// Of a date that was written at this second in a zone of so many quarter hours: the zone that it is read in, and
/// whether that is sure.
fn read(zone: &DateZone, moment: i64, quarters: i64) -> (i64, bool) {
    let read = zone.of_date(at(moment) + hours(quarters)).unwrap();
    (read.likely.as_secs() / QUARTER, read.other.is_none())
}

#[test]
fn rule_24_a_date_is_read_in_the_zone_of_its_time() {
    for (old, new) in [(40, 44), (44, 40), (0, -20)] {
        let mut zone = DateZone::default();
        see(&mut zone, old, &[0, 90_000, 200_000]);
        assert_eq!(read(&zone, 300_000, old), (old, true));
        see(&mut zone, new, &[300_000]);
        assert_eq!(
            read(&zone, 200_000, old),
            (old, true),
            "the doubt came later"
        );
        assert!(!read(&zone, 300_000, new).1);
        see(&mut zone, new, &[400_000]);
        for moment in [-90_000, 100_000, 200_000] {
            assert_eq!(read(&zone, moment, old), (old, true), "{moment}");
        }
        for moment in [300_000, 350_000, 900_000] {
            assert_eq!(read(&zone, moment, new), (new, true), "{moment}");
        }
        see(&mut zone, old, &[700_000, 800_000]);
        assert_eq!(read(&zone, 350_000, new), (new, true));
        assert_eq!(read(&zone, 900_000, old), (old, true));
    }
}

#[test]
fn rule_24_a_date_of_the_hour_that_comes_twice_is_not_sure() {
    let mut zone = DateZone::default();
    see(&mut zone, 44, &[0, 3_000]);
    see(&mut zone, 40, &[3_600, 3_700]);
    assert_eq!(read(&zone, 2_000, 44), (44, false));
    assert_eq!(read(&zone, 5_500, 40), (44, false));
    assert_eq!(read(&zone, -1_000, 44), (44, true));
    assert_eq!(read(&zone, 7_300, 40), (40, true));
}

#[test]
fn rule_24_what_is_read_of_earlier_runs_moves_nothing_that_comes_later() {
    let mut zone = DateZone::default();
    see(&mut zone, 44, &[900_000, 950_000]);
    see(&mut zone, 40, &[100_000]);
    assert_eq!(
        read(&zone, 960_000, 44),
        (44, true),
        "a doubt of earlier dates"
    );
    see(&mut zone, 40, &[50_000, 920_000]);
    assert_eq!(zone.offset(), Some(hours(44)));
    assert_eq!(read(&zone, 960_000, 44), (44, true));
    assert_eq!(read(&zone, 920_000, 44), (44, true));
    assert_eq!(read(&zone, 70_000, 40), (40, true));
}

#[test]
fn rule_24_a_first_read_that_two_others_contradict_was_wrong() {
    let mut zone = DateZone::default();
    see(&mut zone, 8, &[0]);
    see(&mut zone, 40, &[1_000, 2_000]);
    assert_eq!(read(&zone, -90_000, 40), (40, true));
}
