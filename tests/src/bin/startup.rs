//! How long the app takes from its launch to a usable window.
//!
//! `cargo run -p runwatch-tests --bin startup -- [TIMES] [CSS]`, with `RUNWATCH_BIN` for another app
//! than the built one; CSS names the element whose sight means "usable".

#[cfg(target_os = "linux")]
#[path = "startup/measure.rs"]
mod measure;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    measure::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {}
