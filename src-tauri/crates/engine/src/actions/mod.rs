//! Start, cancel, restart and create: what is asked for, the one request that follows, its answer, and what
//! becomes of a lost one.

pub mod answer;
pub mod create;
mod create_log;
mod create_under_way;
pub(crate) mod creates;
pub(crate) mod exclusive;
mod execute;
mod log;
mod lost_create;
pub(crate) mod reconcile;
pub mod request;
mod told;
mod unshown_start;
