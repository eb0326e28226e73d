//! The close board: plans, closes, and how they stand.

use std::sync::Arc;

use runwatch_close_files::evidence::{PackFile, files};
use runwatch_contract::{
    AppError, CalendarForm, CalendarPreset, CloseBoard, CloseRef, ErrorCode, ImportedCalendar,
    OpenChoice, PlanForm, PlanProposal, PlanRow,
};
use runwatch_core::close::holidays::{PRESETS, Preset, pasted};
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::plan::PlanId;
use runwatch_core::close::working_days::Calendar;
use runwatch_core::run_reference::parse_run;
use runwatch_engine::EngineError;
use runwatch_platform::write_new_folder;

use crate::api::answer::{Answer, process};
use crate::api::errors::ForPage;
use crate::api::views::close as views;
use crate::app_state::AppState;
use crate::close::calendar_file;
use crate::close::draft::{close_id, read, show_calendar};
use crate::close::evidence::{evidence, folder_name};
use crate::shell::file_dialog::{choose_calendar, choose_evidence_folder};

pub async fn list_plans(app_state: &Arc<AppState>) -> Answer<Vec<PlanRow>> {
    let mut plans = app_state.engine.closes.plans();
    plans.sort_by_key(|plan| plan.draft().name.to_lowercase());
    let row = |plan| views::plan_row(app_state, plan);
    Ok(plans.iter().map(row).collect())
}

pub async fn save_plan(app_state: &Arc<AppState>, plan: PlanForm) -> Answer<PlanRow> {
    let saved = app_state.engine.save_plan(read(plan)?).await;
    let plan = saved.map_err(|error| error.for_page())?;
    Ok(views::plan_row(app_state, &plan))
}

pub async fn delete_plan(app_state: &Arc<AppState>, plan_id: String) -> Answer<()> {
    let deleted = app_state.engine.delete_plan(&PlanId(plan_id)).await;
    deleted.map_err(|error| error.for_page())
}

pub async fn propose_plan(app_state: &Arc<AppState>, draft: PlanForm) -> Answer<PlanProposal> {
    let proposed = app_state.engine.propose_plan(read(draft)?).await;
    proposed
        .map(views::proposal)
        .map_err(|error| error.for_page())
}

pub async fn list_calendars(_app_state: &Arc<AppState>) -> Answer<Vec<CalendarPreset>> {
    let preset = |preset: &Preset| CalendarPreset {
        code: preset.code.to_owned(),
        name: preset.name.to_owned(),
        known_until: preset
            .calendar()
            .known_until
            .map_or_else(String::new, |day| day.to_string()),
    };
    Ok(PRESETS.iter().map(preset).collect())
}

pub async fn preset_calendar(_app_state: &Arc<AppState>, code: String) -> Answer<CalendarForm> {
    let preset = Preset::by_code(&code).ok_or_else(|| {
        let message = "Runwatch has no holidays under this name. Choose others, or paste the days.";
        AppError::new(ErrorCode::NotFound, message)
    });
    preset.map(|preset| show_calendar(&preset.calendar()))
}

pub async fn paste_calendar(_app_state: &Arc<AppState>, text: String) -> Answer<CalendarForm> {
    let holidays = pasted(&text).map_err(|error| error.for_page())?;
    Ok(show_calendar(&Calendar {
        name: "Pasted days".to_owned(),
        holidays,
        known_until: None,
    }))
}

pub async fn import_calendar(app_state: &Arc<AppState>) -> Answer<Option<ImportedCalendar>> {
    let chosen = match app_state.app.get() {
        Some(app) => choose_calendar(app).await,
        None => None,
    };
    match chosen {
        Some(path) => in_background(move || calendar_file::import(&path))
            .await
            .map(Some),
        None => Ok(None),
    }
}

pub async fn open_choices(app_state: &Arc<AppState>, plan_id: String) -> Answer<Vec<OpenChoice>> {
    let choices = app_state.engine.open_choices(&PlanId(plan_id));
    let choices = choices.map_err(|error| EngineError::from(error).for_page())?;
    Ok(choices.into_iter().map(views::open_choice).collect())
}

