//! What is around the page: window, tray, menu, quitting, staying awake.

pub mod addresses;
pub mod badge;
pub mod badge_state;
pub mod browser;
pub mod clipboard;
mod close_notice;
pub mod file_dialog;
pub mod main_window;
#[cfg(target_os = "macos")]
pub mod menu;
pub mod native_message;
mod no_window_words;
mod page_ends;
mod page_process;
pub mod placement;
pub mod placement_state;
pub mod quit;
pub mod quit_state;
pub mod revival;
pub mod revival_state;
pub mod stay_awake;
pub mod tray;
mod tray_image;
pub mod tray_menu;
mod tray_presence;
mod tray_summary;
pub mod window;
