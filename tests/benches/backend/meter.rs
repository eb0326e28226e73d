//! What processes cost, as the kernel counts it; and how figures are summed up.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// The kernel counts in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// Processor time that a process has used.
pub fn cpu(pid: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The program's name stands in parentheses and may hold anything.
    let (_, fields) = stat.rsplit_once(") ").context("an odd stat file")?;
    let ticks: Result<Vec<u32>, _> = fields.split(' ').skip(11).take(2).map(str::parse).collect();
    Ok(TICK * ticks?.iter().sum())
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

/// Median, mean and 99 % of these.
pub fn summed_up(mut figures: Vec<f64>) -> (f64, f64, f64) {
    figures.sort_by(f64::total_cmp);
    let n = figures.len() as f64;
    let at = |share: f64| {
        let place = (share * n).ceil() as usize;
        figures.get(place.saturating_sub(1)).copied().unwrap_or(0.0)
    };
    (at(0.5), figures.iter().sum::<f64>() / n, at(0.99))
}
