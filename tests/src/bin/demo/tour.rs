//! What is shown.
#![expect(
    clippy::print_stdout,
    reason = "telling what happens is what it is for"
)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use runwatch_tests::desktop::Desktop;
use runwatch_tests::notifications::Shown;
use runwatch_tests::page::Seen;
use runwatch_tests::user_actions::{A_WHILE, row, step_row};
use runwatch_tests::waiting::until;
use runwatch_tests::{App, By, Launch, by};
use solvexia_sim::demo::{DEMO_FAILED_RUN, DEMO_FAILING_RUN, DEMO_FAILING_STEP, DEMO_QUICK_RUN};

struct Tour {
    began: Instant,
    desktop: Desktop,
    app: App,
}

/// Shows it all.
pub fn main() -> ExitCode {
    match tour() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn tour() -> Result<()> {
    let tour = Tour::begin()?;
    let told = tour.all().inspect_err(|_| {
        // The picture that says why.
        let _ = tour.app.page.picture(&pictures().join("failed.png"));
    });
    told?;
    tour.say("all of it was seen");
    Ok(())
}

impl Tour {
    fn begin() -> Result<Self> {
        let began = Instant::now();
        let desktop = Desktop::start()?;
        let display = "a virtual display, a D-Bus session and a notification server are up";
        println!("{:6.1} s  {display}", began.elapsed().as_secs_f64());
        let arguments = vec!["--demo".to_owned()];
        let app = App::open(
            &desktop,
            &Launch {
                arguments,
                ..Launch::default()
            },
        )?;
        Ok(Self {
            began,
            desktop,
            app,
        })
    }

    fn all(&self) -> Result<()> {
        // It opens on what needs somebody.
        self.app.page.click(by("view").with("data-view", "all"))?;
        self.app.wait_status(DEMO_QUICK_RUN, "NotStarted")?;
        self.say("Runwatch is open on the simulated SolveXia, with sample runs in its table");
        // One that failed last month, with the message of its step.
        self.app.show(DEMO_FAILED_RUN)?;
        self.app.page.wait_for("step-message")?;
        self.picture("1-runs")?;

        let name = self.name(DEMO_QUICK_RUN)?;
        self.start(DEMO_QUICK_RUN, &name, Some("2-confirm"))?;
        self.follow(DEMO_QUICK_RUN, "succeeded", Some("3-running"))?;
        self.notified(&name, 1)?;
        self.picture("4-finished")?;

        let name = self.name(DEMO_FAILING_RUN)?;
        self.start(DEMO_FAILING_RUN, &name, None)?;
        self.follow(DEMO_FAILING_RUN, "failed", None)?;
        let failure = self.notified(&name, 1)?;
        ensure!(
            failure.body.contains("entity 104"),
            "the failed step's message is not in it"
        );
        self.picture("5-failed")?;

        let restart = step_row(DEMO_FAILING_STEP).inner("restart-step");
        self.app.act(restart, &[&name])?;
        self.say("restarted from the failed step");
        self.follow(DEMO_FAILING_RUN, "succeeded", None)?;
        self.notified(&name, 2)?;

        self.app.page.click("open-inbox")?;
        self.app
            .page
            .wait_for(by("inbox-item").run(DEMO_QUICK_RUN))?;
        self.say("the Inbox keeps what was told");
        self.picture("6-inbox")
    }

    /// Opens a run, watches it, and starts it with its confirmation.
    fn start(&self, run: &str, name: &str, picture: Option<&str>) -> Result<()> {
        self.app.show(run)?;
        self.say(&format!("opened “{name}” ({run})"));
        self.app.watch()?;
        self.say("watching it");
        self.app.page.click("start-run")?;
        let question = self.app.question()?;
        ensure!(
            question.contains(name),
            "the question does not name the run: {question}"
        );
        if let Some(picture) = picture {
            self.picture(picture)?;
        }
        self.app.page.click("confirm")?;
        self.say("started it, after a confirmation that names it");
        Ok(())
    }

    /// Tells each step's moves until the run has this outcome.
    fn follow(&self, run: &str, outcome: &str, picture: Option<&str>) -> Result<()> {
        self.app.wait_status(run, "Running")?;
        self.say("SolveXia runs it");
        let (mut known, mut picture, mut told) = (HashMap::new(), picture, false);
        let ended = by("run-row").run(run).with("data-outcome", outcome);
        until(&format!("the outcome {outcome}"), A_WHILE, || {
            self.tell_moves(&mut known)?;
            // One finished, one going: the picture that shows most.
            let shows_most = known.values().any(|status| status == "Success");
            if let Some(name) = picture.take_if(|_| shows_most) {
                self.picture(name)?;
            }
            if !told && self.app.page.see(&ended)?.is_some() {
                self.say(&format!("the table says: {outcome}"));
                told = true;
            }
            // The steps in the window must come to rest, too.
            let rested = !known.values().any(|status| status == "Running");
            Ok((told && rested).then_some(()))
        })
    }

    /// Says which of the open run's steps have another status than before.
    fn tell_moves(&self, known: &mut HashMap<String, String>) -> Result<()> {
        for step in self.app.page.all("step-row")? {
            let status = step.attribute("data-status").to_owned();
            let before = known.insert(step.attribute("data-step-id").to_owned(), status.clone());
            if before.as_deref() != Some(&status) && status != "NotStarted" {
                self.say(&format!("  {status:9} {}", title(&step)));
            }
        }
        Ok(())
    }

    /// Waits for the `count`-th notification about a run, and says what it says.
    fn notified(&self, name: &str, count: usize) -> Result<Shown> {
        let notifications = &self.desktop.notifications;
        let shown = until("its notification", A_WHILE, || {
            Ok(notifications.about(name).into_iter().nth(count - 1))
        })?;
        self.say(&format!(
            "desktop notification: {}\n{:11}{}",
            shown.summary, "", shown.body
        ));
        // A second one would come within moments of the first.
        std::thread::sleep(Duration::from_secs(2));
        let all = notifications.about(name).len();
        ensure!(
            all == count,
            "{all} notifications instead of {count} about “{name}”"
        );
        Ok(shown)
    }

    fn name(&self, run: &str) -> Result<String> {
        let name: By = row(run).inner("run-name");
        Ok(self
            .app
            .page
            .see(name)?
            .context("a row without a name")?
            .text)
    }

    fn picture(&self, name: &str) -> Result<()> {
        self.app
            .page
            .picture(&pictures().join(format!("{name}.png")))?;
        self.say(&format!("picture: target/demo/{name}.png"));
        Ok(())
    }

    fn say(&self, what: &str) {
        println!("{:6.1} s  {what}", self.began.elapsed().as_secs_f64());
    }
}

/// A step's place and name: the first words in its row.
fn title(step: &Seen) -> String {
    step.text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/demo")
}
