//! The loop that decides when each run is read next.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::tz::reset_system_time_zone_cache;
use runwatch_core::attempt::Phase;
use runwatch_core::ids::AccountId;
use runwatch_core::outage::Visibility;
use runwatch_core::time::seconds_between;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cell::Cell;
use crate::engine::{Engine, Event};
use crate::lock;
use crate::schedule::PULSES;
use crate::session::SignInState;
use crate::sight::Outlook;

/// The longest sleep: timers stop during suspend, so that waking up must be noticed here.
pub(crate) const TICK: Duration = Duration::from_secs(10);
/// The wall clock going this much further than ours means that the computer slept.
const SLEPT: i64 = 30;
/// Looking through the whole table takes one part in so many of the time at most.
const LOOKING: u32 = 20;

/// The runs that are due, by host, in the order in which they are read.
type Due = HashMap<String, VecDeque<Arc<Cell>>>;

impl Engine {
    /// Reads runs when they are due, until `stop`.
    pub async fn watch(self, stop: CancellationToken) {
        let mut wall = self.now();
        let mut paying = None;
        let mut outlook = Outlook::new(Instant::now());
        let mut due = Due::new();
        let (mut look_at, mut rested) = (Instant::now(), Instant::now());
        loop {
            let now = Instant::now();
            if now >= look_at {
                look_at = self.find_due(&mut due);
                rested = now + now.elapsed() * LOOKING;
                look_at = look_at.max(rested);
            }
            self.spawn_due(&mut due);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep_until(look_at) => {}
                // A run's next read was planned, or much has changed.
                () = self.inner.wake.notified() => look_at = look_at.min(rested),
            }
            // Some clocks go on during suspend: then this loop itself was late.
            let late = seconds_between(wall, self.now()) > TICK.as_secs() as i64 + SLEPT;
            wall = self.now();
            if !self.notice_sleep() && late {
                self.catch_up();
            }
            if Instant::now() < look_at {
                continue;
            }
            self.pay_all(&mut paying);
            // Who does not look is not blind.
            if !self.is_paused() {
                self.keep_in_sight(&mut outlook);
            }
        }
    }

    /// Pauses watching, or goes on: while it is paused, nothing is read but what a person asks for,
    /// and what was done here until SolveXia has shown it.
    /// It is not kept: to forget at a restart that nothing is watched would be the worst.
    pub fn set_paused(&self, paused: bool) {
        if self.inner.paused.swap(paused, Ordering::SeqCst) == paused {
            return;
        }
        self.emit(Event::Paused(paused));
        if !paused {
            self.make_all_due();
        }
    }

    /// Whether watching is paused.
    pub fn is_paused(&self) -> bool {
        self.inner.paused.load(Ordering::SeqCst)
    }

    /// The names of the watched runs whose ends are awaited, and can come.
    pub fn awaited(&self) -> Vec<String> {
        let name = |cell: &Arc<Cell>| {
            cell.peek(|state| {
                let is_awaited = state.awaited() && !state.gone;
                is_awaited.then(|| state.run.info.name.clone())
            })
        };
        self.cells().iter().filter_map(name).collect()
    }

    /// How many of them are of accounts that stand so.
    pub fn awaited_of(&self, stands: impl Fn(SignInState) -> bool) -> usize {
        let sessions = self.sessions();
        let stands_so = |account: &AccountId| {
            let session = sessions.iter().find(|one| one.account.id == *account);
            session.is_some_and(|session| stands(session.standing))
        };
        let counts =
            |cell: &&Arc<Cell>| cell.peek(|state| state.awaited()) && stands_so(&cell.key.account);
        self.cells().iter().filter(counts).count()
    }

    /// Notices that the computer slept: the wall clock went on, ours did not. A clock that was set
    /// forward looks the same, and reading all runs does no harm. One that was set back is taken in
    /// too; that is no sleep.
    pub(crate) fn notice_sleep(&self) -> bool {
        let now = (Instant::now(), self.now());
        let before = std::mem::replace(&mut *lock(&self.inner.awake), now);
        let ticks = now.0.saturating_duration_since(before.0).as_secs() as i64;
        let jump = seconds_between(before.1, now.1) - ticks;
        if jump > SLEPT {
            self.catch_up();
        } else if jump < 0 {
            self.wait_anew();
        }
        jump > SLEPT
    }

    /// The clock was set back: what is waited for since a moment that has not come yet is waited for
    /// since now.
    fn wait_anew(&self) {
        let now = self.now();
        for cell in self.cells() {
            cell.change(|state| {
                if let Some(attempt) = &mut state.run.attempt
                    && let Phase::Pending { since, .. } | Phase::Proving { since, .. } =
                        &mut attempt.phase
                {
                    *since = now.min(*since);
                }
            });
        }
    }

    /// The computer woke up or was unlocked, as the operating system says: whoever looks now sees how
    /// all runs are now. Whether it slept, and what ended meanwhile is a digest, the clocks say; an
    /// unlock is no sleep.
    pub fn awoke(&self) {
        if !self.notice_sleep() {
            self.try_hosts_again();
            self.make_all_due();
        }
    }

    fn try_hosts_again(&self) {
        for gate in lock(&self.inner.hosts).values() {
            gate.host().try_again();
        }
    }

    fn catch_up(&self) {
        tracing::info!("the computer slept; reading all runs");
        // It may have travelled meanwhile; quiet hours go by the clock on the wall there.
        reset_system_time_zone_cache();
        self.try_hosts_again();
        self.mark_all_away();
        self.make_all_due();
    }

    /// Looks through all runs for those that are due, and says when to look again.
    fn find_due(&self, due: &mut Due) -> Instant {
        let now = Instant::now();
        let mut next = now + TICK;
        due.clear();
        let origins = self.origins();
        let mut found: Vec<(Instant, &String, Arc<Cell>)> = Vec::new();
        for cell in self.cells() {
            let free = cell.peek(|state| state.is_free().then_some(state.due));
            let Some((at, origin)) = free.zip(origins.get(&cell.key.account)) else {
                continue;
            };
            match self.is_read(&cell, now) {
                true if at <= now => found.push((at, origin, cell)),
                true => next = next.min(at),
                false => {}
            }
        }
        // Where a host is too slow for all, those that can wait do: a run that has not been started is
        // not read before one that may end at any moment, just because it was due a little earlier.
        found.sort_by_cached_key(|(at, _, cell)| *at + self.interval(cell, now).unwrap_or(TICK));
        for (_, origin, cell) in found {
            due.entry(origin.clone()).or_default().push_back(cell);
        }
        let hosts = lock(&self.inner.hosts);
        let silent = due
            .keys()
            .filter_map(|origin| hosts.get(origin)?.host().silent_until(now));
        silent.fold(next, Instant::min)
    }

    /// Spawns the reads that are due, as far as their hosts have room. One that waits for room is
    /// spawned at the end of another.
    fn spawn_due(&self, due: &mut Due) {
        for (origin, cells) in due {
            while let Some(cell) = self.admit(origin, cells) {
                self.spawn_read(cell, origin.clone());
            }
        }
    }

    /// The next of these that its host has room for.
    fn admit(&self, origin: &str, waiting: &mut VecDeque<Arc<Cell>>) -> Option<Arc<Cell>> {
        let now = Instant::now();
        // It may have been read, or taken off the table, or watching was paused, while it waited.
        let is_due = |cell: &Arc<Cell>| {
            let waits = cell.peek(|state| state.is_free() && state.due <= now);
            waits && self.holds(cell) && self.is_read(cell, now)
        };
        let gate = self.gate(origin);
        let mut host = gate.host();
        if host.silent_until(now).is_some() || !host.has_room() {
            return None;
        }
        let cell = std::iter::from_fn(|| waiting.pop_front()).find(is_due)?;
        host.asking += 1;
        Some(cell)
    }

    fn spawn_read(&self, cell: Arc<Cell>, origin: String) {
        cell.change(|state| state.looking = true);
        let engine = self.clone();
        // Given back even when the read panics.
        let looking = Looking {
            engine: engine.clone(),
            cell: Arc::clone(&cell),
            origin,
        };
        tokio::spawn(async move {
            let _looking = looking;
            let with_steps = engine.wants_steps(&cell);
            if let Err(error) = engine.look(&cell.key, with_steps).await {
                tracing::debug!(%error, "a run could not be read");
            }
        });
    }

    pub(crate) fn make_all_due(&self) {
        let now = Instant::now();
        self.cells()
            .iter()
            .for_each(|cell| cell.change(|state| state.due = now));
        self.inner.wake.notify_one();
    }

    /// What ends before it is seen again has ended while nobody looked (docs/RULES.md, 15).
    pub(crate) fn mark_all_away(&self) {
        let now = self.now();
        for cell in self.cells() {
            cell.change(|state| {
                state.view = Visibility::Unknown;
                state.away = state.run.watched && state.run.attempt.is_some();
                // The minute for reading its steps begins again: nobody read in between.
                if let Some(attempt) = &mut state.run.attempt
                    && let Phase::Pending { since, .. } = &mut attempt.phase
                {
                    *since = now;
                }
            });
        }
    }

    /// Whether runs are still to be read that nobody has seen since the app started or woke.
    pub(crate) fn catching_up(&self) -> bool {
        let origins = self.origins();
        let waits = |cell: &Arc<Cell>| {
            cell.peek(|state| state.away) && origins.contains_key(&cell.key.account)
        };
        self.cells().iter().any(waits)
    }
}

/// A read under way; at its end the next one is planned.
struct Looking {
    engine: Engine,
    cell: Arc<Cell>,
    origin: String,
}

impl Drop for Looking {
    fn drop(&mut self) {
        let now = Instant::now();
        self.engine.gate(&self.origin).host().asking -= 1;
        let wait = self.engine.interval(&self.cell, now).unwrap_or(TICK);
        // Many runs must not be asked in step.
        let jitter = rand::random_range(0.9..1.1);
        self.cell.change(|state| {
            state.looking = false;
            state.due = now
                + match state.acted {
                    // Soon after an action it is asked at set moments.
                    Some(acted) if now - acted < PULSES => wait,
                    _ => wait.mul_f64(jitter),
                };
        });
        self.engine.inner.wake.notify_one();
    }
}
