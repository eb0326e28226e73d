//! The client against the simulated SolveXia, which was written from the documentation alone.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

mod actions;
mod browser;
mod calls;
mod clock;
mod deaths;
mod entry;
mod faults;
mod hostile;
mod proxies;
mod renewal;
mod tokens;
mod world;
