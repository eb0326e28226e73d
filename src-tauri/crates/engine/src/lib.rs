//! The watch loop: reads runs over ports, decides, writes down and tells.
//!
//! - [`watch`](mod@watch) decides when a run is read next and spawns the reads;
//! - [`look`](mod@look) is one read of one run, from its status to its outcome, `conclude` its end;
//! - [`act`](mod@act) is one action on one run, sent once whatever the answer, [`order`](mod@order) what
//!   is asked for, [`reply`](mod@reply) what is said of it;
//! - [`tell`](mod@tell) turns what was told into desktop notifications, [`batch`](mod@batch) makes one
//!   of several;
//! - `learn` knows how long the runs of a process take, `study` finds it out from earlier ones;
//! - `host` is how a host wants to be asked, `gate` keeps to it: each request goes through it;
//! - `sight` tells of runs that cannot be seen, `leave` takes an account away;
//! - [`cell`](mod@cell) is what is known of a run, [`session`](mod@session) of an account.

mod accounts;
pub mod act;
pub mod batch;
mod busy;
pub mod cell;
mod conclude;
mod engine;
mod gate;
mod host;
mod keep;
mod learn;
mod leave;
pub mod look;
pub mod order;
mod pace;
pub mod reply;
mod resolve;
pub mod schedule;
pub mod session;
mod sight;
mod steps;
mod study;
mod table;
pub mod tell;
pub mod watch;

pub use engine::{Engine, EngineError, Event, Ports};

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks; a panic of another holder does not spread, as every change is made whole before it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
