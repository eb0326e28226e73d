//! Processes: the way process → run, and creating one.

use std::sync::Arc;

use runwatch_contract::{
    AppError, CreateReply, ErrorCode, ProcessDetail, ProcessList, ProcessRow, ProcessRunList,
    ProcessRunRow, ProcessRunStatus, ProcessStepRow,
};
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::observation::{ListedStep, NamedRun, ProcessInfo};
use runwatch_core::status_stamp::StatusStamp;
use runwatch_engine::actions::create::CreateAnswer;

use crate::api::answer::{Answer, api, learned, process};
use crate::api::errors::ForPage;
use crate::api::views::run::row_of;
use crate::app_state::AppState;

pub async fn list_processes(
    app_state: &Arc<AppState>,
    account_id: String,
    name: String,
) -> Answer<ProcessList> {
    let account = AccountId(account_id);
    let answer = api(app_state, &account)?.processes(name.trim()).await;
    let row = |process: ProcessInfo| ProcessRow {
        process_id: process.id.to_string(),
        name: process.name,
    };
    let found = learned(app_state, &account, answer)?;
    Ok(ProcessList {
        rows: found.entries.into_iter().map(row).collect(),
        is_cut: found.is_cut,
    })
}

pub async fn get_process(
    app_state: &Arc<AppState>,
    account_id: String,
    process_id: String,
) -> Answer<ProcessDetail> {
    let (account, process) = (AccountId(account_id), process(&process_id)?);
    let answer = api(app_state, &account)?.process(&process).await;
    let found = learned(app_state, &account, answer)?;
    let dates = app_state.engine.server_dates(&account);
    let millis = |date| dates.run_moment(date).as_millisecond();
    Ok(ProcessDetail {
        process_id: found.id.to_string(),
        name: found.name,
        description: found.description,
        last_modified_by: found.last_modified_by,
        date_modified: found.date_modified.map(millis),
    })
}

pub async fn list_process_runs(
    app_state: &Arc<AppState>,
    account_id: String,
    process_id: String,
) -> Answer<ProcessRunList> {
    let (account, process) = (AccountId(account_id), process(&process_id)?);
    let answer = api(app_state, &account)?.process_runs(&process).await;
    let found = learned(app_state, &account, answer)?;
    Ok(ProcessRunList {
        rows: run_rows(app_state, &account, found.entries),
        is_cut: found.is_cut,
    })
}

pub async fn process_run_status(
    app_state: &Arc<AppState>,
    account_id: String,
    run_id: String,
) -> Answer<ProcessRunStatus> {
    let account = AccountId(account_id);
    let run = RunId::parse(&run_id).map_err(|error| error.for_page())?;
    let answer = api(app_state, &account)?.run_status(&run).await;
    let seen = learned(app_state, &account, answer)?;
    let dates = app_state.engine.server_dates(&account);
    let millis = |date| dates.run_moment(date).as_millisecond();
    Ok(ProcessRunStatus {
        ended: StatusStamp::of(&seen).ended(),
        status: seen.status.word().to_owned(),
        started: seen.started.map(millis),
        finished: seen.finished.map(millis),
    })
}

pub async fn list_process_steps(
    app_state: &Arc<AppState>,
    account_id: String,
    process_id: String,
) -> Answer<Vec<ProcessStepRow>> {
    let (account, process) = (AccountId(account_id), process(&process_id)?);
    let answer = api(app_state, &account)?.process_steps(&process).await;
    let mut found = learned(app_state, &account, answer)?.entries;
    found.sort_by_key(|step| (step.order.is_none(), step.order.clone()));
    let row = |step: ListedStep| ProcessStepRow {
        step_id: step.id.to_string(),
        name: step.name,
        order: step.order.map(|order| order.to_string()),
        enabled: step.enabled,
    };
    Ok(found.into_iter().map(row).collect())
}

pub async fn create_run(
    app_state: &Arc<AppState>,
    account_id: String,
    process_id: String,
    name_prefix: String,
    again: bool,
) -> Answer<CreateReply> {
    let (account, process) = (AccountId(account_id), process(&process_id)?);
    if let Some(reason) = app_state.history.bars_actions() {
        return Err(AppError::new(ErrorCode::NotNow, reason));
    }
    let (engine, prefix) = (&app_state.engine, name_prefix.trim());
    let answer = engine.create_run(&account, &process, prefix, again).await;
    Ok(match answer.map_err(|error| error.for_page())? {
        CreateAnswer::Created { run, unread } => CreateReply {
            row: Some(row_of(app_state, &run)?),
            message: unread,
            new_runs: Vec::new(),
        },
        CreateAnswer::Lost { message, new_runs } => CreateReply {
            row: None,
            message: Some(message),
            new_runs: run_rows(app_state, &account, new_runs),
        },
    })
}

fn run_rows(app_state: &AppState, account: &AccountId, runs: Vec<NamedRun>) -> Vec<ProcessRunRow> {
    let row = |run: NamedRun| {
        let key = RunKey {
            account: account.clone(),
            run: run.id,
        };
        ProcessRunRow {
            added: app_state.engine.runs.get(&key).is_ok(),
            run_id: key.run.to_string(),
            name: run.name,
        }
    };
    runs.into_iter().map(row).collect()
}
