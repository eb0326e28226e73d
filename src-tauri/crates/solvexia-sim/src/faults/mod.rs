//! What can be made to go wrong, and for which requests. `crate::fault_injection` does it.

mod active_faults;
mod fault;
mod rewriting;

pub use active_faults::{ActiveFaults, FaultEffects};
pub use fault::{Fault, FaultKind, Rewrite};
pub use rewriting::rewrite;
