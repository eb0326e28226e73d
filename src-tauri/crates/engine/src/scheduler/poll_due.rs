//! Finds the runs that are due, and polls them as far as their hosts have room.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;
use crate::scheduler::interval::follows_action_soon;
use crate::throttle::permits::PollSlot;

/// How long to sleep, or to wait for a run's next poll, where nothing says when.
const UNPLANNED: Duration = Duration::from_secs(10);

/// The runs that are due, by host, in the order in which they are polled.
#[derive(Default)]
pub(crate) struct DueRuns(HashMap<String, VecDeque<Arc<TrackedRun>>>);

impl Engine {
    /// Looks through all runs for those that are due, and says when to look again.
    pub(crate) fn find_due(&self, due: &mut DueRuns) -> Instant {
        let now = Instant::now();
        let mut next = now + UNPLANNED;
        due.0.clear();
        let origins = self.accounts.origins();
        let mut found: Vec<(Instant, &String, Arc<TrackedRun>)> = Vec::new();
        for tracked in self.runs.all() {
            let free = tracked.read(|state| state.is_free().then_some(state.due));
            let Some((at, origin)) = free.zip(origins.get(&tracked.key.account)) else {
                continue;
            };
            match self.is_polled(&tracked, now) {
                true if at <= now => found.push((at, origin, tracked)),
                true => next = next.min(at),
                false => {}
            }
        }
        // Where a host is too slow for all, those that can wait do: a run that has not been started is
        // not polled before one that may end at any moment, just because it was due a little earlier.
        found.sort_by_cached_key(|(at, _, tracked)| {
            *at + self.interval(tracked, now).unwrap_or(UNPLANNED)
        });
        for (_, origin, tracked) in found {
            due.0.entry(origin.clone()).or_default().push_back(tracked);
        }
        let silent = due.0.keys();
        silent
            .filter_map(|origin| self.hosts.get(origin).backoff().silent_until(now))
            .fold(next, Instant::min)
    }

    /// Spawns the polls that are due, as far as their hosts have room. One that waits for room is
    /// spawned at the end of another.
    pub(crate) fn spawn_due(&self, due: &mut DueRuns) {
        for (origin, waiting) in &mut due.0 {
            while let Some((tracked, slot)) = self.admit(origin, waiting) {
                self.spawn_poll(tracked, slot);
            }
        }
    }

    /// The next of these that its host has room for.
    fn admit(
        &self,
        origin: &str,
        waiting: &mut VecDeque<Arc<TrackedRun>>,
    ) -> Option<(Arc<TrackedRun>, PollSlot)> {
        let now = Instant::now();
        // It may have been polled, or taken off the list, or watching was paused, while it waited.
        let is_due = |tracked: &Arc<TrackedRun>| {
            let waits = tracked.read(|state| state.is_free() && state.due <= now);
            waits && self.runs.holds(tracked) && self.is_polled(tracked, now)
        };
        let throttle = self.hosts.get(origin);
        if !throttle.may_poll(now) {
            return None;
        }
        let tracked = std::iter::from_fn(|| waiting.pop_front()).find(is_due)?;
        Some((tracked, throttle.poll_slot()))
    }

    fn spawn_poll(&self, tracked: Arc<TrackedRun>, slot: PollSlot) {
        tracked.update(|state| state.polling = true);
        let engine = self.clone();
        // A guard: its `Drop` runs even when the poll panics.
        let under_way = PollUnderWay {
            engine: engine.clone(),
            tracked: Arc::clone(&tracked),
            slot: Some(slot),
        };
        tokio::spawn(async move {
            let _under_way = under_way;
            let with_steps = engine.wants_steps(&tracked);
            if let Err(error) = engine.poll(&tracked.key, with_steps).await {
                tracing::debug!(%error, "a run could not be read");
            }
        });
    }
}

/// A poll under way; at its end the next one is planned.
struct PollUnderWay {
    engine: Engine,
    tracked: Arc<TrackedRun>,
    slot: Option<PollSlot>,
}

impl Drop for PollUnderWay {
    fn drop(&mut self) {
        let now = Instant::now();
        self.slot.take();
        let next = self.engine.interval(&self.tracked, now);
        let wait = next.unwrap_or(UNPLANNED);
        // Spread out, so that many runs are not polled at the same moment.
        let jitter = rand::random_range(0.9..1.1);
        self.tracked.update(|state| {
            state.polling = false;
            state.planned = next.is_some();
            let since_action = state.acted_at.map(|at| now - at);
            state.due = now
                + match follows_action_soon(since_action) {
                    // Soon after an action the moments are fixed (docs/RULES.md, 18).
                    true => wait,
                    false => wait.mul_f64(jitter),
                };
        });
        self.engine.scheduler.wake();
    }
}
