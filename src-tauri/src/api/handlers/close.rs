//! The close board: plans, closes, and how they stand.

use std::sync::Arc;

use runwatch_contract::*;

use crate::api::answer::Answer;
use crate::app_state::AppState;

fn not_built<T>() -> Answer<T> {
    let message = "The close board is not part of this version yet. Nothing was changed.";
    Err(AppError::new(ErrorCode::NotNow, message))
}

pub async fn list_plans(_app_state: &Arc<AppState>) -> Answer<Vec<PlanRow>> {
    not_built()
}

pub async fn save_plan(_app_state: &Arc<AppState>, _plan: PlanForm) -> Answer<PlanRow> {
    not_built()
}

pub async fn delete_plan(_app_state: &Arc<AppState>, _plan_id: String) -> Answer<()> {
    not_built()
}

pub async fn propose_plan(_app_state: &Arc<AppState>, _draft: PlanForm) -> Answer<PlanProposal> {
    not_built()
}

pub async fn list_calendars(_app_state: &Arc<AppState>) -> Answer<Vec<CalendarPreset>> {
    not_built()
}

pub async fn preset_calendar(_app_state: &Arc<AppState>, _code: String) -> Answer<CalendarForm> {
    not_built()
}

pub async fn paste_calendar(_app_state: &Arc<AppState>, _text: String) -> Answer<CalendarForm> {
    not_built()
}

pub async fn import_calendar(_app_state: &Arc<AppState>) -> Answer<Option<ImportedCalendar>> {
    not_built()
}

pub async fn open_choices(_app_state: &Arc<AppState>, _plan_id: String) -> Answer<Vec<OpenChoice>> {
    not_built()
}

pub async fn open_close(_app_state: &Arc<AppState>, _close: CloseRef) -> Answer<CloseBoard> {
    not_built()
}

pub async fn move_close(_app_state: &Arc<AppState>, _close: CloseRef) -> Answer<CloseBoard> {
    not_built()
}

pub async fn archive_close(
    _app_state: &Arc<AppState>,
    _close: CloseRef,
    _archived: bool,
) -> Answer<CloseBoard> {
    not_built()
}

pub async fn close_board(_app_state: &Arc<AppState>, _close: CloseRef) -> Answer<CloseBoard> {
    not_built()
}

pub async fn bind_run(
    _app_state: &Arc<AppState>,
    _close: CloseRef,
    _process_id: String,
    _text: String,
) -> Answer<CloseBoard> {
    not_built()
}

pub async fn unbind_run(
    _app_state: &Arc<AppState>,
    _close: CloseRef,
    _process_id: String,
) -> Answer<CloseBoard> {
    not_built()
}

pub async fn export_evidence(
    _app_state: &Arc<AppState>,
    _close: CloseRef,
) -> Answer<Option<String>> {
    not_built()
}
