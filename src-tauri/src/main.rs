//! Runwatch: watches SolveXia runs and tells truly how they ended.
//!
//! This crate wires the others together: arguments, windows, tray, and commands of a few lines. It
//! holds no SQL, no HTTP and no decisions.
// A console of its own would pop up beside the window; the parent's is borrowed instead. Tests keep
// theirs, to say how they went.
#![cfg_attr(all(windows, not(test)), windows_subsystem = "windows")]

mod accounts;
mod args;
mod awake;
mod cadence;
mod check;
mod commands;
mod demo;
mod diagnostics;
mod errors;
mod forget;
mod glance;
mod history;
mod insight;
mod logs;
#[cfg(target_os = "macos")]
mod menu;
mod network;
mod notifications;
mod push;
mod quit;
mod run;
#[cfg(test)]
mod testing;
mod tray;
mod view;
mod window;
mod world;

use std::process::ExitCode;

/// The title of the box that says why.
const NO_START: &str = "Runwatch could not start";

fn main() -> ExitCode {
    runwatch_platform::attach_console();
    let args = args::Args::read();
    if args.check.is_some() {
        return check::run(&args);
    }
    if args.forget {
        return forget::run(&args);
    }
    match run::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "Runwatch could not start");
            eprintln!("{NO_START}. {error}");
            // Who starts it with a click sees no console.
            runwatch_platform::alarm(NO_START, &error.to_string());
            ExitCode::FAILURE
        }
    }
}
