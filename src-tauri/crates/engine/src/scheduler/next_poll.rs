//! Whether and how soon a run is polled, as everything stands now.

use std::time::Duration;

use jiff::Timestamp;
use runwatch_core::attempt::Phase;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::error::StoreError;
use runwatch_core::ids::RunKey;
use runwatch_core::server_dates::ServerDates;
use runwatch_core::status::RunStatus;
use tokio::time::Instant;

use crate::accounts::session::SignInState;
use crate::engine::Engine;
use crate::runs::tracked_run::{TrackedRun, TrackedState};
use crate::scheduler::interval::{self, PollContext, interval};

/// So long after an action SolveXia may not have shown it yet.
const ACTION_SHOWS: Duration = Duration::from_secs(18);
/// A run of an account that is signed out is tried no more often.
const SIGNED_OUT: Duration = Duration::from_secs(60);

impl Engine {
    /// Changes how often a run that nobody looks at is asked.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn set_poll_limits(&self, limits: PollLimits) -> Result<(), StoreError> {
        self.settings.set_poll_limits(limits);
        self.reschedule_all();
        self.settings.save_poll_limits(&self.history).await
    }

    /// Says which run is open in the window, and whether the window can be seen.
    pub fn set_window(&self, open_run: Option<RunKey>, visible: bool) {
        let opened = self.window.set_open_run(open_run);
        let changed = self.window.set_visible(visible);
        if opened || changed {
            self.reschedule_all();
        }
    }

    /// Says which run is open in the window.
    pub fn set_open_run(&self, open_run: Option<RunKey>) {
        if self.window.set_open_run(open_run) {
            self.reschedule_all();
        }
    }

    /// The run that is open in the window.
    pub fn open_run(&self) -> Option<RunKey> {
        self.window.open_run()
    }

    /// Says whether the window can be seen.
    pub fn set_window_visible(&self, visible: bool) {
        // While a window is resized this is called many times a second.
        if self.window.set_visible(visible) {
            self.reschedule_all();
        }
    }

    /// Whether a run is polled by itself at all.
    pub(crate) fn is_polled(&self, tracked: &TrackedRun, now: Instant) -> bool {
        if self.is_paused() && !tracked.read(|state| follows_action(state, now)) {
            return false;
        }
        // This runs for every run, so dates are looked up only where they decide: for what is over.
        let is_over = tracked.read(TrackedState::is_over);
        let dates = is_over.then(|| self.server_dates(&tracked.key.account));
        let dates = dates.unwrap_or_default();
        tracked.read(|state| interval::is_polled(self.poll_context(state, &dates, now)))
    }

    /// Time to the next poll of a run; none where it is not polled by itself.
    pub(crate) fn interval(&self, tracked: &TrackedRun, now: Instant) -> Option<Duration> {
        let model = self
            .durations
            .model(&tracked.read(|state| state.run.clone()));
        let (dates, time) = (self.server_dates(&tracked.key.account), self.now());
        let mut wait = tracked.read(|state| {
            let running = state.running_for(&dates, time);
            interval(PollContext {
                known: model.as_deref().zip(running),
                ..self.poll_context(state, &dates, now)
            })
        })?;
        let session = self.accounts.get(&tracked.key.account);
        let is_out = |sign_in| matches!(sign_in, SignInState::SignedOut | SignInState::NotAllowed);
        if session.is_some_and(|session| is_out(session.sign_in)) {
            wait = wait.max(SIGNED_OUT);
        }
        Some(wait)
    }

    /// What the time to the next poll depends on, but for what was learned of its process.
    fn poll_context<'a>(
        &self,
        state: &'a TrackedState,
        dates: &ServerDates,
        now: Instant,
    ) -> PollContext<'a> {
        let over_for = || state.over_for(dates, self.now(), now);
        PollContext {
            attempt: state.run.attempt.as_ref(),
            watched: state.run.watched || !state.open_actions.is_empty(),
            shown: self.window.shows(&state.run.key),
            visible: self.window.is_visible(),
            since_action: state.acted_at.map(|at| now - at),
            since_unverified: state.unverified_at.map(|at| now - at),
            overdue: state.is_start_overdue(self.now()),
            failures: state.failures,
            over_for: state.is_over().then(over_for),
            gone: state.gone,
            unseen: state.away && !state.gone,
            archived: state.run.archived,
            planned: state.planned,
            known: None,
            limits: self.settings.poll_limits(),
        }
    }

    /// Steps are read while they are shown and move: all of the open run's, and now and then those of a
    /// watched run that goes, whose row says at which step it is.
    pub(crate) fn wants_steps(&self, tracked: &TrackedRun) -> bool {
        let over = tracked.read(|state| {
            matches!(state.phase(), Some(Phase::Ended { .. })) && !state.is_unverified()
        });
        if self.window.shows(&tracked.key) {
            return !over && tracked.read(|state| are_steps_old(state, self.now()));
        }
        // If steps failed to read, only opening the run or its end reads them again.
        let can_be_read = tracked.read(|state| state.steps_problem.is_none());
        let (read_at, now) = (tracked.read(|state| state.run.steps_read_at), self.now());
        let going = || {
            let runs = self.runs.all();
            runs.iter().filter(|run| run.read(is_watched_going)).count()
        };
        self.window.is_visible()
            && can_be_read
            && tracked.read(is_watched_going)
            // The cheap check first, so that all runs are rarely counted.
            && is_row_old(read_at, now, 0)
            && is_row_old(read_at, now, going())
    }

    /// After the window or a setting changed: no run waits longer than it should now.
    pub(crate) fn reschedule_all(&self) {
        let now = Instant::now();
        for tracked in self.runs.all() {
            self.hasten(&tracked, now);
        }
        self.scheduler.wake();
    }

    /// After a run alone changed, of which there may be thousands, one after the other.
    pub(crate) fn reschedule(&self, tracked: &TrackedRun) {
        self.hasten(tracked, Instant::now());
        self.scheduler.wake();
    }

    fn hasten(&self, tracked: &TrackedRun, now: Instant) {
        if let Some(wait) = self.interval(tracked, now) {
            tracked.update(|state| state.hasten(now, wait));
        }
    }
}

