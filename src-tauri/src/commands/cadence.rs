//! How often SolveXia is asked.

use runwatch_contract::Cadence;

use super::{Answer, Shared};
use crate::cadence;

/// The limits between which it is learned.
#[tauri::command]
pub async fn get_cadence(world: Shared<'_>) -> Answer<Cadence> {
    Ok(cadence::shown(world.engine.settings.poll_limits()))
}

/// Changes them.
#[tauri::command]
pub async fn set_cadence(world: Shared<'_>, cadence: Cadence) -> Answer<Cadence> {
    cadence::change(&world, cadence).await
}
