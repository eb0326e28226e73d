//! What the real window costs its user, in WebKitGTK: time from launch to rows, from a key to the painted list, the
//! longest standstill with very many rows, processor while it is in sight, and memory over eight hours. Prints
//! figures; `scripts/measure-window` builds and runs it all.
//!
//! `RUNWATCH_BIN=target/release/runwatch window_costs [PAGE]`: PAGE is where the built page is served, for the
//! eight hours, which are played fast with the page's fake host.
#![cfg_attr(
    target_os = "linux",
    expect(clippy::print_stdout, reason = "figures are what it is for")
)]

#[cfg(target_os = "linux")]
mod eight_hours;
#[cfg(target_os = "linux")]
mod figures;
#[cfg(target_os = "linux")]
mod launches;
#[cfg(target_os = "linux")]
mod month_end;
#[cfg(target_os = "linux")]
mod rows;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    launches::measure(10);
    launches::measure(10_000);
    rows::measure();
    month_end::measure();
    if let Some(page) = std::env::args().nth(1) {
        eight_hours::measure(&page)?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {}
