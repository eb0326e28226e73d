//! The zone of dates that name none, learned from what is seen here (docs/RULES.md, 24).
//!
//! SolveXia writes the dates of runs without a zone. They are read as UTC; where they are some local time,
//! they are off by the same quarter hours for a whole environment. A start or an end that was seen to come
//! shows it: its true moment lies between two reads, and if only one number of quarter hours brings its
//! date there, that is the zone.

use jiff::{SignedDuration, Timestamp};

use crate::clock_offset::to_local_clock;
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
/// So many zones are kept, of years in which the clocks change twice.
const MOST_KEPT: usize = 20;

/// How much a read proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A date that was not there before came with the move that it is of, in a first attempt.
    Sure,
    /// It may have another reason: it counts once another one agrees.
    Hint,
}

/// A zone, and from when to when dates were seen to be written in it, by SolveXia's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "said above")]
pub struct SeenZone {
    pub zone: SignedDuration,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// A read that contradicts what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// What it showed.
    pub zone: SignedDuration,
    /// The date that it read: the same one read again proves nothing more.
    pub date: Timestamp,
}

impl Doubt {
    fn moment(self) -> Timestamp {
        to_local_clock(self.date, self.zone)
    }
}

/// The zone that a date is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneOfDate {
    /// As far as is known.
    pub likely: SignedDuration,
    /// What it may be as well: clocks were set back around that date, or another read is awaited.
    pub other: Option<SignedDuration>,
}

/// What is known of an environment's zone. Its clocks change: a date is read in the zone of its time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateZone {
    /// Its zones, the earliest first.
    pub seen: Vec<SeenZone>,
    /// Counts once a read of another date agrees.
    pub doubt: Option<Doubt>,
}

impl DateZone {
    /// A zone that has always been this one.
    pub fn learned(zone: SignedDuration) -> Self {
        let (from, to) = (Timestamp::MIN, Timestamp::UNIX_EPOCH);
        Self {
            seen: vec![SeenZone { zone, from, to }],
            doubt: None,
        }
    }

    /// By how much dates that are written now, read as UTC, are ahead of UTC; none while that is not known.
    pub fn offset(&self) -> Option<SignedDuration> {
        let latest = self.seen.last().filter(|_| self.doubt.is_none());
        latest.map(|latest| latest.zone)
    }

    /// The zone that this date is written in; none while none is known.
    pub fn of_date(&self, date: Timestamp) -> Option<ZoneOfDate> {
        let known = zone_of(&self.seen, date)?;
        let or_else = |doubt: Doubt| {
            let (zone, from) = (doubt.zone, doubt.moment());
            let mut seen = self.seen.clone();
            let doubted = SeenZone {
                zone,
                from,
                to: from,
            };
            seen.insert(self.place(from), doubted);
            let then = zone_of(&seen, date)?;
            let mut zones = [Some(then.likely), then.other].into_iter().flatten();
            zones.find(|zone| *zone != known.likely)
        };
        Some(ZoneOfDate {
            other: known.other.or_else(|| self.doubt.and_then(or_else)),
            ..known
        })
    }

    /// How many zones were seen from an earlier moment on.
    fn place(&self, moment: Timestamp) -> usize {
        self.seen.partition_point(|seen| seen.from <= moment)
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
        let Some(zone) = only_zone(least.as_secs() - SLACK, most.as_secs() + SLACK) else {
            return false;
        };
        let doubt = Doubt { zone, date };
        let moment = doubt.moment();
        let place = self.place(moment);
        let before = place.checked_sub(1).map(|n| self.seen[n]);
        let is_within = |seen: SeenZone| seen.zone != zone && moment < seen.to;
        if before.is_some_and(is_within) {
            return false;
        }
        let mut around = self
            .seen
            .iter_mut()
            .take(place + 1)
            .skip(place.saturating_sub(1));
        if let Some(known) = around.find(|seen| seen.zone == zone) {
            (known.from, known.to) = (known.from.min(moment), known.to.max(moment));
            let is_settled = |doubt: &mut Doubt| doubt.moment() <= moment;
            return self.doubt.take_if(is_settled).is_some();
        }
        let is_first = |first: &Doubt| {
            first.zone == zone && first.date != date && self.place(first.moment()) == place
        };
        let first = match self.doubt.filter(is_first) {
            Some(first) => first.moment(),
            None if self.seen.is_empty() && evidence == Evidence::Sure => moment,
            None => return self.doubt.replace(doubt) != Some(doubt),
        };
        // What was read but once, and twice otherwise since, was wrong.
        let wrong = usize::from(before.is_some_and(|seen| seen.from == seen.to));
        let (from, to) = (first.min(moment), first.max(moment));
        let now = SeenZone { zone, from, to };
        self.seen.splice(place - wrong..place, [now]);
        self.seen.drain(..self.seen.len().saturating_sub(MOST_KEPT));
        self.doubt = None;
        true
    }
}

/// The zone that a date is written in, where these were seen. Between the last date in a zone and the first in the
/// next one it is still the former.
fn zone_of(seen: &[SeenZone], date: Timestamp) -> Option<ZoneOfDate> {
    let mut known = *seen.first()?;
    let mut other = None;
    for next in &seen[1..] {
        let before = to_local_clock(date, known.zone);
        let is_next = to_local_clock(date, next.zone) >= next.from;
        if before <= known.to {
            other = is_next.then_some(next.zone);
            break;
        }
        if before < next.from && !is_next {
            break;
        }
        known = *next;
    }
    Some(ZoneOfDate {
        likely: known.zone,
        other,
    })
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
#[path = "date_zone_tests.rs"]
mod tests;
