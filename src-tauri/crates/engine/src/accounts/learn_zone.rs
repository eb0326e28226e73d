//! Learning the zone of an environment's run dates (docs/RULES.md, 24).

use crate::engine::Engine;
use jiff::Timestamp;
use runwatch_core::date_zone::Evidence;
use runwatch_core::ids::AccountId;
use runwatch_core::observation::{RunObservation, Step};
use runwatch_core::run::Run;
use runwatch_core::status_stamp::StatusStamp;

impl Engine {
    /// Learns from a start or an end that came between the read before and this one.
    pub(crate) async fn learn_zone(&self, before: &Run, seen: &RunObservation) {
        let account = &before.key.account;
        let Some(origin) = self.accounts.origin(account) else {
            return;
        };
        let ahead = self.clock_ahead(account);
        let there = |moment: Timestamp| moment.checked_add(ahead).unwrap_or(moment);
        let Some(after) = before.seen_at.map(there) else {
            return;
        };
        let by = there(self.now());
        let mut has_changed = false;
        for (date, evidence) in new_dates(before, seen) {
            has_changed |= self
                .date_zones
                .learn(&origin, |zone| zone.learn(date, after, by, evidence));
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

/// The dates that a run did not show before: it started, or ended, meanwhile. That is sure where it moved
/// then; a date that another takes the place of may be an old answer.
fn new_dates(before: &Run, seen: &RunObservation) -> Vec<(Timestamp, Evidence)> {
    let Some(attempt) = &before.attempt else {
        return Vec::new();
    };
    let (old, is_move) = (&attempt.stamp, attempt.stamp.status != seen.status);
    // The same date may come back with more decimals; compare whole seconds.
    let is_new = |new: Timestamp, old: Option<Timestamp>| {
        old.is_none_or(|old| new.duration_since(old).as_secs() != 0)
    };
    let evidence = |old: Option<Timestamp>| match old.is_none() && is_move {
        true => Evidence::Sure,
        false => Evidence::Hint,
    };
    let pairs = [(seen.started, old.started), (seen.finished, old.finished)];
    let dated = pairs.into_iter().filter_map(|(new, old)| Some((new?, old)));
    dated
        .filter(|(new, old)| is_new(*new, *old))
        .map(|(new, old)| (new, evidence(old)))
        .collect()
}
