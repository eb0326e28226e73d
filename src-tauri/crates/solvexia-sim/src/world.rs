//! Everything that the simulated SolveXia knows, and its one clock: each look at the world first
//! lets the runs take the steps that fell due since the last look, so that nothing needs timers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::Seed;
use crate::catalogue::Catalogue;
use crate::demo;
use crate::faults::Faults;
use crate::model::run::Run;
use crate::model::time::{Stretch, now, seconds_between, shifted};
use crate::oauth::Grants;
use crate::records::{LogBook, RequestLog};

/// The world as its users share it.
#[derive(Debug, Clone)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub fn new(world: World) -> Self {
        Self(Arc::new(Mutex::new(world)))
    }

    /// The world as it is now. A panic elsewhere does not stop the simulation.
    pub fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = shifted(now(), world.ahead);
        world.catch_up(now);
        world
    }
}

/// The simulated SolveXia's whole state.
#[derive(Debug)]
pub struct World {
    pub catalogue: Catalogue,
    pub grants: Grants,
    pub faults: Faults,
    pub requests: RequestLog,
    pub log_book: LogBook,
    /// Where this server is reached, for the addresses that it hands out.
    pub origin: String,
    speed: f64,
    /// Seconds by which the clock of this server is ahead of the true one.
    ahead: f64,
    caught_up: Timestamp,
    seed: Seed,
}

impl World {
    pub fn new(seed: Seed, grants: Grants, origin: String, now: Timestamp) -> Self {
        let mut world = Self {
            catalogue: Catalogue::default(),
            grants,
            faults: Faults::default(),
            requests: RequestLog::default(),
            log_book: LogBook::default(),
            origin,
            speed: 1.0,
            ahead: 0.0,
            caught_up: now,
            seed,
        };
        world.sow(now);
        world
    }

    /// As at the beginning, except that who is signed in stays so.
    pub fn reset(&mut self) {
        self.catalogue = Catalogue::default();
        self.faults = Faults::default();
        self.requests = RequestLog::default();
        self.log_book = LogBook::default();
        self.speed = 1.0;
        self.set_clock(0.0);
        self.grants.set_grace(0.0);
        self.sow(self.caught_up);
    }

    /// The time up to which everything has happened.
    pub fn now(&self) -> Timestamp {
        self.caught_up
    }

    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Sets how many seconds of work a second brings; 0 stops the runs. Nonsense is ignored.
    pub fn set_speed(&mut self, factor: f64) {
        if factor.is_finite() && factor >= 0.0 {
            self.speed = factor;
        }
    }

    /// Sets the server's clock ahead of the true one, or behind it. No run works for it. Nonsense
    /// is ignored.
    pub fn set_clock(&mut self, ahead: f64) {
        if ahead.is_finite() {
            self.caught_up = shifted(self.caught_up, ahead - self.ahead);
            self.ahead = ahead;
        }
    }

    /// Does so much work at once, in no time.
    pub fn advance(&mut self, seconds: f64) {
        let now = self.caught_up;
        if seconds.is_finite() {
            self.let_runs_advance(Stretch {
                from: now,
                to: now,
                work: seconds.max(0.0),
            });
        }
    }

    /// Lets happen what happened until `now`. A clock that was set back does nothing.
    pub fn catch_up(&mut self, now: Timestamp) {
        let from = self.caught_up;
        self.caught_up = now;
        let work = seconds_between(from, now) * self.speed;
        self.let_runs_advance(Stretch {
            from,
            to: now,
            work: work.max(0.0),
        });
    }

    pub fn run(&self, id: &str) -> Option<&Run> {
        self.catalogue.run(id)
    }

    fn let_runs_advance(&mut self, stretch: Stretch) {
        self.catalogue
            .runs
            .iter_mut()
            .for_each(|run| run.advance(stretch));
    }

    fn sow(&mut self, now: Timestamp) {
        match self.seed {
            Seed::Empty => {}
            Seed::Demo => demo::sow(&mut self.catalogue, &mut self.log_book, now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::World;
    use crate::model::seed::{RunSeed, StepSeed};
    use crate::model::status::RunStatus;
    use crate::model::time::shifted;
    use crate::oauth::Grants;
    use crate::{RunState, Seed};
    use jiff::Timestamp;

    const RUN: &str = "pr-1";

    fn world() -> World {
        let mut world = World::new(
            Seed::Empty,
            Grants::new(Vec::new(), 600.0),
            String::new(),
            Timestamp::UNIX_EPOCH,
        );
        let steps = vec![StepSeed::new("1.1", "Load", 100.0)];
        world.catalogue.add_run(
            RunSeed::new(RUN, steps).status(RunStatus::Running),
            world.now(),
        );
        world
    }

    fn state(world: &World) -> RunState {
        RunState::from(world.run(RUN).expect("the seeded run"))
    }

    #[test]
    fn a_faster_world_ends_runs_sooner_and_dates_them_by_the_wall() {
        let mut world = world();
        world.set_speed(50.0);
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, 10.0));
        assert_eq!(
            state(&world).date_finished,
            Some(shifted(Timestamp::UNIX_EPOCH, 2.0))
        );
    }

    #[test]
    fn a_change_of_speed_does_not_undo_the_work_done() {
        let mut world = world();
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, 90.0));
        world.set_speed(10.0);
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, 91.0));
        assert_eq!(
            state(&world).date_finished,
            Some(shifted(Timestamp::UNIX_EPOCH, 91.0))
        );
    }

    #[test]
    fn a_world_without_speed_stands_still_until_it_is_advanced() {
        let mut world = world();
        world.set_speed(0.0);
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, 1e6));
        assert_eq!(state(&world).status, RunStatus::Running);
        world.advance(100.0);
        assert_eq!(state(&world).status, RunStatus::Finished);
    }

    #[test]
    fn a_clock_that_is_set_back_neither_stops_nor_rewinds_the_world() {
        let mut world = world();
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, 60.0));
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, -1000.0));
        world.catch_up(shifted(Timestamp::UNIX_EPOCH, -960.0));
        assert_eq!(state(&world).status, RunStatus::Finished);
    }
}