pub async fn open_close(app_state: &Arc<AppState>, close: CloseRef) -> Answer<CloseBoard> {
    let id = close_id(&close)?;
    let opened = app_state.engine.open_close(&id).await;
    opened.map_err(|error| error.for_page())?;
    board(app_state, &id).await
}

pub async fn move_close(app_state: &Arc<AppState>, close: CloseRef) -> Answer<CloseBoard> {
    let id = close_id(&close)?;
    let moved = app_state.engine.move_close(&id).await;
    moved.map_err(|error| error.for_page())?;
    board(app_state, &id).await
}

pub async fn archive_close(
    app_state: &Arc<AppState>,
    close: CloseRef,
    archived: bool,
) -> Answer<CloseBoard> {
    let id = close_id(&close)?;
    let done = app_state.engine.archive_close(&id, archived).await;
    done.map_err(|error| error.for_page())?;
    board(app_state, &id).await
}

pub async fn close_board(app_state: &Arc<AppState>, close: CloseRef) -> Answer<CloseBoard> {
    board(app_state, &close_id(&close)?).await
}

pub async fn bind_run(
    app_state: &Arc<AppState>,
    close: CloseRef,
    process_id: String,
    text: String,
) -> Answer<CloseBoard> {
    let (id, item) = (close_id(&close)?, process(&process_id)?);
    let engine = &app_state.engine;
    let (plan, _) = engine
        .closes
        .get(&id)
        .map_err(|error| EngineError::from(error).for_page())?;
    let account = app_state.account(&plan.draft().account.0)?;
    let run = parse_run(&text, &account.environment).map_err(|error| error.for_page())?;
    let bound = engine.bind_run(&id, &item, run).await;
    bound.map_err(|error| error.for_page())?;
    board(app_state, &id).await
}

pub async fn unbind_run(
    app_state: &Arc<AppState>,
    close: CloseRef,
    process_id: String,
) -> Answer<CloseBoard> {
    let (id, item) = (close_id(&close)?, process(&process_id)?);
    let unbound = app_state.engine.unbind_run(&id, &item).await;
    unbound.map_err(|error| error.for_page())?;
    board(app_state, &id).await
}

pub async fn export_evidence(app_state: &Arc<AppState>, close: CloseRef) -> Answer<Option<String>> {
    let id = close_id(&close)?;
    // Before the dialog: what is not there is not to be put anywhere.
    let there = app_state.engine.closes.get(&id);
    there.map_err(|error| EngineError::from(error).for_page())?;
    let chosen = match app_state.app.get() {
        Some(app) => choose_evidence_folder(app).await,
        None => None,
    };
    let Some(parent) = chosen else {
        return Ok(None);
    };
    let record = app_state.engine.close_record(&id).await;
    let record = record.map_err(|error| error.for_page())?;
    let write = move || {
        let pack = files(&evidence(&record, env!("CARGO_PKG_VERSION"))).map_err(not_written)?;
        let pack: Vec<(&str, &[u8])> = pack
            .iter()
            .map(|PackFile { name, bytes }| (name.as_str(), bytes.as_slice()))
            .collect();
        let folder = write_new_folder(&parent, &folder_name(&record), &pack);
        folder.map_err(not_written)
    };
    let folder = in_background(write).await?;
    Ok(Some(folder.display().to_string()))
}

async fn board(app_state: &AppState, id: &CloseId) -> Answer<CloseBoard> {
    let board = app_state.engine.close_board(id).await;
    board
        .map(|board| views::board(&board))
        .map_err(|error| error.for_page())
}

/// Files are read and written on a thread of their own.
async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| {
        let message = "Runwatch failed while doing this. Nothing was written. Try again.";
        Err(AppError::new(ErrorCode::Internal, message))
    })
}

fn not_written(error: impl std::fmt::Display) -> AppError {
    let message = format!(
        "The evidence pack could not be written there ({error}). Nothing is left of it. Choose another folder, \
         or make room."
    );
    AppError::new(ErrorCode::Store, message)
}
