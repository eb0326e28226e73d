//! The real app: where its binary is, how it is opened, and how it ends.

use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::desktop::Desktop;
use crate::page::Page;
use crate::processes;
use crate::waiting::until;
use crate::webdriver::Driver;

/// How to open the app.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// Another app than Runwatch.
    pub binary: Option<PathBuf>,
    /// Its data folder; with none it takes its usual one (below the desktop's own home).
    pub data_dir: Option<PathBuf>,
    /// Further arguments.
    pub arguments: Vec<String>,
}

impl Launch {
    fn arguments(&self) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(folder) = &self.data_dir {
            all.extend(["--data-dir".to_owned(), folder.display().to_string()]);
        }
        all.extend(self.arguments.iter().cloned());
        all
    }
}

/// An open app. It is closed when this is dropped.
#[derive(Debug)]
pub struct App {
    /// Its window's page.
    pub page: Page,
    /// Its process.
    pub pid: u32,
    _driver: Driver,
}

impl App {
    /// Opens the app, and waits until its page answers.
    pub fn open(desktop: &Desktop, launch: &Launch) -> Result<Self> {
        let binary = match &launch.binary {
            Some(other) => fs::canonicalize(other).with_context(|| format!("no {other:?}"))?,
            None => binary()?,
        };
        let before = pids(desktop, &binary);
        let driver = Driver::start(desktop)?;
        let wire = driver
            .open(&binary.display().to_string(), &launch.arguments())
            .context("the app's window does not open")?;
        let started = |pid: &u32| !before.contains(pid);
        let pid = pids(desktop, &binary).into_iter().find(started);
        Ok(Self {
            page: Page::new(wire),
            pid: pid.context("the app has ended already")?,
            _driver: driver,
        })
    }

    /// Whether its process is there.
    pub fn alive(&self) -> bool {
        processes::alive(self.pid)
    }

    /// Ends it as a crash would, and waits until it is gone.
    pub fn kill(&self) -> Result<()> {
        processes::kill(self.pid);
        until("the app's end", Duration::from_secs(10), || {
            Ok((!self.alive()).then_some(()))
        })
    }
}

impl App {
    /// Closes it, and waits until it is gone.
    pub fn close(&self) {
        if self.alive() {
            self.page.close();
        }
        // Closing a window need not end an app that watches runs.
        processes::kill(self.pid);
        let _ = until("the app's end", Duration::from_secs(5), || {
            Ok((!self.alive()).then_some(()))
        });
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.close();
    }
}

/// The app's processes on a desktop.
pub fn pids(desktop: &Desktop, binary: &PathBuf) -> Vec<u32> {
    let runs_it = |pid: &u32| processes::program(*pid).as_ref() == Some(binary);
    desktop.processes().into_iter().filter(runs_it).collect()
}

/// The binary: what `RUNWATCH_BIN` names, else the one built beside this program.
pub fn binary() -> Result<PathBuf> {
    if let Some(named) = env::var_os("RUNWATCH_BIN") {
        return fs::canonicalize(&named).with_context(|| format!("there is no {named:?}"));
    }
    let beside = env::current_exe()?;
    let found = beside
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("runwatch"));
    for candidate in found {
        if candidate.is_file() {
            return Ok(fs::canonicalize(candidate)?);
        }
    }
    bail!("the app is not built yet: cargo build -p runwatch")
}
