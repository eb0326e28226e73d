//! The computer slept, woke or was unlocked, or its clock was set.

use jiff::tz::reset_system_time_zone_cache;
use runwatch_core::attempt::Phase;
use runwatch_core::outage::Visibility;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::scheduler::interval::TRIES;
use crate::scheduler::state::ClockJump;

impl Engine {
    /// Notices by both clocks that the computer slept, and catches up; true when it did.
    pub(crate) fn notice_sleep(&self) -> bool {
        let jump = self.scheduler.compare_clocks(self.now());
        match jump {
            ClockJump::Slept => self.catch_up(),
            ClockJump::SetBack => self.restart_waits(),
            ClockJump::None => {}
        }
        jump == ClockJump::Slept
    }

    /// The operating system says that the computer woke up or was unlocked: all runs are polled at once.
    /// Only the clocks say whether it slept; where it did, what ended meanwhile is told as one digest.
    pub fn awoke(&self) {
        if !self.notice_sleep() {
            self.hosts.try_again();
            self.poll_all_now();
        }
    }

    /// After a sleep: reads all runs, and tells what ended meanwhile as a digest.
    pub(crate) fn catch_up(&self) {
        tracing::info!("the computer slept; reading all runs");
        // The computer may be in another time zone now; quiet hours go by local time.
        reset_system_time_zone_cache();
        self.hosts.try_again();
        self.mark_all_away();
        self.poll_all_now();
    }

    /// The clock was set back: what is waited for since a moment that has not come yet is waited for
    /// since now.
    fn restart_waits(&self) {
        let now = self.now();
        for tracked in self.runs.all() {
            tracked.update(|state| {
                if let Some(attempt) = &mut state.run.attempt
                    && let Phase::Pending { since, .. } | Phase::Proving { since, .. } =
                        &mut attempt.phase
                {
                    *since = now.min(*since);
                }
            });
        }
    }

    /// Makes all runs due.
    pub fn poll_all_now(&self) {
        let now = Instant::now();
        for tracked in self.runs.all() {
            tracked.update(|state| state.due = now);
        }
        self.scheduler.wake();
    }

    /// What ends before it is seen again has ended while nobody looked (docs/RULES.md, 15).
    pub(crate) fn mark_all_away(&self) {
        let now = self.now();
        for tracked in self.runs.all() {
            tracked.update(|state| {
                state.visibility = Visibility::Unknown;
                state.away = state.is_read_by_itself();
                // No steps were read while it slept: the minute for reading them begins again.
                if let Some(attempt) = &mut state.run.attempt
                    && let Phase::Pending { since, .. } = &mut attempt.phase
                {
                    *since = now;
                }
            });
        }
    }

    /// Whether runs are still to be read that nobody has seen since the app started or woke; what is refused again and
    /// again holds up nothing.
    pub(crate) fn catching_up(&self) -> bool {
        let origins = self.accounts.origins();
        self.runs.all().iter().any(|tracked| {
            tracked.read(|state| state.away && !state.gone && state.failures < TRIES)
                && origins.contains_key(&tracked.key.account)
        })
    }
}
