//! The local history in SQLite: one file for each table, the schema in `migrations`.
//!
//! One thread owns the connection, so that a slow disk never blocks an async worker; callers send it
//! jobs and await the results.

mod accounts;
mod actions;
mod captured_attempts;
mod closes;
mod column_types;
mod compatibility;
mod copies;
mod database;
mod duration_samples;
mod ended_attempts;
mod errors;
mod forecasts;
mod inbox;
mod inspection;
mod migrations;
mod plans;
mod rows;
mod runs;
mod settings;
mod steps;
mod store_port;
mod stored;
mod write_transaction;

pub use database::Db;
pub use inspection::{Inspection, check_folder, inspect};

#[cfg(test)]
mod tests;
