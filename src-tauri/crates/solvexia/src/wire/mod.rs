//! From SolveXia's JSON, in all its spellings, to the strict types of `runwatch_core`.
//!
//! Missing, odd and additional fields are tolerated. Rejected is what would make the result untrue:
//! another run's id, a status response without a status, a listed step without a usable id.
//!
//! Bodies are read where they lie, field by field. What no field is read of is skipped, lists are cut
//! (`Listing`), and texts are made fit to be shown (`runwatch_core::names`).

mod dates;
mod error_body;
mod fields;
mod find_field;
mod json_body;
mod picks;
pub(crate) mod processes;

pub(crate) mod runs;
pub(crate) mod steps;

pub(crate) use error_body::{ErrorBody, error_body};
pub(crate) use fields::Fields;
pub(crate) use json_body::{Unreadable, json};

#[cfg(test)]
mod fuzz_tests;
#[cfg(test)]
mod tests;
