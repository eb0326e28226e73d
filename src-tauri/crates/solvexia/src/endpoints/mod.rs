//! One function for each call of the API.

pub(crate) mod actions;
pub(crate) mod processes;
pub(crate) mod runs;
