//! Whether Runwatch is started with the computer.

use std::sync::Arc;

use runwatch_contract::LaunchAtLogin;

use crate::api::answer::Answer;
use crate::app_state::AppState;
use crate::settings::launch_at_login;

pub async fn get_launch_at_login(app_state: &Arc<AppState>) -> Answer<LaunchAtLogin> {
    launch_at_login::get(app_state).await
}

pub async fn set_launch_at_login(app_state: &Arc<AppState>, on: bool) -> Answer<LaunchAtLogin> {
    launch_at_login::set(app_state, on).await
}
