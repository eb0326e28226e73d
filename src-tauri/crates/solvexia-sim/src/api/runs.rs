//! Process runs: the nine calls that the product relies on.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::authorization::{AuthorizedCaller, EXECUTE, READ};
use super::error_body::ApiError;
use super::response_bodies;
use crate::model::run::Run;
use crate::server_state::{ServerState, SharedState};

type Answer = Result<Json<Value>, ApiError>;

pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/processruns/{run}", get(get_run))
        .route("/processruns/{run}/start", post(start))
        .route("/processruns/{run}/cancel", post(cancel))
        .route("/processruns/{run}/runstatus", get(status))
        .route("/processruns/{run}/steps", get(steps))
        .route(
            "/processruns/{run}/steps/{step}/runstatus",
            get(step_status),
        )
        .route(
            "/processruns/{run}/steps/{step}/restartfromhere",
            post(restart),
        )
        .route("/requests", post(deprecated_request))
}

async fn get_run(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(run): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    let state = shared.lock();
    Ok(Json(response_bodies::run(find(&state, &run)?, state.zone)))
}

async fn status(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(run): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    let state = shared.lock();
    Ok(Json(response_bodies::run_status(
        find(&state, &run)?,
        state.now(),
        state.zone,
    )))
}

async fn steps(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(run): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    Ok(Json(response_bodies::steps(
        &find(&shared.lock(), &run)?.steps,
    )))
}

async fn step_status(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path((run, step)): Path<(String, String)>,
) -> Answer {
    caller.needs(READ)?;
    let state = shared.lock();
    let step = find(&state, &run)?.step(&step).ok_or_else(no_such_step)?;
    Ok(Json(response_bodies::step_status(step, state.now())))
}

async fn start(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(run): Path<String>,
) -> Answer {
    caller.needs(EXECUTE)?;
    start_now(&mut shared.lock(), &run)
}

async fn cancel(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(run): Path<String>,
) -> Answer {
    caller.needs(EXECUTE)?;
    cancel_now(&mut shared.lock(), &run)
}

async fn restart(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path((run, step)): Path<(String, String)>,
) -> Answer {
    caller.needs(EXECUTE)?;
    let mut state = shared.lock();
    let (run, now) = find_mut(&mut state, &run)?;
    let before = run.restart_from(&step, now)?;
    let message = format!(
        "Process run '{}' was restarted from '{}'.",
        run.name, before.name
    );
    state.server_log.write(message, now);
    Ok(Json(response_bodies::restarted(&before, now)))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeprecatedRequest {
    request: String,
    process_run_id: String,
}

/// `POST /requests`, which does what start and cancel do.
async fn deprecated_request(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    body: Bytes,
) -> Answer {
    caller.needs(EXECUTE)?;
    let asked: DeprecatedRequest = serde_json::from_slice(&body)
        .map_err(|_| ApiError::bad_request("The request could not be read."))?;
    match asked.request.as_str() {
        "ProcessRun_StartRq" => start_now(&mut shared.lock(), &asked.process_run_id),
        "ProcessRun_CancelRq" => cancel_now(&mut shared.lock(), &asked.process_run_id),
        _ => Err(ApiError::bad_request(
            "The kind of the request is not known.",
        )),
    }
}

fn start_now(state: &mut ServerState, id: &str) -> Answer {
    let (run, now) = find_mut(state, id)?;
    run.start(now)?;
    let answer = response_bodies::started(run);
    let message = format!("Process run '{}' was started.", run.name);
    state.server_log.write(message, now);
    Ok(Json(answer))
}

fn cancel_now(state: &mut ServerState, id: &str) -> Answer {
    let (run, now) = find_mut(state, id)?;
    run.cancel(now)?;
    let answer = response_bodies::cancelled(run, now);
    let message = format!("Process run '{}' was cancelled.", run.name);
    state.server_log.write(message, now);
    Ok(Json(answer))
}

fn find<'a>(state: &'a ServerState, id: &str) -> Result<&'a Run, ApiError> {
    state.run(id).ok_or_else(no_such_run)
}

fn find_mut<'a>(
    state: &'a mut ServerState,
    id: &str,
) -> Result<(&'a mut Run, Timestamp), ApiError> {
    let now = state.now();
    Ok((state.catalogue.run_mut(id).ok_or_else(no_such_run)?, now))
}

fn no_such_run() -> ApiError {
    ApiError::not_found("The process run does not exist.")
}

fn no_such_step() -> ApiError {
    ApiError::not_found("The step does not exist in this process run.")
}
