//! One poll of one run, as a pipeline: read the status, apply it and write once, react to what it
//! changed; then, once the run has ended, read its steps and conclude how.

mod apply_status;
mod conclude;
mod confirm_outcome;
mod observe;
mod poll;
mod reactions;
mod read_status;
mod read_steps;
mod single_step;
