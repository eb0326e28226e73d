//! Watching, paused by its user.

use crate::engine::Engine;
use crate::event::Event;

impl Engine {
    /// Pauses watching, or goes on: while it is paused, nothing is read but what a person asks for,
    /// and what was done here until SolveXia has shown it.
    /// It is not kept: to forget at a restart that nothing is watched would be the worst.
    pub fn set_paused(&self, paused: bool) {
        if !self.scheduler.set_paused(paused) {
            return;
        }
        self.events.emit(Event::Paused(paused));
        if !paused {
            self.poll_all_now();
        }
    }

    /// Whether watching is paused.
    pub fn is_paused(&self) -> bool {
        self.scheduler.is_paused()
    }
}
