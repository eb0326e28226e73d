//! A desktop of one's own: display, D-Bus session, keychain, and folders that are thrown away.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::keychain::{Keychain, PASSWORD};
use crate::notifications::Notifications;
use crate::processes::{self, Managed, tied};
use crate::tray::Tray;
use crate::windows::{self, Place};

/// Marks every process of one desktop, so that none of them is left behind.
const MARKER: &str = "RUNWATCH_TEST_DESKTOP";

/// The size of its screen.
const SCREEN: &str = "1400x900";

/// A session bus that starts no service by itself: what is on a desktop is what was put there.
/// The usual settings name the system's services, a keychain among them.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// A private desktop. All of its processes end when it is dropped.
#[derive(Debug)]
pub struct Desktop {
    /// What was shown on it.
    pub notifications: Notifications,
    /// Its keychain.
    pub keychain: Keychain,
    /// Its web browser.
    pub browser: Browser,
    /// Its tray.
    pub tray: Tray,
    display: String,
    bus: String,
    // Ended in this order: the folder last.
    keyring: Option<Managed>,
    _bus: Managed,
    _display: Managed,
    folder: TempDir,
}

impl Desktop {
    /// Starts one and waits until all of it answers.
    pub fn start() -> Result<Self> {
        Self::start_with_screen(SCREEN)
    }

    /// The same with a screen of this size, such as `1280x672`.
    pub fn start_with_screen(size: &str) -> Result<Self> {
        let mut desktop = Self::begin(size)?;
        // Unlocked before anybody else asks for it, or it stays locked.
        desktop.keyring = Some(start_keyring(desktop.environment())?);
        desktop.keychain.wait_unlocked()?;
        Ok(desktop)
    }

    /// Starts one that has no keychain, as some have not.
    pub fn start_without_keychain() -> Result<Self> {
        Self::begin(SCREEN)
    }

    fn begin(screen: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("runwatch-").tempdir()?;
        for part in ["home", "data", "config", "cache", "state", "run"] {
            fs::create_dir(folder.path().join(part))?;
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder.path().join("run"), private)?;

        let (display, shown) = start_display(folder.path(), screen)?;
        let (bus_process, bus) = start_bus(folder.path(), &display)?;
        Ok(Self {
            keychain: Keychain::of(&bus)?,
            notifications: Notifications::serve(&bus)?,
            browser: Browser::install(folder.path())?,
            tray: Tray::serve(&bus)?,
            display,
            bus,
            keyring: None,
            _bus: bus_process,
            _display: shown,
            folder,
        })
    }

    /// Starts another keychain on it, unlocked, once its first one is gone.
    pub fn start_keychain_again(&self) -> Result<Managed> {
        let keyring = start_keyring(self.environment())?;
        self.keychain.wait_unlocked()?;
        Ok(keyring)
    }

    fn environment(&self) -> Vec<(String, String)> {
        environment(self.folder.path(), &self.display, &self.bus)
    }

    /// A folder below the desktop's own.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that runs on this desktop and sees nothing of the user's.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = tied(program);
        command
            // What is saved with no wish where goes there.
            .current_dir(self.folder("home"))
            .env_clear()
            .envs(self.environment())
            .env("BROWSER", self.browser.program());
        command
    }

    /// The address of its D-Bus session.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Closes a process's window as its close button does, once it is there.
    pub fn close_window(&self, pid: u32) -> Result<()> {
        windows::close(&self.display, pid)
    }

    /// Where a process's window is, once it is in sight.
    pub fn window_place(&self, pid: u32) -> Result<Place> {
        windows::place(&self.display, pid)
    }

    /// Moves and resizes a process's window.
    pub fn put_window(&self, pid: u32, place: Place) -> Result<()> {
        windows::put(&self.display, pid, place)
    }

    /// The title of each window of a process that is in sight.
    pub fn window_titles(&self, pid: u32) -> Result<Vec<String>> {
        windows::titles(&self.display, pid)
    }

    /// Takes what a dialog of the system offers, by the keys that its user presses.
    pub fn accept_dialog(&self, pid: u32, title: &str, keys: &[u32]) -> Result<()> {
        windows::accept(&self.display, pid, title, keys)
    }

    /// The process that draws the page of the app.
    pub fn web_page(&self) -> Option<u32> {
        let draws = |pid: &u32| {
            let program = processes::program(*pid).unwrap_or_default();
            program.ends_with("WebKitWebProcess") && processes::alive(*pid)
        };
        self.processes().into_iter().find(draws)
    }

    /// The processes that run on this desktop.
    pub fn processes(&self) -> Vec<u32> {
        processes::with_environment(&format!("{MARKER}={}", self.folder.path().display()))
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // The app's web processes and what D-Bus started are nobody's child of ours.
        for pid in self.processes() {
            processes::kill(pid);
        }
    }
}

