//! Runs of the list.

use std::sync::Arc;

use runwatch_contract::{FoundRun, ListSettings, PastAttempt, RunDetail, RunRef, RunRow};
use runwatch_core::ids::RunKey;
use runwatch_core::run_reference::{NamedRunId, find_runs, parse_run};

use crate::api::answer::{Answer, run_key, run_keys};
use crate::api::errors::ForPage;
use crate::api::views::run::{detail_of, past_attempt, row_of};
use crate::app_state::AppState;

pub async fn add_run(
    app_state: &Arc<AppState>,
    account_id: String,
    text: String,
) -> Answer<RunRow> {
    let account = app_state.account(&account_id)?;
    let run = parse_run(&text, &account.environment).map_err(|error| error.for_page())?;
    let added = app_state.engine.add_run(&account.id, run).await;
    row_of(app_state, &added.map_err(|error| error.for_page())?)
}

pub async fn find_run_ids(
    app_state: &Arc<AppState>,
    account_id: String,
    text: String,
) -> Answer<Vec<FoundRun>> {
    let account = app_state.account(&account_id)?;
    let found = find_runs(&text, &account.environment).map_err(|error| error.for_page())?;
    let view = |named: NamedRunId| {
        let key = RunKey {
            account: account.id.clone(),
            run: named.run,
        };
        FoundRun {
            added: app_state.engine.runs.get(&key).is_ok(),
            run_id: key.run.to_string(),
            is_guess: named.is_guess,
        }
    };
    Ok(found.into_iter().map(view).collect())
}

pub async fn undo_remove(app_state: &Arc<AppState>, run: RunRef) -> Answer<RunRow> {
    let key = run_key(&run)?;
    let undone = app_state.engine.undo_remove(&key).await;
    undone.map_err(|error| error.for_page())?;
    row_of(app_state, &key)
}

pub async fn archive_runs(
    app_state: &Arc<AppState>,
    runs: Vec<RunRef>,
    archived: bool,
) -> Answer<()> {
    let keys = run_keys(&runs)?;
    let done = app_state.engine.archive_runs(&keys, archived).await;
    done.map_err(|error| error.for_page())
}

pub async fn mark_handled(
    app_state: &Arc<AppState>,
    runs: Vec<RunRef>,
    note: String,
) -> Answer<()> {
    set_handled(app_state, runs, Some(&note)).await
}

pub async fn unmark_handled(app_state: &Arc<AppState>, runs: Vec<RunRef>) -> Answer<()> {
    set_handled(app_state, runs, None).await
}

async fn set_handled(
    app_state: &Arc<AppState>,
    runs: Vec<RunRef>,
    note: Option<&str>,
) -> Answer<()> {
    let keys = run_keys(&runs)?;
    let done = app_state.engine.set_handled(&keys, note).await;
    done.map_err(|error| error.for_page())
}

pub async fn get_list_settings(app_state: &Arc<AppState>) -> Answer<ListSettings> {
    Ok(app_state.engine.settings.list())
}

pub async fn set_list_settings(app_state: &Arc<AppState>, settings: ListSettings) -> Answer<()> {
    let engine = &app_state.engine;
    let kept = engine.settings.save_list(settings, &engine.history).await;
    kept.map_err(|error| error.for_page())
}

pub async fn remove_run(app_state: &Arc<AppState>, run: RunRef) -> Answer<()> {
    let removed = app_state.engine.remove_run(&run_key(&run)?).await;
    removed.map_err(|error| error.for_page())
}

pub async fn watch_run(app_state: &Arc<AppState>, run: RunRef, watched: bool) -> Answer<RunRow> {
    let key = run_key(&run)?;
    let changed = app_state.engine.set_watched(&key, watched).await;
    changed.map_err(|error| error.for_page())?;
    row_of(app_state, &key)
}

pub async fn show_run(app_state: &Arc<AppState>, run: Option<RunRef>) -> Answer<()> {
    let key = run.as_ref().map(run_key).transpose()?;
    app_state.engine.set_open_run(key);
    Ok(())
}

pub async fn run_detail(app_state: &Arc<AppState>, run: RunRef) -> Answer<RunDetail> {
    detail_of(app_state, &run_key(&run)?)
}

pub async fn past_attempts(app_state: &Arc<AppState>, run: RunRef) -> Answer<Vec<PastAttempt>> {
    let key = run_key(&run)?;
    let engine = &app_state.engine;
    let found = engine.history.store().ended_attempts(&key).await;
    let dates = engine.server_dates(&key.account);
    let attempts = found.map_err(|error| error.for_page())?;
    Ok(attempts
        .iter()
        .map(|attempt| past_attempt(attempt, &dates))
        .collect())
}

pub async fn get_run(app_state: &Arc<AppState>, run: RunRef) -> Answer<RunDetail> {
    let key = run_key(&run)?;
    let read = app_state.engine.refresh_info(&key).await;
    read.map_err(|error| error.for_page())?;
    detail_of(app_state, &key)
}

pub async fn get_run_status(app_state: &Arc<AppState>, run: RunRef) -> Answer<RunDetail> {
    let key = run_key(&run)?;
    let read = app_state.engine.refresh(&key).await;
    read.map_err(|error| error.for_page())?;
    detail_of(app_state, &key)
}
