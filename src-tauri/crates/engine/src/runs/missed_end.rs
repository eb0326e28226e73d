//! What a watch tells that is pressed just as a run ends.

use std::time::Duration;

use runwatch_core::attempt::Phase;
use runwatch_core::notification::Notification;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedState;

/// For so long a stopped watch can be taken back with what ended meanwhile: longer than the window offers it.
const TAKEN_BACK: Duration = Duration::from_mins(10);

impl Engine {
    /// What a watch tells at once that was pressed at this change: an end that was not shown yet then, or that came since
    /// the watch was stopped, a moment ago.
    pub(super) fn missed(&self, state: &TrackedState, pressed: i64) -> Option<Notification> {
        if state.run.watched {
            return None;
        }
        let untold = state.untold.as_ref();
        untold
            .and_then(|end| end.not_shown_at(pressed))
            .or_else(|| self.end_while_unwatched(state))
    }

    /// The end that came since its watch was stopped, a moment ago: whoever takes that back waits for it.
    fn end_while_unwatched(&self, state: &TrackedState) -> Option<Notification> {
        let lately = |at: Instant| at.elapsed() < TAKEN_BACK;
        let judgement = state.run.judgement.as_ref();
        let judgement = judgement.filter(|_| state.unwatched_at.is_some_and(lately))?;
        let Some(Phase::Ended { silent: false, .. }) = state.phase() else {
            return None;
        };
        let seconds = state.seconds(&self.server_dates(&state.run.key.account));
        Some(self.end_notification(&state.run, judgement, seconds, false))
    }
}
