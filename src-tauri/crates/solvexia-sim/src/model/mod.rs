//! Runs and steps as the simulated server knows them. No clock in here: callers pass the time.

pub mod action_counts;
mod apply_patch;
pub mod patches;
pub mod run;
pub mod run_from_seed;
pub mod run_state;
pub mod seeds;
pub mod status;
pub mod step;
pub mod work_time;
