//! How long the app takes from its launch to a usable window.
//!
//! `startup [TIMES] [FLOOR]`: FLOOR is an empty Tauri app to measure beside it, in turn;
//! `scripts/measure-start` builds and runs it all. `RUNWATCH_BIN` names another build of the app.

#[cfg(target_os = "linux")]
#[path = "startup/measure.rs"]
mod measure;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    measure::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {}
