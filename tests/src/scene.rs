//! A test's whole world, and what is said of it when the test fails.

use std::cell::RefCell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use solvexia_sim::{Client, RunStatus, SimHandle, SimOptions};

use crate::app::{App, Launch, binary};
use crate::desktop::Desktop;
use crate::page::Page;
use crate::seeds::three_steps;
use crate::simulator::simulate;

/// Who signs in to a scene's simulation.
pub const CLIENT_ID: &str = "e2e-client";
/// With which secret: a text that is found nowhere by chance.
pub const CLIENT_SECRET: &str = "e2e-secret-Zq7vXw2KpL9d";

static TURN: Mutex<()> = Mutex::new(());

/// A private desktop with a simulated SolveXia.
#[derive(Debug)]
pub struct Scene {
    // Held here too, so that a failing test's window is still there for the report.
    apps: RefCell<Vec<Rc<App>>>,
    /// The desktop.
    pub desktop: Desktop,
    /// The simulation, empty at first, at true speed.
    pub sim: SimHandle,
    name: String,
}

/// Plays a scene; a failure is reported with a picture (`target/e2e/NAME-failed.png`), the page's
/// text, what was notified and what was requested.
pub fn scene(name: &str, play: impl FnOnce(&Scene) -> Result<()>) {
    scene_on(name, Desktop::start, play);
}

/// The same on a certain desktop.
#[expect(clippy::panic, reason = "a test fails by it")]
pub fn scene_on(
    name: &str,
    desktop: impl FnOnce() -> Result<Desktop>,
    play: impl FnOnce(&Scene) -> Result<()>,
) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let scene = match desktop().and_then(|desktop| Scene::set(name, desktop)) {
        Ok(scene) => scene,
        Err(error) => panic!("{name} cannot begin: {error:?}"),
    };
    match catch_unwind(AssertUnwindSafe(|| play(&scene))) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => panic!("{name}: {error:?}\n{}", scene.report()),
        Err(panic) => {
            eprintln!("{name}\n{}", scene.report());
            resume_unwind(panic)
        }
    }
}

impl Scene {
    /// Sets one up.
    pub fn set(name: &str, desktop: Desktop) -> Result<Self> {
        let clients = vec![Client::new(CLIENT_ID, CLIENT_SECRET)];
        let sim = simulate(SimOptions {
            clients,
            ..SimOptions::empty()
        })?;
        Ok(Self {
            desktop,
            sim,
            name: name.to_owned(),
            apps: RefCell::default(),
        })
    }

    /// The data folder that apps get unless they are told another.
    pub fn data_dir(&self) -> PathBuf {
        self.desktop.folder("runwatch")
    }

    /// Opens the app.
    pub fn open(&self) -> Result<Rc<App>> {
        self.open_with(&Launch {
            data_dir: Some(self.data_dir()),
            ..Launch::default()
        })
    }

    /// Opens the app, signed in and watching a run of three steps that goes and does not move.
    pub fn watching(&self, run: &str, name: &str) -> Result<Rc<App>> {
        self.sim.set_speed(0.0);
        self.sim
            .seed_run(three_steps(run, name).status(RunStatus::Running));
        let app = self.open()?;
        app.sign_in(&self.sim)?;
        app.add_and_watch(run)?;
        Ok(app)
    }

    /// Opens the app in a certain way.
    pub fn open_with(&self, launch: &Launch) -> Result<Rc<App>> {
        let app = Rc::new(App::open(&self.desktop, launch)?);
        self.apps.borrow_mut().push(Rc::clone(&app));
        Ok(app)
    }

    /// A launch beside the open app, without a driver.
    pub fn launch_again(&self) -> Result<Command> {
        let mut command = self.desktop.command(binary()?);
        command
            .arg("--data-dir")
            .arg(self.data_dir())
            .stdin(Stdio::null());
        Ok(command)
    }

    /// Saves a picture as `target/e2e/SCENE-WHAT.png`.
    pub fn picture(&self, page: &Page, what: &str) -> Result<PathBuf> {
        page.picture(&pictures().join(format!("{}-{what}.png", self.name)))
    }

    fn report(&self) -> String {
        let mut report = String::new();
        if let Some(app) = self.apps.borrow().last() {
            let picture = self.picture(&app.page, "failed");
            let text = app.page.text().unwrap_or_else(|error| format!("{error:#}"));
            report += &format!("picture: {picture:?}\npage:\n{text}\n");
        }
        report += &format!("notified: {:#?}\n", self.desktop.notifications.all());
        let requests = self.sim.requests();
        for request in requests.iter().rev().take(25).rev() {
            let (method, path, status) = (&request.method, &request.path, request.status);
            report += &format!("{} {method} {path} -> {status:?}\n", request.time);
        }
        report + &logs(&self.data_dir())
    }
}

/// Where pictures go.
pub fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/e2e")
}

/// The last lines of every log below a folder.
fn logs(folder: &Path) -> String {
    let mut said = String::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            said += &logs(&path);
        } else if path.to_string_lossy().contains("log") {
            let text = fs::read_to_string(&path)
                .context("unreadable")
                .unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            let last = lines.len().saturating_sub(30);
            said += &format!("--- {}\n{}\n", path.display(), lines[last..].join("\n"));
        }
    }
    said
}
