//! What the window costs while it is in sight at month-end: 60 runs, 20 of them going.

use std::thread::sleep;
use std::time::Duration;

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use runwatch_tests::seeds::three_steps;
use runwatch_tests::{Scene, by, meter, processes, scene};
use solvexia_sim::{RunSeed, RunStatus, StepSeed};

use crate::figures::say;

const RUNS: u32 = 60;
const GOING: u32 = 20;
const SECONDS: u32 = 30;

/// Measures and prints.
pub fn measure() {
    scene("month-end-costs", |scene| {
        let ids = seed(scene);
        let app = scene.open()?;
        app.sign_in(&scene.sim)?;
        app.try_to_add(&ids)?;
        app.page.click("confirm")?;
        app.page.wait_gone("confirm")?;
        app.page.click(by("view").with("data-view", "all"))?;
        sleep(Duration::from_secs(10));
        let before = spent(scene)?;
        let requests = scene.sim.requests().len();
        sleep(Duration::from_secs(SECONDS.into()));
        let now = spent(scene)?;
        let share =
            |n: usize| format!("{:.1} %", (now[n] - before[n]) * 100.0 / f64::from(SECONDS));
        say("a core, 60 runs in sight, the page", &share(1));
        say("the same, the app beside it", &share(0));
        say(
            "its requests in that time",
            &(scene.sim.requests().len() - requests).to_string(),
        );
        let page = scene.desktop.web_page();
        if let Some(page) = page {
            say(
                "memory, the page",
                &format!("{:.0} MB", meter::share(page)?),
            );
        }
        say(
            "memory, the app",
            &format!("{:.0} MB", meter::share(app.pid)?),
        );
        Ok(())
    });
}

/// Runs that have gone for minutes and go on for hours, and others that ended or wait; their ids, to be pasted.
fn seed(scene: &Scene) -> String {
    let ids: Vec<String> = (0..RUNS).map(|n| format!("pr-{}", 3000 + n)).collect();
    for (n, id) in (0..).zip(&ids) {
        let status = match n {
            0..GOING => RunStatus::Running,
            n if n % 2 == 0 => RunStatus::Finished,
            _ => RunStatus::NotStarted,
        };
        let name = format!("Report of entity {n}");
        let long = RunSeed {
            name: Some(name.clone()),
            date_started: Timestamp::now()
                .checked_sub(SignedDuration::from_secs(300 + 61 * i64::from(n)))
                .ok(),
            ..RunSeed::new(id, vec![StepSeed::new("1.1", "Work", 36_000.0)])
        };
        let seed = if n < GOING {
            long
        } else {
            three_steps(id, &name)
        };
        scene.sim.seed_run(seed.status(status));
    }
    ids.join(", ")
}

/// Seconds of a core: the app's, and those of the processes of its page.
fn spent(scene: &Scene) -> Result<[f64; 2]> {
    let mut spent = [0.0; 2];
    for pid in scene.desktop.processes() {
        let name = processes::program(pid).unwrap_or_default();
        let name = name
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let place = match &name[..] {
            "runwatch" => 0,
            name if name.starts_with("WebKit") && name.ends_with("Process") => 1,
            _ => continue,
        };
        spent[place] += meter::cpu(pid)?.as_secs_f64();
    }
    Ok(spent)
}
