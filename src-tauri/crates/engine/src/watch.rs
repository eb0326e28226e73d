//! The loop that decides when each run is read next.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use runwatch_core::attempt::{Phase, seconds_between};
use runwatch_core::ids::AccountId;
use runwatch_core::sight::View;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cell::Cell;
use crate::engine::Engine;
use crate::schedule::{Need, next};
use crate::sight::Outlook;
use crate::{lock, session};

/// The longest sleep: timers stop during suspend, so that waking up must be noticed here.
pub(crate) const TICK: Duration = Duration::from_secs(10);
/// The wall clock going this much further than ours means that the computer slept.
const SLEPT: i64 = 30;
/// Reads at the same time, for each account.
const AT_ONCE: usize = 8;

impl Engine {
    /// Reads runs when they are due, until `stop`.
    pub async fn watch(self, stop: CancellationToken) {
        let mut limits: HashMap<AccountId, Arc<Semaphore>> = HashMap::new();
        let mut wall = self.now();
        let mut paying = None;
        let mut outlook = Outlook::new(Instant::now());
        loop {
            self.spawn_due(&mut limits);
            let next = self.next_due().min(Instant::now() + TICK);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep_until(next) => {}
                () = self.inner.wake.notified() => {}
            }
            // Some clocks go on during suspend: then this loop itself was late.
            let late = seconds_between(wall, self.now()) > TICK.as_secs() as i64 + SLEPT;
            wall = self.now();
            if !self.notice_sleep() && late {
                self.catch_up();
            }
            self.pay_all(&mut paying);
            self.keep_in_sight(&mut outlook);
        }
    }

    /// Notices that the computer slept: the wall clock went on, ours did not.
    pub(crate) fn notice_sleep(&self) -> bool {
        let now = (Instant::now(), self.now());
        let before = std::mem::replace(&mut *lock(&self.inner.awake), now);
        let ticks = now.0.saturating_duration_since(before.0).as_secs() as i64;
        let slept = seconds_between(before.1, now.1) - ticks > SLEPT;
        if slept {
            self.catch_up();
        }
        slept
    }

    fn catch_up(&self) {
        tracing::info!("the computer slept; reading all runs");
        self.mark_all_away();
        self.make_all_due();
    }

    fn spawn_due(&self, limits: &mut HashMap<AccountId, Arc<Semaphore>>) {
        let now = Instant::now();
        for cell in self.cells() {
            if !self.askable(&cell.key.account, now) || !self.is_due(&cell, now) {
                continue;
            }
            cell.change(|state| state.looking = true);
            let limit = limits
                .entry(cell.key.account.clone())
                .or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE)));
            let (engine, limit) = (self.clone(), Arc::clone(limit));
            tokio::spawn(async move {
                // Given back even when the read panics.
                let _looking = Looking {
                    engine: &engine,
                    cell: &cell,
                };
                let Ok(_permit) = limit.acquire().await else {
                    return;
                };
                // While it waited, the server may have asked for patience.
                if !engine.askable(&cell.key.account, Instant::now()) {
                    return;
                }
                let with_steps = engine.wants_steps(&cell);
                if let Err(error) = engine.look(&cell.key, with_steps).await {
                    tracing::debug!(%error, "a run could not be read");
                }
            });
        }
    }

    pub(crate) fn askable(&self, account: &AccountId, now: Instant) -> bool {
        lock(&self.inner.sessions)
            .get(account)
            .is_some_and(|session| session.askable(now))
    }

    fn is_due(&self, cell: &Cell, now: Instant) -> bool {
        cell.peek(|state| !state.looking && !state.busy && state.due <= now)
            && self.interval(cell, now).is_some()
    }

    fn next_due(&self) -> Instant {
        let now = Instant::now();
        let due = |cell: &Arc<Cell>| {
            let free = cell.peek(|state| (!state.looking && !state.busy).then_some(state.due));
            free.filter(|_| {
                self.askable(&cell.key.account, now) && self.interval(cell, now).is_some()
            })
        };
        self.cells()
            .iter()
            .filter_map(due)
            .min()
            .unwrap_or(now + TICK)
    }

    /// Time to the next read of a run, as everything stands now.
    fn interval(&self, cell: &Cell, now: Instant) -> Option<Duration> {
        let (shown, visible) = self.view();
        let mut wait = cell.peek(|state| {
            next(Need {
                course: state.run.course.as_ref(),
                watched: state.run.watched || !state.open_actions.is_empty(),
                shown: visible && shown.as_ref() == Some(&cell.key),
                visible,
                since_action: state.acted.map(|at| now - at),
                since_doubt: state.doubted.map(|at| now - at),
                failures: state.failures,
            })
        })?;
        let standing = self
            .session(&cell.key.account)
            .map(|session| session.standing);
        if standing == Some(session::Standing::SignedOut) {
            wait = wait.max(Duration::from_secs(60));
        }
        Some(wait)
    }

    fn view(&self) -> (Option<runwatch_core::ids::RunKey>, bool) {
        (
            lock(&self.inner.shown).clone(),
            self.inner.visible.load(Ordering::SeqCst),
        )
    }

    /// Steps are read while they are shown and move.
    fn wants_steps(&self, cell: &Cell) -> bool {
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

    pub(crate) fn make_all_due(&self) {
        let now = Instant::now();
        self.cells()
            .iter()
            .for_each(|cell| cell.change(|state| state.due = now));
        self.inner.wake.notify_one();
    }

    /// What ends before it is seen again has ended while nobody looked (`rules.md`, 15).
    pub(crate) fn mark_all_away(&self) {
        let now = self.now();
        for cell in self.cells() {
            cell.change(|state| {
                state.view = View::Unknown;
                state.away = state.run.watched && state.run.course.is_some();
                // The minute for reading its steps begins again: nobody read in between.
                if let Some(course) = &mut state.run.course
                    && let Phase::Pending { since, .. } = &mut course.phase
                {
                    *since = now;
                }
            });
        }
    }

    /// Whether runs are still to be read that nobody has seen since the app started or woke.
    pub(crate) fn catching_up(&self) -> bool {
        let now = Instant::now();
        self.cells()
            .iter()
            .any(|cell| cell.peek(|state| state.away) && self.askable(&cell.key.account, now))
    }
}

/// A read under way; at its end the next one is planned.
struct Looking<'a> {
    engine: &'a Engine,
    cell: &'a Cell,
}

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        let now = Instant::now();
        let wait = self.engine.interval(self.cell, now).unwrap_or(TICK);
        // Many runs must not be asked in step.
        let jitter = rand::random_range(0.9..1.1);
        self.cell.change(|state| {
            state.looking = false;
            state.due = now
                + if state.acted.is_some() {
                    wait
                } else {
                    wait.mul_f64(jitter)
                };
        });
        self.engine.inner.wake.notify_one();
    }
}
