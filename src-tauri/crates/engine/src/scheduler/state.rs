//! What the scheduler goes by, beside the runs themselves.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use runwatch_core::time::seconds_between;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::sync::lock;

/// The wall clock going this much further than ours (seconds) means that the computer slept.
const SLEPT: i64 = 30;

/// What both clocks say of the time since they were compared last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockJump {
    /// They agree.
    None,
    /// The wall clock went on, ours did not: the computer slept. A clock that was set forward looks the
    /// same, and reading all runs does no harm.
    Slept,
    /// The wall clock was set back.
    SetBack,
}

/// The scheduler's state.
pub(crate) struct SchedulerState {
    wake: Notify,
    paused: AtomicBool,
    /// The latest moment by both clocks, to notice that the computer slept.
    compared: Mutex<(Instant, Timestamp)>,
}

impl SchedulerState {
    pub fn new(now: Timestamp) -> Self {
        Self {
            wake: Notify::new(),
            paused: AtomicBool::new(false),
            compared: Mutex::new((Instant::now(), now)),
        }
    }

    /// A run's next poll was planned, or much has changed: looks at it now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    pub fn is_paused(&self) -> bool {
        self.paused.load(Ordering::SeqCst)
    }

    /// True when that is a change.
    pub fn set_paused(&self, paused: bool) -> bool {
        self.paused.swap(paused, Ordering::SeqCst) != paused
    }

    /// Compares the clocks; each jump is found once.
    pub fn compare_clocks(&self, wall: Timestamp) -> ClockJump {
        let now = (Instant::now(), wall);
        let before = std::mem::replace(&mut *lock(&self.compared), now);
        let ticks = now.0.saturating_duration_since(before.0).as_secs() as i64;
        match seconds_between(before.1, now.1) - ticks {
            jump if jump > SLEPT => ClockJump::Slept,
            ..0 => ClockJump::SetBack,
            _ => ClockJump::None,
        }
    }
}
