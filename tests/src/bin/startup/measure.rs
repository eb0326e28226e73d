//! The measurement: from the process's start, as the kernel remembers it, to the first sight of the
//! element, asked for every few milliseconds. Each launch has a desktop and a data folder of its own.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::time::{Duration, Instant};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::{App, Launch, app};
use serde_json::json;

const USABLE: &str =
    "[data-testid=connect], [data-testid=first-run-demo], [data-testid=add-run-id]";
/// The kernel counts in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;

/// Measures and prints.
pub fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let times: usize = arguments.next().map_or(Ok(10), |times| times.parse())?;
    let css = arguments.next().unwrap_or_else(|| USABLE.to_owned());
    let mut figures = (0..times)
        .map(|_| launch(&css))
        .collect::<Result<Vec<_>>>()?;
    figures.sort_by(f64::total_cmp);
    let (first, last) = (
        figures.first().context("no launch")?,
        figures.last().context("none")?,
    );
    let median = figures[figures.len() / 2];
    println!(
        "{}",
        app::binary()?.file_name().unwrap_or_default().display()
    );
    println!(
        "launch to usable window, {times} launches: {first:.0} ms at best, {median:.0} ms at the median, {last:.0} ms at worst"
    );
    Ok(())
}

fn launch(css: &str) -> Result<f64> {
    let desktop = Desktop::start()?;
    let launch = Launch {
        data_dir: Some(desktop.folder("runwatch")),
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
