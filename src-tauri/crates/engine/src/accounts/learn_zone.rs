//! Learning the zone of an environment's run dates (docs/RULES.md, 24).

use jiff::Timestamp;
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::date_zone::Evidence;
use runwatch_core::ids::AccountId;
use runwatch_core::observation::{RunObservation, Step};
use runwatch_core::status::RunStatus;
use runwatch_core::status_stamp::StatusStamp;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedState;

impl Engine {
    /// Learns from a start or an end that came between the read before and this one.
    pub(crate) async fn learn_zone(&self, before: &TrackedState, seen: &RunObservation) {
        let account = &before.run.key.account;
        let Some(origin) = self.accounts.origin(account) else {
            return;
        };
        let ahead = self.clock_ahead(account);
        let there = |moment: Timestamp| moment.checked_add(ahead).unwrap_or(moment);
        let Some(seen_at) = before.run.seen_at else {
            return;
        };
        let by = there(self.now());
        let mut has_changed = false;
        for new in new_dates(before, seen) {
            let after = there(new.after.unwrap_or(seen_at));
            has_changed |= self.date_zones.learn(&origin, |zone| {
                zone.learn(new.date, after, by, new.evidence)
            });
        }
        if has_changed {
            self.zone_learned(&origin).await;
        }
    }

    /// Learns from an ended run whose steps were all read.
    pub(crate) async fn learn_zone_by_steps(
        &self,
        account: &AccountId,
        stamp: &StatusStamp,
        steps: &[Step],
    ) {
        let Some(origin) = self.accounts.origin(account) else {
            return;
        };
        if self
            .date_zones
            .learn(&origin, |zone| zone.learn_by_steps(stamp, steps))
        {
            self.zone_learned(&origin).await;
        }
    }

    async fn zone_learned(&self, origin: &str) {
        tracing::info!(origin, "learned in which zone SolveXia writes dates");
        self.dates_moved(origin);
        // `History` reports the failure (`Event::Store`); the zone is learned again after a restart.
        let kept = self.date_zones.to_keep();
        let _ = self.history.save_setting(kept).await;
    }

    /// Says that all that is dated by a host stands elsewhere now.
    pub(crate) fn dates_moved(&self, origin: &str) {
        for session in self.accounts.all() {
            let account: &AccountId = &session.account.id;
            if session.account.environment.origin() == origin {
                self.accounts.changed(account);
                for tracked in self.runs.of_account(account) {
                    self.runs.changed(&tracked.key);
                }
            }
        }
    }
}

/// A date that a run did not show before.
struct NewDate {
    date: Timestamp,
    /// What it names came after this (UTC); none where it came after the read before.
    after: Option<Timestamp>,
    evidence: Evidence,
}

/// The dates that a run did not show before: it started, or ended, meanwhile. That is sure of its first attempt alone:
/// of a later one the first start may come back, or an old answer.
fn new_dates(before: &TrackedState, seen: &RunObservation) -> Vec<NewDate> {
    let Some(attempt) = &before.run.attempt else {
        return Vec::new();
    };
    let shown = stamps_shown(before, attempt);
    let evidence = |is_of_move: bool| match is_of_move && attempt.number == 1 {
        true => Evidence::Sure,
        false => Evidence::Hint,
    };
    let started = seen
        .started
        .filter(|date| is_new(*date, &shown, |stamp| stamp.started));
    let finished = seen
        .finished
        .filter(|date| is_new(*date, &shown, |stamp| stamp.finished));
    let started = started.map(|date| NewDate {
        date,
        // It may be that of its start, or of its queueing before: both came after that.
        after: before.waited_until,
        evidence: evidence(has_just_started(before, attempt, seen)),
    });
    let finished = finished.map(|date| NewDate {
        date,
        after: None,
        evidence: evidence(has_just_ended(attempt, seen)),
    });
    [started, finished].into_iter().flatten().collect()
}

/// Whether no stamp showed this date. The same one may come back with more decimals: whole seconds are compared.
fn is_new(
    date: Timestamp,
    shown: &[&StatusStamp],
    of: impl Fn(&StatusStamp) -> Option<Timestamp>,
) -> bool {
    let mut shown = shown.iter().filter_map(|stamp| of(stamp));
    shown.all(|old| date.duration_since(old).as_secs() != 0)
}

/// All that is known to have been shown of a run.
fn stamps_shown<'a>(state: &'a TrackedState, attempt: &'a Attempt) -> Vec<&'a StatusStamp> {
    let baseline = match &attempt.phase {
        Phase::Proving { baseline, .. } => Some(baseline),
        _ => None,
    };
    let ended_before = attempt.ended_before.as_ref().map(|ended| &ended.stamp);
    let latest = [Some(&attempt.stamp), baseline, ended_before];
    let latest = latest.into_iter().flatten();
    latest.chain(&state.stamps_shown).collect()
}

/// Whether a start came with this answer, of a run that was seen to wait for it.
fn has_just_started(state: &TrackedState, before: &Attempt, seen: &RunObservation) -> bool {
    let runs = seen.status == RunStatus::Running || seen.ended();
    let ran = before.stamp.status == RunStatus::Running || before.stamp.ended();
    state.waited_until.is_some() && !ran && before.stamp.started.is_none() && runs
}

/// Whether an end came with this answer: not where its date alone is new.
fn has_just_ended(before: &Attempt, seen: &RunObservation) -> bool {
    let went = matches!(
        before.stamp.status,
        RunStatus::NotStarted | RunStatus::Scheduled | RunStatus::Running
    );
    went && before.stamp.finished.is_none() && seen.ended()
}

impl TrackedState {
    /// Keeps what an answer showed: its dates are no news any more.
    pub(crate) fn note_shown(&mut self, seen: &RunObservation, now: Timestamp) {
        if seen.status == RunStatus::NotStarted {
            self.waited_until = Some(now);
        }
        let stamp = StatusStamp::of(seen);
        let has_dates = stamp.started.is_some() || stamp.finished.is_some();
        if has_dates && !self.stamps_shown.contains(&stamp) {
            self.stamps_shown.push(stamp);
        }
    }
}
