//! What the organisation's IT set for this computer, and what that means for the user's own choices.
//! `docs/ADMIN.md` has the names and their order; [`read()`] makes it of raw values.

mod given;
mod read;
#[cfg(test)]
mod tests;

pub use given::{AllowedEnvironments, Given, Origin, Policy, Refusal};
pub use read::{NAMES, RawPolicy, RawValue, read};
