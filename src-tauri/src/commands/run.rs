//! Runs of the table.

use runwatch_contract::{RunDetail, RunRow};
use runwatch_core::run_reference::parse_run;

use super::{Answer, Shared, detail, row};
use crate::errors::ForPage;

/// Puts a run into the table, by its id or an address of it.
#[tauri::command]
pub async fn add_run(world: Shared<'_>, account_id: String, text: String) -> Answer<RunRow> {
    let account = world.account(&account_id)?;
    let run = parse_run(&text, &account.environment).map_err(|error| error.for_page())?;
    let key = world
        .engine
        .add_run(&account.id, run)
        .await
        .map_err(|error| error.for_page())?;
    row(&world, &key)
}

/// Takes a run off the table. Nothing changes in SolveXia.
#[tauri::command]
pub async fn remove_run(world: Shared<'_>, account_id: String, run_id: String) -> Answer<()> {
    let key = world.key(&account_id, &run_id)?;
    world
        .engine
        .remove_run(&key)
        .await
        .map_err(|error| error.for_page())
}

/// Turns watching on or off.
#[tauri::command]
pub async fn watch_run(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
    watched: bool,
) -> Answer<RunRow> {
    let key = world.key(&account_id, &run_id)?;
    world
        .engine
        .set_watched(&key, watched)
        .await
        .map_err(|error| error.for_page())?;
    row(&world, &key)
}

/// Says which run is open in the page, if any.
#[tauri::command]
pub async fn show_run(
    world: Shared<'_>,
    account_id: Option<String>,
    run_id: Option<String>,
) -> Answer<()> {
    let key = match (account_id, run_id) {
        (Some(account), Some(run)) => Some(world.key(&account, &run)?),
        _ => None,
    };
    world.engine.set_window(key, true);
    Ok(())
}

/// A run as it is known here, without asking SolveXia.
#[tauri::command]
pub async fn run_detail(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
) -> Answer<RunDetail> {
    detail(&world, &world.key(&account_id, &run_id)?)
}

/// Get a run: its name, description and who changed it.
#[tauri::command]
pub async fn get_run(world: Shared<'_>, account_id: String, run_id: String) -> Answer<RunDetail> {
    let key = world.key(&account_id, &run_id)?;
    world
        .engine
        .refresh_info(&key)
        .await
        .map_err(|error| error.for_page())?;
    detail(&world, &key)
}

/// Run status, asked now.
#[tauri::command]
pub async fn get_run_status(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
) -> Answer<RunDetail> {
    let key = world.key(&account_id, &run_id)?;
    world
        .engine
        .refresh(&key)
        .await
        .map_err(|error| error.for_page())?;
    detail(&world, &key)
}
