//! When a run is read next, as everything stands now.

use std::sync::atomic::Ordering;
use std::time::Duration;

use runwatch_core::attempt::Phase;
use runwatch_core::error::StoreError;
use runwatch_core::forecast::running_for;
use runwatch_core::ids::RunKey;
use runwatch_core::poll_interval::PollLimits;
use tokio::time::Instant;

use crate::cell::{Cell, CellState};
use crate::engine::Engine;
use crate::lock;
use crate::schedule::{Need, PULSES, next};
use crate::session::SignInState;
use crate::watch::TICK;

/// The setting that keeps the limits.
pub(crate) const CADENCE: &str = "cadence";

impl Engine {
    /// How often a run that nobody looks at is asked at most and at least.
    pub fn limits(&self) -> PollLimits {
        *lock(&self.inner.limits)
    }

    /// Changes how often that is.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn set_limits(&self, limits: PollLimits) -> Result<(), StoreError> {
        *lock(&self.inner.limits) = limits;
        self.reschedule_all();
        self.keep_setting(CADENCE, &limits).await
    }

    /// Whether a run is read by itself at all, as everything stands now.
    pub(crate) fn is_read(&self, cell: &Cell, now: Instant) -> bool {
        if self.is_paused() && !cell.peek(|state| follows_action(state, now)) {
            return false;
        }
        let (shown, visible) = self.view();
        let shown = visible && shown.as_ref() == Some(&cell.key);
        cell.peek(|state| next(need(state, shown, visible, now)).is_some())
    }

    /// Time to the next read of a run, as everything stands now.
    pub(crate) fn interval(&self, cell: &Cell, now: Instant) -> Option<Duration> {
        let (shown, visible) = self.view();
        let shown = visible && shown.as_ref() == Some(&cell.key);
        let model = self.model(&cell.peek(|state| state.run.clone()));
        let (limits, now_there) = (self.limits(), self.now_there(&cell.key.account));
        let mut wait = cell.peek(|state| {
            let running = running_for(&state.run, now_there);
            next(Need {
                known: model.as_deref().zip(running),
                limits,
                ..need(state, shown, visible, now)
            })
        })?;
        // It is looked for now and then.
        if cell.peek(|state| state.gone) {
            wait = wait.max(limits.longest());
        }
        let standing = self
            .session(&cell.key.account)
            .map(|session| session.standing);
        if standing == Some(SignInState::SignedOut) {
            wait = wait.max(Duration::from_secs(60));
        }
        Some(wait)
    }

    fn view(&self) -> (Option<RunKey>, bool) {
        (
            lock(&self.inner.shown).clone(),
            self.inner.visible.load(Ordering::SeqCst),
        )
    }

    /// Steps are read while they are shown and move.
    pub(crate) fn wants_steps(&self, cell: &Cell) -> bool {
        let (shown, visible) = self.view();
        let over = cell
            .peek(|state| matches!(state.phase(), Some(Phase::Ended { .. })) && !state.unproven());
        visible && !over && shown.as_ref() == Some(&cell.key)
    }

    /// After the view changed: no run waits longer than it should now.
    pub(crate) fn reschedule_all(&self) {
        let now = Instant::now();
        for cell in self.cells() {
            if let Some(wait) = self.interval(&cell, now) {
                cell.change(|state| state.hasten(now, wait));
            }
        }
        self.inner.wake.notify_one();
    }
}

/// Whether SolveXia may not have shown yet what was done from here.
fn follows_action(state: &CellState, now: Instant) -> bool {
    let lately = state.acted.is_some_and(|at| now - at < PULSES + TICK);
    lately || !state.open_actions.is_empty() || matches!(state.phase(), Some(Phase::Proving { .. }))
}

/// What the time to the next read depends on, but for what was learned of its process.
fn need(state: &CellState, shown: bool, visible: bool, now: Instant) -> Need<'_> {
    Need {
        attempt: state.run.attempt.as_ref(),
        watched: state.run.watched || !state.open_actions.is_empty(),
        shown,
        visible,
        since_action: state.acted.map(|at| now - at),
        since_doubt: state.doubted.map(|at| now - at),
        failures: state.failures,
        known: None,
        limits: PollLimits::default(),
    }
}
