//! The zone of dates that name none, learned from what is seen here (docs/RULES.md, 24).
//!
//! SolveXia writes the dates of runs without a zone. They are read as UTC; where they are some local time,
//! they are off by the same quarter hours for a whole environment. A start or an end that was seen to come
//! shows it: its true moment lies between two reads, and if only one number of quarter hours brings its
//! date there, that is the zone.

use jiff::{SignedDuration, Timestamp};

use crate::observation::Step;
use crate::status_stamp::StatusStamp;

/// Zones differ by quarter hours.
const QUARTER: i64 = 15 * 60;
/// No zone is further from UTC (seconds).
const MOST: i64 = 14 * 3600;
/// Dates and clocks agree to this (seconds) at best.
const SLACK: i64 = 60;
/// The steps of a run fill it but for this much (seconds), or they are not all of its attempt.
const FILLED: i64 = 5 * 60;

/// How much a read proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A date that was not there before came with the move that it is of.
    Sure,
    /// It may have another reason: it counts once another one agrees.
    Hint,
}

/// What is known of an environment's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateZone {
    known: Option<SignedDuration>,
    /// A read that contradicts what was known, and the date that it read: nothing is known until one of another
    /// date agrees, as the same one read again proves nothing more.
    doubt: Option<(SignedDuration, Timestamp)>,
}

impl DateZone {
    /// A zone that was learned before.
    pub fn learned(zone: SignedDuration) -> Self {
        Self {
            known: Some(zone),
            doubt: None,
        }
    }

    /// By how much its dates, read as UTC, are ahead of UTC; none while that is not known.
    pub fn offset(&self) -> Option<SignedDuration> {
        self.known.filter(|_| self.doubt.is_none())
    }

    /// Takes in the date of something that happened between two moments, all by SolveXia's clock. True
    /// where that changed what is known.
    pub fn learn(
        &mut self,
        date: Timestamp,
        after: Timestamp,
        by: Timestamp,
        evidence: Evidence,
    ) -> bool {
        after <= by
            && self.learn_between(
                date.duration_since(by),
                date.duration_since(after),
                (date, evidence),
            )
    }

    /// Takes in the dates of an ended run, and of its steps, which name their zone: they ran within it. After
    /// a restart some of them may not have, so that it is a hint alone.
    pub fn learn_by_steps(&mut self, stamp: &StatusStamp, steps: &[Step]) -> bool {
        let seen = || {
            steps
                .iter()
                .filter(|step| step.counts())
                .map(|step| step.seen.as_ref())
        };
        let all_dated = seen().all(|seen| seen.is_some_and(|seen| seen.names_zone));
        let first = seen().flatten().filter_map(|seen| seen.started).min();
        let last = seen().flatten().filter_map(|seen| seen.finished).max();
        let (Some((started, first)), Some((finished, last))) =
            (stamp.started.zip(first), stamp.finished.zip(last))
        else {
            return false;
        };
        let (least, most) = (started.duration_since(first), finished.duration_since(last));
        let fills_it = (most - least).as_secs() <= FILLED;
        all_dated && fills_it && self.learn_between(least, most, (finished, Evidence::Hint))
    }

    fn learn_between(
        &mut self,
        least: SignedDuration,
        most: SignedDuration,
        (date, evidence): (Timestamp, Evidence),
    ) -> bool {
        let Some(seen) = only_zone(least.as_secs() - SLACK, most.as_secs() + SLACK) else {
            return false;
        };
        let before = *self;
        let is_second = |(zone, first)| zone == seen && first != date;
        let is_agreed = self.known == Some(seen) || self.doubt.is_some_and(is_second);
        let is_first = self.known.is_none() && evidence == Evidence::Sure;
        *self = match is_agreed || is_first {
            true => Self::learned(seen),
            false => Self {
                doubt: Some((seen, date)),
                ..before
            },
        };
        *self != before
    }
}

/// The one zone between two numbers of seconds; none where there are several, or none.
fn only_zone(least: i64, most: i64) -> Option<SignedDuration> {
    let first = least.div_euclid(QUARTER) + i64::from(least.rem_euclid(QUARTER) != 0);
    let zone = first * QUARTER;
    let only = zone <= most && zone + QUARTER > most;
    (only && zone.abs() <= MOST).then(|| SignedDuration::from_secs(zone))
}

/// A zone in a sentence: what it is, and how that is known.
pub fn words(zone: SignedDuration) -> String {
    let minutes = zone.as_mins();
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let name = match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    };
    format!(
        "SolveXia writes the dates of runs in {name}. Runwatch learned that from runs that it saw."
    )
}

#[cfg(test)]
mod tests {
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
}
