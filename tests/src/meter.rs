//! What processes cost, as the kernel counts it.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// The kernel counts in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;

/// Processor time that a process has used.
pub fn cpu(pid: u32) -> Result<Duration> {
    let fields = stat(pid)?;
    let ticks = figure(&fields, 11)? + figure(&fields, 12)?;
    Ok(Duration::from_secs_f64(ticks / TICKS_A_SECOND))
}

/// How long ago a process was started.
pub fn age(pid: u32) -> Result<Duration> {
    let uptime = fs::read_to_string("/proc/uptime")?;
    let now: f64 = uptime
        .split(' ')
        .next()
        .context("an odd uptime file")?
        .parse()?;
    let started = figure(&stat(pid)?, 19)? / TICKS_A_SECOND;
    Ok(Duration::try_from_secs_f64(now - started).unwrap_or_default())
}

/// What the kernel says of a process after its name, which may hold anything and stands in parentheses.
fn stat(pid: u32) -> Result<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").context("an odd stat file")?;
    Ok(fields.split(' ').map(str::to_owned).collect())
}

fn figure(fields: &[String], place: usize) -> Result<f64> {
    Ok(fields.get(place).context("a short stat file")?.parse()?)
}

/// Megabytes that a process holds now, and held at most.
pub fn memory(pid: u32) -> Result<(f64, f64)> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    Ok((kilobytes(&status, "VmRSS:")?, kilobytes(&status, "VmHWM:")?))
}

/// Megabytes that a process holds, what it shares counted by its share.
pub fn share(pid: u32) -> Result<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    kilobytes(&rollup, "Pss:")
}

fn kilobytes(text: &str, name: &str) -> Result<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.context("an odd status file")?.parse::<f64>()? / 1024.0)
}
