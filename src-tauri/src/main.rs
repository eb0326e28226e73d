//! Runwatch: watches SolveXia runs and tells truly how they ended.
//!
//! This crate wires the others together: arguments, data folder, windows, tray, and commands of a
//! few lines. It holds no SQL, no HTTP and no decisions.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod accounts;
mod args;
mod commands;
mod demo;
mod diagnostics;
mod errors;
mod folder;
mod instance;
mod logs;
mod network;
mod push;
mod run;
mod view;
mod window;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::read();
    match run::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where there is a console, this is what it shows; the log has it in any case.
            tracing::error!(%error, "Runwatch could not start");
            eprintln!("Runwatch could not start: {error}");
            ExitCode::FAILURE
        }
    }
}
