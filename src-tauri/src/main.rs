//! Runwatch: watches SolveXia runs and tells truly how they ended.
//!
//! This crate wires the others together: arguments, windows, tray, and commands of a few lines. It
//! holds no SQL, no HTTP and no decisions.
// A console of its own would pop up beside the window; the parent's is borrowed instead. Tests keep
// theirs, to say how they went.
#![cfg_attr(all(windows, not(test)), windows_subsystem = "windows")]

mod accounts;
mod api;
mod app_state;
mod close;
mod settings;
mod shell;
mod startup;
mod support;
#[cfg(test)]
mod test_support;

use std::process::ExitCode;

use shell::native_message;
use startup::arguments::{Args, NO_START};
use startup::start;
use support::{check, forget};

fn main() -> ExitCode {
    runwatch_platform::harden();
    runwatch_platform::attach_console();
    let args = Args::read();
    if args.check.is_some() {
        return check::run(&args);
    }
    if args.forget {
        return forget::run(&args);
    }
    match start::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "Runwatch could not start");
            eprintln!("{NO_START}. {error}");
            // Who starts it with a click sees no console.
            native_message::show_and_wait(NO_START, &error.to_string());
            ExitCode::FAILURE
        }
    }
}
