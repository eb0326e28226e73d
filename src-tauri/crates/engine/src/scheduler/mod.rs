//! When each run is polled: the loop, what is due, and how long to wait.

mod due;
pub mod interval;
mod poll_due;
mod run_loop;
mod sleep;
pub(crate) mod state;
