//! The form in which values of `core` are stored as JSON. It is the files' alone: what `core` renames
//! or rearranges is not seen in it, and what an earlier release wrote stays readable
//! (`tests/golden.rs`). A new field is optional when it is read.

mod account;
mod action;
mod attempt;
mod captured_attempt;
mod close;
mod date_zones;
mod handled;
mod list_settings;
mod network;
mod notification_policy;
mod outcome;
mod plan;
mod small_settings;
mod step;
mod step_starts;
mod window_places;
mod words;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::errors::invalid_row;

/// A value that is stored as JSON.
pub trait Stored: Sized {
    /// As it stands in the JSON.
    type Form: Serialize + DeserializeOwned;

    /// The form of this value.
    fn to_form(&self) -> Self::Form;

    /// The value of a form; an error where it holds something else than this crate writes.
    fn from_form(form: Self::Form) -> rusqlite::Result<Self>;
}

/// What `parse` makes of a stored text.
fn parsed<T, E: std::fmt::Display>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> rusqlite::Result<T> {
    parse(text).map_err(|error| invalid_row(error.to_string()))
}