fn environment(folder: &Path, display: &str, bus: &str) -> Vec<(String, String)> {
    let below = |part: &str| folder.join(part).display().to_string();
    let mut all: Vec<(String, String)> = [
        (MARKER, folder.display().to_string()),
        ("DISPLAY", display.to_owned()),
        ("DBUS_SESSION_BUS_ADDRESS", bus.to_owned()),
        ("HOME", below("home")),
        ("XDG_DATA_HOME", below("data")),
        ("XDG_CONFIG_HOME", below("config")),
        ("XDG_CACHE_HOME", below("cache")),
        ("XDG_STATE_HOME", below("state")),
        ("XDG_RUNTIME_DIR", below("run")),
        ("GDK_BACKEND", "x11".to_owned()),
        ("GSETTINGS_BACKEND", "memory".to_owned()),
        ("LANG", "C.UTF-8".to_owned()),
        // The bus for assistive tools is not there: do not wait for it.
        ("NO_AT_BRIDGE", "1".to_owned()),
        // A virtual display has no graphics card.
        ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    // What tests are told from outside, and no more.
    let passed = ["PATH", "RUST_LOG", "RUST_BACKTRACE", "TZ"];
    all.extend(
        passed
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?))),
    );
    all
}

fn start_display(folder: &Path, screen: &str) -> Result<(String, Managed)> {
    let mut command = tied("Xvfb");
    command
        // It picks a free number itself and writes it to its standard output.
        .args(["-displayfd", "1", "-screen", "0"])
        .arg(format!("{screen}x24"))
        .args(["-nolisten", "tcp", "-noreset", "-dpi", "96"])
        .env(MARKER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut display = Managed::start("Xvfb", command)?;
    let number = first_line(&mut display).context("Xvfb did not come up")?;
    Ok((format!(":{number}"), display))
}

fn start_bus(folder: &Path, display: &str) -> Result<(Managed, String)> {
    let settings = folder.join("bus.conf");
    let socket = folder.join("run").join("bus");
    fs::write(
        &settings,
        BUS.replace("SOCKET", &socket.display().to_string()),
    )?;
    let mut command = tied("dbus-daemon");
    command
        .args(["--nofork", "--nopidfile", "--print-address=1"])
        .arg(format!("--config-file={}", settings.display()))
        .env_clear()
        .envs(environment(folder, display, ""))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut bus = Managed::start("dbus-daemon", command)?;
    let address = first_line(&mut bus).context("dbus-daemon did not come up")?;
    Ok((bus, address))
}

/// Starts the keychain of a desktop, unlocked.
pub fn start_keyring(environment: impl IntoIterator<Item = (String, String)>) -> Result<Managed> {
    let mut command = tied("gnome-keyring-daemon");
    command
        .args(["--foreground", "--components=secrets", "--unlock"])
        .env_clear()
        .envs(environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut keyring = Managed::start("gnome-keyring-daemon", command)?;
    let mut input = keyring.child().stdin.take().context("no standard input")?;
    input.write_all(PASSWORD)?; // closed at once: that is its end
    Ok(keyring)
}

fn first_line(process: &mut Managed) -> Result<String> {
    let output = process
        .child()
        .stdout
        .take()
        .context("no standard output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    match line.trim() {
        "" => bail!("it ended without a word"),
        text => Ok(text.to_owned()),
    }
}
