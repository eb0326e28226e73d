//! Start, cancel, restart and create: what is asked for, the one request that follows, its answer, and what
//! becomes of a lost one.

pub mod answer;
pub mod create;
pub(crate) mod exclusive;
mod execute;
mod keep_creates;
mod log;
pub(crate) mod open_creates;
pub(crate) mod reconcile;
pub mod request;
