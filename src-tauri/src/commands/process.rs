//! Processes: the way process → run, and creating one.

use runwatch_contract::{ProcessDetail, ProcessRow, ProcessRunRow, ProcessStepRow, RunRow};
use runwatch_core::clock_offset::here;
use runwatch_core::error::CallError;
use runwatch_core::ids::{AccountId, ProcessId, RunKey};

use super::{Answer, Shared};
use crate::errors::ForPage;
use crate::world::World;

fn process(id: &str) -> Answer<ProcessId> {
    ProcessId::parse(id).map_err(|error| error.for_page())
}

fn learned<T>(world: &World, account: &AccountId, answer: Result<T, CallError>) -> Answer<T> {
    world
        .engine
        .learn_from(account, answer)
        .map_err(|error| error.for_page())
}

/// Processes whose name holds this text; all where it is empty.
#[tauri::command]
pub async fn list_processes(
    world: Shared<'_>,
    account_id: String,
    name: String,
) -> Answer<Vec<ProcessRow>> {
    let account = AccountId(account_id);
    let api = world
        .engine
        .accounts
        .api(&account)
        .map_err(|error| error.for_page())?;
    let found = learned(&world, &account, api.processes(name.trim()).await)?;
    let row = |process: runwatch_core::observation::ProcessInfo| ProcessRow {
        process_id: process.id.to_string(),
        name: process.name,
    };
    Ok(found.into_iter().map(row).collect())
}

/// One process.
#[tauri::command]
pub async fn get_process(
    world: Shared<'_>,
    account_id: String,
    process_id: String,
) -> Answer<ProcessDetail> {
    let account = AccountId(account_id);
    let api = world
        .engine
        .accounts
        .api(&account)
        .map_err(|error| error.for_page())?;
    let found = learned(&world, &account, api.process(&process(&process_id)?).await)?;
    let ahead = world.engine.clock_ahead(&account);
    let millis = |date| here(date, ahead).as_millisecond();
    Ok(ProcessDetail {
        process_id: found.id.to_string(),
        name: found.name,
        description: found.description,
        last_modified_by: found.last_modified_by,
        date_modified: found.date_modified.map(millis),
    })
}

/// The runs of a process.
#[tauri::command]
pub async fn list_process_runs(
    world: Shared<'_>,
    account_id: String,
    process_id: String,
) -> Answer<Vec<ProcessRunRow>> {
    let account = AccountId(account_id);
    let api = world
        .engine
        .accounts
        .api(&account)
        .map_err(|error| error.for_page())?;
    let found = learned(
        &world,
        &account,
        api.process_runs(&process(&process_id)?).await,
    )?;
    let row = |run: runwatch_core::observation::NamedRun| {
        let key = RunKey {
            account: account.clone(),
            run: run.id,
        };
        ProcessRunRow {
            added: world.engine.runs.get(&key).is_ok(),
            run_id: key.run.to_string(),
            name: run.name,
        }
    };
    Ok(found.into_iter().map(row).collect())
}

/// The data steps of a process.
#[tauri::command]
pub async fn list_process_steps(
    world: Shared<'_>,
    account_id: String,
    process_id: String,
) -> Answer<Vec<ProcessStepRow>> {
    let account = AccountId(account_id);
    let api = world
        .engine
        .accounts
        .api(&account)
        .map_err(|error| error.for_page())?;
    let mut found = learned(
        &world,
        &account,
        api.process_steps(&process(&process_id)?).await,
    )?;
    found.sort_by_key(|step| (step.order.is_none(), step.order.clone()));
    let row = |step: runwatch_core::observation::ListedStep| ProcessStepRow {
        step_id: step.id.to_string(),
        name: step.name,
        order: step.order.map(|order| order.to_string()),
        enabled: step.enabled,
    };
    Ok(found.into_iter().map(row).collect())
}

/// Creates a run of a process, not started, and puts it into the table.
#[tauri::command]
pub async fn create_run(
    world: Shared<'_>,
    account_id: String,
    process_id: String,
    name_prefix: String,
) -> Answer<RunRow> {
    let account = AccountId(account_id);
    let api = world
        .engine
        .accounts
        .api(&account)
        .map_err(|error| error.for_page())?;
    let process = process(&process_id)?;
    let created = learned(
        &world,
        &account,
        api.create_run(&process, name_prefix.trim()).await,
    )?;
    let key = world
        .engine
        .add_run(&account, created.id)
        .await
        .map_err(|error| error.for_page())?;
    let tracked = world
        .engine
        .runs
        .get(&key)
        .map_err(|error| error.for_page())?;
    Ok(world.row(&tracked))
}
