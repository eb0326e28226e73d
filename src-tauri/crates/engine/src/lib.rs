//! The watch loop: reads runs over ports, decides, writes down and tells.
//!
//! [`Engine`] holds the owners of its state, and each folder adds what it does with them:
//!
//! - `runs`: the runs in the list, what is known of each, and how it is written;
//! - `scheduler`: the loop, and when each run is polled;
//! - `polling`: one poll, from the status to the outcome;
//! - `actions`: start, cancel and restart, each sent once whatever the answer;
//! - `notifications`: from the outbox to the desktop, outages, long runs;
//! - `throttle`: how hard a host may be asked;
//! - `accounts`: sign-in, and what calls teach of it;
//! - `durations`: how long the runs of a process take;
//! - `close`: the closes that are open, and what is told of them.

pub mod accounts;
pub mod actions;
pub mod close;
mod durations;
mod engine;
mod error;
mod event;
mod history;
pub mod notifications;
mod polling;
mod ports;
pub mod runs;
pub mod scheduler;
mod settings;
mod sync;
mod throttle;
mod window;

pub use engine::Engine;
pub use error::EngineError;
pub use event::Event;
pub use ports::Ports;

#[cfg(test)]
mod tests;
