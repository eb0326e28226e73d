//! The runs that stand for items are read often enough for the board, whether they are watched or not: one that its
//! owner watches no more, or that was run again elsewhere, may fail as well.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::plan::Plan;
use runwatch_core::ids::RunKey;
use tokio::time::Instant;

use crate::close::age::age;
use crate::engine::Engine;

/// Time between two reads for the board alone.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Time until what could not be read is tried again for the board: each failure is a change, which brings the next look.
const TRY_AGAIN: Duration = Duration::from_mins(2);

/// Whether what was read then can still be said of now.
pub(crate) fn is_fresh(seen_at: Option<Timestamp>, now: Timestamp) -> bool {
    is_within(seen_at, now, EVERY * 2)
}

fn is_within(seen_at: Option<Timestamp>, now: Timestamp, most: SignedDuration) -> bool {
    let past = seen_at.and_then(|at| age(at, now));
    past.is_some_and(|past| past <= most)
}

impl Engine {
    /// Reads those that were not read lately, until the close is over.
    pub(crate) async fn read_bound(&self, plan: &Plan, kept: &KeptClose) {
        let here = self.close_here(plan, kept);
        if here.is_closed(self.now()) {
            return;
        }
        for bound in &kept.bindings {
            let key = RunKey {
                account: plan.draft().account.clone(),
                run: bound.run.clone(),
            };
            let Ok(tracked) = self.runs.get(&key) else {
                continue;
            };
            let now = self.now();
            let is_due = tracked.read(|state| {
                let seen_at = state.run.seen_at;
                let is_old =
                    !is_within(seen_at, now, EVERY) || !here.can_tell_from(state.asked, now);
                let failed_lately = state.failures > 0
                    && state
                        .tried_for_board
                        .is_some_and(|at| at.elapsed() < TRY_AGAIN);
                !state.gone && !state.polling && is_old && !failed_lately
            });
            if !is_due || !self.can_see(plan) {
                continue;
            }
            tracked.update(|state| state.tried_for_board = Some(Instant::now()));
            if let Err(error) = self.poll(&key, false).await {
                tracing::debug!(%error, "a run of a close could not be read");
            }
        }
    }
}
