//! Drives the real app: its window through WebDriver, on a desktop of its own.
//!
//! A [`scene`] is a test's whole world: a virtual display, a D-Bus session with a real keychain and
//! a recording notification server ([`desktop`]), a simulated SolveXia, and the app itself
//! ([`app`]), whose page is read and used like a person would ([`page`], [`hands`]). Nothing is
//! shared between scenes, and nothing outlives one. Scenes of one test program take turns: the
//! machine that runs them may be small, and a starved window looks like a broken one.
//!
//! The app is the binary that `cargo build` made, or the one that `RUNWATCH_BIN` names.
#![cfg(target_os = "linux")]

pub mod app;
pub mod browser;
pub mod by;
pub mod children;
pub mod desktop;
pub mod driver;
pub mod hands;
pub mod kept;
pub mod keychain;
pub mod notifications;
pub mod page;
pub mod scene;
pub mod seeds;
pub mod tray;
pub mod windows;
pub mod world;

pub use app::{App, Launch};
pub use by::{By, by};
pub use scene::{Scene, scene, scene_on};
