//! One function for each call of the API, in a file for each kind of thing it is about. To add one: docs/ARCHITECTURE.md, “To add an endpoint”.

pub(crate) mod actions;
pub(crate) mod processes;
pub(crate) mod runs;
