//! Steps of a run.

use runwatch_contract::RunDetail;
use runwatch_core::ids::StepId;

use super::{Answer, Shared, detail};
use crate::errors::ForPage;
use crate::world::World;

fn step(id: &str) -> Answer<StepId> {
    StepId::parse(id).map_err(|error| error.for_page())
}

async fn read(world: &World, account: &str, run: &str, id: &str) -> Answer<RunDetail> {
    let key = world.key(account, run)?;
    world
        .engine
        .read_step(&key, step(id)?)
        .await
        .map_err(|error| error.for_page())?;
    detail(world, &key)
}

/// Data steps of a run, with their status.
#[tauri::command]
pub async fn get_run_steps(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
) -> Answer<RunDetail> {
    let key = world.key(&account_id, &run_id)?;
    world
        .engine
        .poll(&key, true)
        .await
        .map_err(|error| error.for_page())?;
    detail(&world, &key)
}

/// Run status of one step, asked now.
#[tauri::command]
pub async fn get_step_status(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
    step_id: String,
) -> Answer<RunDetail> {
    read(&world, &account_id, &run_id, &step_id).await
}

/// Adds a step by its id, as SolveXia lists no action steps.
#[tauri::command]
pub async fn add_step(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
    step_id: String,
) -> Answer<RunDetail> {
    read(&world, &account_id, &run_id, &step_id).await
}

/// Takes a step that was added by hand off again.
#[tauri::command]
pub async fn remove_step(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
    step_id: String,
) -> Answer<RunDetail> {
    let key = world.key(&account_id, &run_id)?;
    world
        .engine
        .remove_step(&key, &step(&step_id)?)
        .await
        .map_err(|error| error.for_page())?;
    detail(&world, &key)
}
