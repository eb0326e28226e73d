//! From the arguments to the running app.

pub mod arguments;
pub mod history_file;
mod logs;
pub mod panics;
mod registration;
pub mod sample_account;
mod sample_plan;
pub mod sample_server;
pub mod sample_window;
pub mod start;
mod start_error;
