//! What is around the page: window, tray, menu, quitting, staying awake.

pub mod browser;
pub mod clipboard;
mod closing;
#[cfg(target_os = "macos")]
pub mod menu;
pub mod quit;
pub mod quitting;
pub mod stay_awake;
pub mod tray;
mod tray_presence;
mod tray_summary;
pub mod window;
