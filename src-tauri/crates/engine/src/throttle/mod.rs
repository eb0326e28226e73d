//! How hard a host may be asked: its back-off, and permits for its reads.

pub(crate) mod backoff;
pub(crate) mod client;
pub(crate) mod permits;
