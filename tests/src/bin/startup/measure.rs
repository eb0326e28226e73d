//! The measurement: from the process's start, as the kernel remembers it, to the first sight of the
//! element, asked for every few milliseconds. Each launch has a desktop and a data folder of its own.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::{App, Launch};
use serde_json::json;

const USABLE: &str =
    "[data-testid=connect], [data-testid=first-run-demo], [data-testid=add-run-id]";
/// The kernel counts in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;

/// Measures and prints.
pub fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let times: usize = arguments.next().map_or(Ok(10), |times| times.parse())?;
    let floor = arguments.next().map(PathBuf::from);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // In turn, so that whatever else the machine does weighs on both.
    for _ in 0..times {
        ours.push(launch(None, USABLE)?);
        if floor.is_some() {
            theirs.push(launch(floor.clone(), "h1")?);
        }
    }
    println!("launch to usable window, in milliseconds, over {times} launches:");
    tell("Runwatch", ours);
    tell("an empty Tauri app", theirs);
    Ok(())
}

fn tell(who: &str, mut figures: Vec<f64>) {
    figures.sort_by(f64::total_cmp);
    if let (Some(best), Some(worst)) = (figures.first(), figures.last()) {
        let median = figures[figures.len() / 2];
        println!("{who:20} best {best:5.0}  median {median:5.0}  worst {worst:5.0}");
    }
}

fn launch(binary: Option<PathBuf>, css: &str) -> Result<f64> {
    let desktop = Desktop::start()?;
    // The empty app takes no arguments of ours, and minds none.
    let data_dir = Some(desktop.folder("runwatch"));
    let launch = Launch {
        binary,
        data_dir,
        ..Launch::default()
    };
    let app = App::open(&desktop, &launch)?;
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(30) {
        let there = app.page.ask(
            "return !!document.querySelector(arguments[0]);",
            &[json!(css)],
        )?;
        if there == json!(true) {
            return Ok(age_of(app.pid)? * 1000.0);
        }
        thread::sleep(Duration::from_millis(5));
    }
    bail!("nothing matches {css}")
}

/// Seconds since a process was started.
fn age_of(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The program's name stands in parentheses and may hold anything.
    let (_, fields) = stat.rsplit_once(") ").context("an odd stat file")?;
    let started: f64 = fields
        .split(' ')
        .nth(19)
        .context("a short stat file")?
        .parse()?;
    let uptime = fs::read_to_string("/proc/uptime")?;
    let now: f64 = uptime
        .split(' ')
        .next()
        .context("an odd uptime file")?
        .parse()?;
    Ok(now - started / TICKS_A_SECOND)
}
