//! The border to the page: commands and their handlers, updates, errors, and the engine's state as the
//! page shows it.

pub mod answer;
pub mod commands;
pub mod errors;
mod handlers;
pub mod page;
mod updates;
pub mod views;
