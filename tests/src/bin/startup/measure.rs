//! The measurements. Time: from the process's start, as the kernel remembers it, to the first sight of the
//! element, asked for every few milliseconds. Each launch has a desktop and a data folder of its own.
//! Memory: of all its processes, with the window open and behind a closed one.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, thread};

use anyhow::{Result, bail};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::waiting::until;
use runwatch_tests::{App, Launch, Scene, meter, processes, scene};
use serde_json::json;

const USABLE: &str =
    "[data-testid=connect], [data-testid=first-run-demo], [data-testid=add-run-id]";

const AT_REST: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(60);

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
    memory_of_ours();
    if let Some(floor) = floor {
        memory_of_floor(floor)?;
    }
    Ok(())
}

/// With its window, and behind a closed one, where it watches on.
fn memory_of_ours() {
    scene("memory", |scene: &Scene| {
        let app = scene.watching("pr-1", "Payroll : November")?;
        thread::sleep(AT_REST);
        println!(
            "Runwatch, its window open: {:.0} MB",
            memory(&scene.desktop)?
        );
        scene.desktop.close_window(app.pid)?;
        until("the page to end", LONG, || {
            Ok(scene.desktop.web_page().is_none().then_some(()))
        })?;
        thread::sleep(AT_REST);
        println!("Runwatch in the tray: {:.0} MB", memory(&scene.desktop)?);
        Ok(())
    });
}

fn memory_of_floor(floor: PathBuf) -> Result<()> {
    let desktop = Desktop::start()?;
    let launch = Launch {
        binary: Some(floor),
        ..Launch::default()
    };
    let _app = App::open(&desktop, &launch)?;
    thread::sleep(AT_REST);
    println!("an empty Tauri app: {:.0} MB", memory(&desktop)?);
    Ok(())
}

/// Of the app and the processes of its page, what they share counted by each's share (MB).
fn memory(desktop: &Desktop) -> Result<f64> {
    let is_part = |pid: &u32| {
        let program = processes::program(*pid).unwrap_or_default();
        let name = program
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        ["runwatch", "empty-app"].contains(&&name[..])
            || name.starts_with("WebKit") && name != "WebKitWebDriver"
    };
    let parts = desktop.processes().into_iter().filter(is_part);
    parts.map(meter::share).sum()
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
            return Ok(meter::age(app.pid)?.as_secs_f64() * 1000.0);
        }
        thread::sleep(Duration::from_millis(5));
    }
    bail!("nothing matches {css}")
}
