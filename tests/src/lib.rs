//! Drives the real app: its window through WebDriver, on a desktop of its own.
//!
//! A [`scene`] is a test's whole world: a virtual display, a D-Bus session with a real keychain and
//! a recording notification server ([`desktop`]), a simulated SolveXia, and the app itself
//! ([`app`]), whose page is read and used like a person would ([`page`], [`user_actions`]). Nothing is
//! shared between scenes, and nothing outlives one. Scenes of one process take turns, as a starved
//! window looks like a broken one; nextest gives each a process of its own, and
//! `.config/nextest.toml` says how many of those run side by side.
//!
//! The app is the binary that `cargo build` made, or the one that `RUNWATCH_BIN` names.
#![cfg(target_os = "linux")]

pub mod app;
pub mod browser;
pub mod desktop;
pub mod dock;
pub mod keychain;
pub mod locator;
pub mod meter;
pub mod notifications;
pub mod page;
pub mod processes;
pub mod refused_launch;
pub mod scene;
pub mod seeds;
pub mod simulator;
pub mod stored_data;
pub mod tray;
pub mod user_actions;
pub mod waiting;
pub mod webdriver;
pub mod windows;

pub use app::{App, Launch};
pub use locator::{By, by};
pub use scene::{Scene, scene, scene_on};
