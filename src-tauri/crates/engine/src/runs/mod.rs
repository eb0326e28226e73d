//! The runs in the list: what is known of each, and how it is kept.

pub mod awaited;
mod by_this_clock;
mod elsewhere;
pub(crate) mod interrupted_read;
mod known_steps;
mod list;
mod marks;
mod missed_end;
mod name;
pub(crate) mod persistence;
pub(crate) mod process_key;
pub mod process_names;
pub mod registry;
pub mod tracked_run;
mod untold_end;
