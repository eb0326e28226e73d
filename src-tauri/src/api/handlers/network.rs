//! The way to SolveXia: its settings, and a check of it.

use std::sync::Arc;

use runwatch_contract::{HopView, NetworkChange, NetworkView};

use crate::api::answer::Answer;
use crate::app_state::AppState;
use crate::settings::{connection_check, network};
use crate::shell::file_dialog;

pub async fn get_network(app_state: &Arc<AppState>) -> Answer<NetworkView> {
    Ok(network::view(&app_state.route.get()))
}

pub async fn set_network(app_state: &Arc<AppState>, change: NetworkChange) -> Answer<NetworkView> {
    network::change(app_state, change).await
}

pub async fn check_connection(
    app_state: &Arc<AppState>,
    account_id: Option<String>,
    environment: Option<String>,
) -> Answer<Vec<HopView>> {
    connection_check::check(app_state, account_id, environment).await
}

pub async fn choose_certificate_file(app_state: &Arc<AppState>) -> Answer<Option<String>> {
    let Some(app) = app_state.app.get() else {
        return Ok(None);
    };
    let file = file_dialog::choose_certificate(app).await;
    Ok(file.map(|path| path.display().to_string()))
}
