//! Start, cancel, restart: each sent once, after a confirmation.

use std::sync::Arc;

use runwatch_contract::{
    ActionReply, AppError, ErrorCode, ExpectedState, RunAction, RunRef, StepAction,
};
use runwatch_core::ids::StepId;
use runwatch_engine::actions::request::{ActionRequest, RequestedAction, reason};

use crate::api::answer::{Answer, run_key};
use crate::api::errors::ForPage;
use crate::api::views::activity;
use crate::app_state::AppState;

pub async fn start_run(app_state: &Arc<AppState>, action: RunAction) -> Answer<ActionReply> {
    act(app_state, action, RequestedAction::Start, false).await
}

pub async fn start_run_deprecated(
    app_state: &Arc<AppState>,
    action: RunAction,
) -> Answer<ActionReply> {
    act(app_state, action, RequestedAction::Start, true).await
}

pub async fn cancel_run(app_state: &Arc<AppState>, action: RunAction) -> Answer<ActionReply> {
    act(app_state, action, RequestedAction::Cancel, false).await
}

pub async fn cancel_run_deprecated(
    app_state: &Arc<AppState>,
    action: RunAction,
) -> Answer<ActionReply> {
    act(app_state, action, RequestedAction::Cancel, true).await
}

pub async fn restart_from_step(
    app_state: &Arc<AppState>,
    action: StepAction,
) -> Answer<ActionReply> {
    let step = StepId::parse(&action.step_id).map_err(|error| error.for_page())?;
    let action = RunAction {
        account_id: action.account_id,
        run_id: action.run_id,
        expected: action.expected,
        reason: action.reason,
    };
    act(app_state, action, RequestedAction::Restart(step), false).await
}

async fn act(
    app_state: &AppState,
    confirmed: RunAction,
    action: RequestedAction,
    deprecated: bool,
) -> Answer<ActionReply> {
    if let Some(reason) = app_state.history.bars_actions() {
        let message = format!("Nothing was sent. {reason}");
        return Err(AppError::new(ErrorCode::NotNow, message));
    }
    let RunAction {
        account_id,
        run_id,
        expected: ExpectedState { status, attempt },
        reason: typed,
    } = confirmed;
    let request = ActionRequest {
        key: run_key(&RunRef { account_id, run_id })?,
        action,
        deprecated,
        status,
        attempt,
        reason: typed.as_deref().and_then(reason),
    };
    let answer = app_state.engine.act(request).await;
    answer
        .map(activity::reply)
        .map_err(|error| error.for_page())
}
