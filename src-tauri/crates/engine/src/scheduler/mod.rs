//! When each run is polled: the loop, what is due, and how long to wait.

pub mod interval;
pub(crate) mod next_poll;
mod pause;
mod poll_due;
mod run_loop;
mod sleep;
pub(crate) mod state;
