//! From the process's start to the first row on the screen.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use runwatch_tests::{Scene, meter, scene};
use serde_json::json;

use crate::figures::{fill, middle_and_worst, say};

const TIMES: usize = 5;
const ROW: &str = "return document.querySelector('[data-testid=run-row]') !== null;";

/// Measures and prints.
pub fn measure(runs: u32) {
    scene(&format!("launch-{runs}"), |scene| {
        fill(scene, runs)?;
        let mut waits = Vec::new();
        for _ in 0..TIMES {
            waits.push(launch(scene)?.as_secs_f64() * 1000.0);
        }
        say(
            &format!("launch to rows, {runs} runs"),
            &middle_and_worst(waits),
        );
        Ok(())
    });
}

fn launch(scene: &Scene) -> Result<Duration> {
    let app = scene.open()?;
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(60) {
        if app.page.ask(ROW, &[])? == json!(true) {
            let age = meter::age(app.pid)?;
            app.kill()?;
            return Ok(age);
        }
    }
    bail!("no row comes")
}
