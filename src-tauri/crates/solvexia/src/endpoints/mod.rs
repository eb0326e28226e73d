//! One function for each call of the API. How to add one: docs/ARCHITECTURE.md, “To add an endpoint”.

pub(crate) mod actions;
pub(crate) mod processes;
pub(crate) mod runs;
