//! The page's memory over eight hours of updates, played fast: the built page with its fake host, in WebKitGTK's own
//! browser.

use std::path::PathBuf;

use anyhow::{Context, Result};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::waiting::until;
use runwatch_tests::{App, Launch, meter};
use serde_json::json;

use crate::figures::say;

const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// Twenty runs go and are read every five seconds; one ends every three minutes.
const PLAY: &str = "
    const [ticks] = arguments;
    window.played = false;
    (async () => {
      for (let tick = 0; tick < ticks; tick += 1) {
        window.playback.churn(20);
        if (tick % 36 === 0) window.playback.endOne();
        await new Promise((done) => requestAnimationFrame(done));
      }
      window.played = true;
    })();
";
const TICKS_AN_HOUR: u32 = 720;
const LONG: std::time::Duration = std::time::Duration::from_secs(300);

/// Measures and prints.
pub fn measure(page: &str) -> Result<()> {
    let desktop = Desktop::start()?;
    let browser = App::open(
        &desktop,
        &Launch {
            binary: Some(PathBuf::from(BROWSER)),
            arguments: vec!["--automation".to_owned()],
            ..Launch::default()
        },
    )?;
    browser
        .page
        .visit(&format!("{page}/?fake=month-end,still"))?;
    browser.page.wait_for("run-row")?;
    let mut marks = Vec::new();
    // What is made once is there after the first hour.
    for _ in 0..=8 {
        browser.page.ask(PLAY, &[json!(TICKS_AN_HOUR)])?;
        until("an hour", LONG, || {
            let played = browser.page.ask("return window.played;", &[])?;
            Ok((played == json!(true)).then_some(()))
        })?;
        let page = desktop.web_page().context("no page")?;
        marks.push(format!("{:.0}", meter::share(page)?));
    }
    say("memory of the page over eight hours (MB)", &marks.join(" "));
    Ok(())
}
