//! The loop of the scheduler.

use runwatch_core::time::seconds_between;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::notifications::outages::OutageCheck;
use crate::runs::persistence::SaveAgain;
use crate::scheduler::poll_due::DueRuns;

/// The loop goes round at least every `TICK` seconds. More than `LATE` seconds later means that the
/// computer slept: where our clock goes on during suspend, comparing both clocks does not show that.
const TICK: i64 = 10;
const LATE: i64 = 30;
/// The search for due runs may take 1/20 of the time.
const SEARCH_SHARE: u32 = 20;

impl Engine {
    /// Polls runs when they are due, until `stop`.
    pub async fn watch(self, stop: CancellationToken) {
        let mut wall = self.now();
        let mut save_again = SaveAgain::default();
        let mut outage_check = OutageCheck::new(Instant::now());
        let mut due = DueRuns::default();
        let (mut search_at, mut earliest_search) = (Instant::now(), Instant::now());
        loop {
            let now = Instant::now();
            if now >= search_at {
                search_at = self.find_due(&mut due);
                earliest_search = now + now.elapsed() * SEARCH_SHARE;
                search_at = search_at.max(earliest_search);
            }
            self.spawn_due(&mut due);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep_until(search_at) => {}
                // A next poll was planned, or all runs are to be polled.
                () = self.scheduler.woken() => search_at = search_at.min(earliest_search),
            }
            let late = seconds_between(wall, self.now()) > TICK + LATE;
            wall = self.now();
            if !self.notice_sleep() && late {
                self.catch_up();
            }
            if Instant::now() < search_at {
                continue;
            }
            self.save_unsaved(&mut save_again);
            self.runs.forget_removed_long_ago();
            // While watching is paused nothing is polled, so that nothing can be called unreadable.
            if !self.is_paused() {
                self.check_outages(&mut outage_check);
            }
        }
    }
}
