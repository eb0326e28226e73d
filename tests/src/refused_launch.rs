//! A launch that does not start the app: it says why on standard error and in a message box.

use std::process::{Command, Output, Stdio};

use anyhow::{Result, ensure};

use crate::desktop::Desktop;
use crate::waiting::{SOON, until};

/// Launches it, closes the box, and gives what was said once it has ended.
pub fn refused(desktop: &Desktop, mut command: Command) -> Result<Output> {
    let launch = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let pid = launch.id();
    let titles = until("a message box", SOON, || {
        let titles = desktop.window_titles(pid)?;
        Ok((!titles.is_empty()).then_some(titles))
    })?;
    ensure!(titles == ["Runwatch could not start"], "{titles:?}");
    desktop.close_window(pid)?;
    Ok(launch.wait_with_output()?)
}
