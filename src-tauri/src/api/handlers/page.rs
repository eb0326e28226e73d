//! The page as a whole: its start, its updates, its Inbox, and quitting.

use std::sync::Arc;

use runwatch_contract::{AppError, ErrorCode, RunRef, Snapshot, Update};
use runwatch_core::words;
use tauri::ipc::Channel;

use crate::api::answer::{Answer, run_key};
use crate::api::errors::ForPage;
use crate::api::updates;
use crate::api::views::{self, LATEST};
use crate::app_state::AppState;
use crate::shell::file_dialog::SystemDialogs;
use crate::shell::quit;
use crate::startup::sample_window;
use crate::support::activity_export;
use crate::support::diagnostics::text;

pub async fn subscribe(app_state: &Arc<AppState>, on_update: Channel<Vec<Update>>) -> Answer<()> {
    updates::subscribe(app_state, on_update);
    Ok(())
}

pub async fn page_alive(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.page.is_alive();
    Ok(())
}

pub async fn snapshot(app_state: &Arc<AppState>) -> Answer<Snapshot> {
    let engine = &app_state.engine;
    let seq = engine.runs.latest_change();
    let inbox = engine.history.store().inbox(LATEST).await;
    let activity = engine.history.store().activity(LATEST).await;
    let broken = inbox
        .as_ref()
        .err()
        .or(activity.as_ref().err())
        .map(ToString::to_string);
    let mut told = engine.outbox.unwritten();
    told.reverse();
    told.extend(inbox.unwrap_or_default());
    let unreadable = words::unreadable(&engine.history.store().unreadable());
    Ok(Snapshot {
        app: views::app_info(app_state),
        accounts: engine
            .accounts
            .all()
            .iter()
            .map(|session| views::account::account(app_state, session))
            .collect(),
        runs: engine
            .runs
            .all()
            .iter()
            .map(|tracked| views::run::row(app_state, tracked))
            .collect(),
        inbox: told.iter().map(views::inbox::item).collect(),
        activity: activity
            .unwrap_or_default()
            .iter()
            .map(views::activity::row)
            .collect(),
        store_problem: app_state
            .history
            .problem()
            .or(engine.history.problem())
            .or(broken),
        desktop_problem: engine.outbox.desktop_problem(),
        damaged: app_state.history.damaged(&app_state.folder),
        paused: engine.is_paused(),
        notes: [app_state.notes.clone(), unreadable].concat(),
        open_run: engine.open_run().map(|key| RunRef {
            account_id: key.account.0,
            run_id: key.run.to_string(),
        }),
        seq,
    })
}

pub async fn start_new_history(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.history.start_new(&app_state.folder).await?;
    // What can be done with each run has changed.
    for tracked in app_state.engine.runs.all() {
        app_state.engine.runs.changed(&tracked.key);
    }
    Ok(())
}

pub async fn open_sample_data(app_state: &Arc<AppState>) -> Answer<()> {
    sample_window::open(&app_state.folder).map_err(|error| {
        let said = format!(
            "The sample data could not be opened ({error}). Nothing else has changed. Try again once \
             Runwatch was quit and started anew."
        );
        AppError::new(ErrorCode::Internal, said)
    })
}

pub async fn copy_text(app_state: &Arc<AppState>, text: String) -> Answer<()> {
    app_state.clipboard.copy(text)
}

pub async fn export_activity(app_state: &Arc<AppState>) -> Answer<Option<String>> {
    let Some(app) = app_state.app.get() else {
        return Ok(None);
    };
    let saved = activity_export::export(app_state, &SystemDialogs(app.clone())).await?;
    Ok(saved.map(|place| place.display().to_string()))
}

pub async fn diagnostics(app_state: &Arc<AppState>) -> Answer<String> {
    Ok(text(app_state))
}

pub async fn mark_inbox_read(app_state: &Arc<AppState>, ids: Vec<i64>) -> Answer<()> {
    let marked = app_state.engine.outbox.mark_read(ids).await;
    marked.map_err(|error| error.for_page())
}

pub async fn mark_run_read(app_state: &Arc<AppState>, run: RunRef) -> Answer<()> {
    let marked = app_state.engine.outbox.mark_run_read(&run_key(&run)?).await;
    marked.map_err(|error| error.for_page())
}

pub async fn ask_now(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.awoke();
    Ok(())
}

pub async fn set_paused(app_state: &Arc<AppState>, paused: bool) -> Answer<()> {
    app_state.engine.set_paused(paused);
    Ok(())
}

pub async fn ask_to_quit(app_state: &Arc<AppState>) -> Answer<()> {
    if let Some(app) = app_state.app.get() {
        quit::ask(app);
    }
    Ok(())
}

pub async fn quit(app_state: &Arc<AppState>) -> Answer<()> {
    if let Some(app) = app_state.app.get() {
        quit::now(app);
    }
    Ok(())
}

pub async fn stay(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.page.stay();
    Ok(())
}
