//! From what is to be told to the desktop: the outbox, its dispatch, and what is told of outages and
//! long runs.

pub(crate) mod batch;
mod dispatch;
pub(crate) mod long_runs;
pub(crate) mod outage_state;
pub(crate) mod outages;
pub mod outbox;