fn is_watched_going(state: &TrackedState) -> bool {
    let stamp = state.run.attempt.as_ref().map(|attempt| &attempt.stamp);
    let running = stamp.is_some_and(|stamp| stamp.status == RunStatus::Running);
    state.run.watched && running && matches!(state.phase(), Some(Phase::Going))
}

/// Steps of the open run that SolveXia is asked for in a second, in the long run.
const STEPS_A_SECOND: usize = 20;

/// Whether the steps of a run are to be read again: very many of them, the less often.
pub(crate) fn are_steps_old(state: &TrackedState, now: Timestamp) -> bool {
    let seconds = i64::try_from(state.steps.len() / STEPS_A_SECOND).unwrap_or(i64::MAX);
    let read_at = state.run.steps_read_at;
    read_at.is_none_or(|at| now.duration_since(at).as_secs() >= seconds)
}

/// Whether the step that a row names is to be read again. The more runs go, the less often: SolveXia is
/// asked for the steps of one run every few seconds, however many there are.
fn is_row_old(read_at: Option<Timestamp>, now: Timestamp, going: usize) -> bool {
    let seconds = i64::try_from(going)
        .unwrap_or(i64::MAX)
        .saturating_mul(3)
        .max(30);
    read_at.is_none_or(|at| now.duration_since(at).as_secs() >= seconds)
}

/// Whether SolveXia may not have shown yet what was done from here.
fn follows_action(state: &TrackedState, now: Instant) -> bool {
    let lately = state.acted_at.is_some_and(|at| now - at < ACTION_SHOWS);
    lately || !state.open_actions.is_empty() || matches!(state.phase(), Some(Phase::Proving { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_of_a_row_is_read_again_the_less_often_the_more_runs_go() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert!(is_row_old(None, at(0), 1));
        assert!(!is_row_old(Some(at(0)), at(29), 1));
        assert!(is_row_old(Some(at(0)), at(30), 10));
        assert!(!is_row_old(Some(at(0)), at(179), 60));
        assert!(is_row_old(Some(at(0)), at(180), 60));
    }
}
