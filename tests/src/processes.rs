//! Processes that end when their owner does.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// A child process, killed when this is dropped.
#[derive(Debug)]
pub struct Managed(Child);

impl Managed {
    /// Starts it. `what` is for people.
    pub fn start(what: &str, mut command: Command) -> Result<Self> {
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {what}; scripts/setup installs it"))?;
        Ok(Self(child))
    }

    /// The process itself.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Managed {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A command that dies with the thread that starts it, should that be killed and drop nothing.
pub fn tied(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "--"])
        .arg(program.as_ref());
    command
}

/// The processes whose environment holds exactly this `NAME=value`.
pub fn with_environment(entry: &str) -> Vec<u32> {
    let holds = |pid: u32| {
        fs::read(format!("/proc/{pid}/environ")).is_ok_and(|all| {
            all.split(|byte| *byte == 0)
                .any(|one| one == entry.as_bytes())
        })
    };
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| *pid != std::process::id() && holds(*pid))
        .collect()
}

/// The program that a process runs.
pub fn program(pid: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/exe")).ok()
}

/// A process's arguments, and its environment, as others on the machine can see them.
pub fn public_face(pid: u32) -> Vec<u8> {
    let mut face = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    face.extend(fs::read(format!("/proc/{pid}/environ")).unwrap_or_default());
    face
}

/// Whether a process is there and more than a zombie.
pub fn alive(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
        !stat
            .rsplit(") ")
            .next()
            .is_some_and(|rest| rest.starts_with('Z'))
    })
}

/// How many threads a process has; none once it is gone.
pub fn threads(pid: u32) -> usize {
    fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count)
}

/// Kills a process at once, as a crash would.
pub fn kill(pid: u32) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended by itself, which is as good.
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// Files below a folder that hold these bytes.
pub fn files_holding(folder: &Path, secret: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files_holding(&path, secret)),
            Ok(kind) if kind.is_file() && holds(&fs::read(&path).unwrap_or_default(), secret) => {
                found.push(path);
            }
            _ if holds(path.as_os_str().as_bytes(), secret) => found.push(path),
            _ => {}
        }
    }
    found
}

/// Whether bytes hold a text, in UTF-8 or in UTF-16 as web views like to store it.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes(), &wide]
        .iter()
        .any(|needle| bytes.windows(needle.len()).any(|window| window == *needle))
}
