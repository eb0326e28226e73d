//! The whole state of the simulated SolveXia, and its one clock. No timers are needed: each lock of
//! the state first applies what fell due since the last one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::catalogue::Catalogue;
use crate::demo;
use crate::faults::ActiveFaults;
use crate::model::run::Run;
use crate::model::work_time::{WorkInterval, now, seconds_between, shifted};
use crate::oauth::AuthorizationServer;
use crate::options::Seed;
use crate::request_log::RequestLog;
use crate::server_log::ServerLog;

/// The state, shared by all requests.
#[derive(Debug, Clone)]
pub struct SharedState(Arc<Mutex<ServerState>>);

impl SharedState {
    pub fn new(state: ServerState) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// The state as of now. A poisoned lock is used on: a panic elsewhere does not stop the
    /// simulation.
    pub fn lock(&self) -> MutexGuard<'_, ServerState> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = shifted(now(), state.clock_ahead);
        state.catch_up(now);
        state
    }
}

/// The simulated SolveXia's whole state.
#[derive(Debug)]
pub struct ServerState {
    pub catalogue: Catalogue,
    pub oauth: AuthorizationServer,
    pub faults: ActiveFaults,
    pub requests: RequestLog,
    pub server_log: ServerLog,
    /// This server's own origin, for the URLs that it returns.
    pub origin: String,
    speed: f64,
    /// Seconds by which this server's clock is ahead of the true one.
    clock_ahead: f64,
    /// By how much the dates of runs, which name no zone, are ahead of UTC.
    pub zone: SignedDuration,
    time: Timestamp,
    seed: Seed,
}

impl ServerState {
    pub fn new(seed: Seed, oauth: AuthorizationServer, origin: String, now: Timestamp) -> Self {
        let mut state = Self {
            catalogue: Catalogue::default(),
            oauth,
            faults: ActiveFaults::default(),
            requests: RequestLog::default(),
            server_log: ServerLog::default(),
            origin,
            speed: 1.0,
            clock_ahead: 0.0,
            zone: SignedDuration::ZERO,
            time: now,
            seed,
        };
        state.fill(now);
        state
    }

    /// Everything as at the start, except that sign-ins stay valid.
    pub fn reset(&mut self) {
        self.catalogue = Catalogue::default();
        self.faults = ActiveFaults::default();
        self.requests = RequestLog::default();
        self.server_log = ServerLog::default();
        self.speed = 1.0;
        self.set_clock(0.0);
        self.zone = SignedDuration::ZERO;
        self.oauth.set_grace(0.0);
        self.fill(self.time);
    }

    /// The time up to which all events have been applied.
    pub fn now(&self) -> Timestamp {
        self.time
    }

    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Sets how many seconds of work a second brings; 0 stops the runs. Invalid numbers are
    /// ignored.
    pub fn set_speed(&mut self, factor: f64) {
        if factor.is_finite() && factor >= 0.0 {
            self.speed = factor;
        }
    }

    /// Sets the server's clock ahead of the true one, or behind it. Runs do no work for it. Invalid
    /// numbers are ignored.
    pub fn set_clock(&mut self, clock_ahead: f64) {
        if clock_ahead.is_finite() {
            self.time = shifted(self.time, clock_ahead - self.clock_ahead);
            self.clock_ahead = clock_ahead;
        }
    }

    /// Does that much work at once, without time passing.
    pub fn advance(&mut self, seconds: f64) {
        let now = self.time;
        if seconds.is_finite() {
            self.advance_runs(WorkInterval {
                from: now,
                to: now,
                work: seconds.max(0.0),
            });
        }
    }

    /// Applies all events up to `now`. A clock that was set back changes nothing.
    pub fn catch_up(&mut self, now: Timestamp) {
        let from = self.time;
        self.time = now;
        let work = seconds_between(from, now) * self.speed;
        self.advance_runs(WorkInterval {
            from,
            to: now,
            work: work.max(0.0),
        });
    }

    pub fn run(&self, id: &str) -> Option<&Run> {
        self.catalogue.run(id)
    }

    fn advance_runs(&mut self, interval: WorkInterval) {
        self.catalogue
            .runs
            .iter_mut()
            .for_each(|run| run.advance(interval));
    }

    fn fill(&mut self, now: Timestamp) {
        match self.seed {
            Seed::Empty => {}
            Seed::Demo => demo::fill(&mut self.catalogue, &mut self.server_log, now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ServerState;
    use crate::model::run_state::RunState;
    use crate::model::seeds::{RunSeed, StepSeed};
    use crate::model::status::RunStatus;
    use crate::model::work_time::shifted;
    use crate::oauth::AuthorizationServer;
    use crate::options::Seed;
    use jiff::Timestamp;

    const RUN: &str = "pr-1";

    fn server() -> ServerState {
        let mut server = ServerState::new(
            Seed::Empty,
            AuthorizationServer::new(Vec::new(), 600.0),
            String::new(),
            Timestamp::UNIX_EPOCH,
        );
        let steps = vec![StepSeed::new("1.1", "Load", 100.0)];
        server.catalogue.add_run(
            RunSeed::new(RUN, steps).status(RunStatus::Running),
            server.now(),
        );
        server
    }

    fn run_state(server: &ServerState) -> RunState {
        RunState::from(server.run(RUN).expect("the seeded run"))
    }

    #[test]
    fn a_faster_server_ends_runs_sooner_and_dates_them_by_the_wall() {
        let mut server = server();
        server.set_speed(50.0);
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, 10.0));
        assert_eq!(
            run_state(&server).date_finished,
            Some(shifted(Timestamp::UNIX_EPOCH, 2.0))
        );
    }

    #[test]
    fn a_change_of_speed_does_not_undo_the_work_done() {
        let mut server = server();
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, 90.0));
        server.set_speed(10.0);
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, 91.0));
        assert_eq!(
            run_state(&server).date_finished,
            Some(shifted(Timestamp::UNIX_EPOCH, 91.0))
        );
    }

    #[test]
    fn a_server_without_speed_stands_still_until_it_is_advanced() {
        let mut server = server();
        server.set_speed(0.0);
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, 1e6));
        assert_eq!(run_state(&server).status, RunStatus::Running);
        server.advance(100.0);
        assert_eq!(run_state(&server).status, RunStatus::Finished);
    }

    #[test]
    fn a_clock_that_is_set_back_neither_stops_nor_rewinds_the_server() {
        let mut server = server();
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, 60.0));
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, -1000.0));
        server.catch_up(shifted(Timestamp::UNIX_EPOCH, -960.0));
        assert_eq!(run_state(&server).status, RunStatus::Finished);
    }
}
