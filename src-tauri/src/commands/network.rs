//! The way to SolveXia: its settings, and a check of it.

use runwatch_contract::{HopView, NetworkChange, NetworkView};

use super::{Answer, Shared};
use crate::network;

/// The connection settings.
#[tauri::command]
pub async fn get_network(world: Shared<'_>) -> Answer<NetworkView> {
    Ok(network::view(&world.way()))
}

/// Changes the connection settings.
#[tauri::command]
pub async fn set_network(world: Shared<'_>, change: NetworkChange) -> Answer<NetworkView> {
    network::change(&world, change).await
}

/// Says which part of the way to an account's SolveXia, or to an environment, does not work.
#[tauri::command]
pub async fn check_connection(
    world: Shared<'_>,
    account_id: Option<String>,
    environment: Option<String>,
) -> Answer<Vec<HopView>> {
    network::check(&world, account_id, environment).await
}
