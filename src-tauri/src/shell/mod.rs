//! What is around the page: window, tray, menu, quitting, staying awake.

pub mod addresses;
pub mod browser;
pub mod clipboard;
mod close_notice;
#[cfg(target_os = "macos")]
pub mod menu;
pub mod quit;
pub mod quit_state;
pub mod stay_awake;
pub mod tray;
pub mod tray_menu;
mod tray_presence;
mod tray_summary;
pub mod window;
