//! What the engine knows, as the page shows it. Plain translation, no decisions.

pub mod account;
pub mod activity;
pub mod close;
mod forecast;
pub mod inbox;
pub mod run;

use jiff::Timestamp;
use runwatch_contract::{AppInfo, PolicyView};
use runwatch_core::account::USUAL_CALLBACK_PORT;

use crate::app_state::AppState;
use crate::startup::sample_server::SampleServer;

/// Lists show this many of the newest.
pub const LATEST: u32 = 500;

/// What "About" says.
pub fn app_info(app_state: &AppState) -> AppInfo {
    AppInfo {
        name: "Runwatch".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        demo: app_state.demo.is_some(),
        data_folder: app_state.folder.path().display().to_string(),
        usual_callback_port: USUAL_CALLBACK_PORT,
        demo_origin: app_state.demo.as_ref().map(SampleServer::origin),
        policy: PolicyView::from(&app_state.policy),
    }
}

/// A number as the page has it.
pub fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A moment as the page has it.
fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}
