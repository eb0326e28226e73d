//! `/sim`: controls the simulation over HTTP, for tests in other processes. Needs no token.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::model::patches::RunPatch;
use crate::model::run_state::RunState;
use crate::model::seeds::{ProcessSeed, RunSeed};
use crate::oauth::Client;
use crate::request_log::RequestRecord;
use crate::server_state::SharedState;

/// The routes below `/sim`.
pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/state", get(state))
        .route("/processes", post(add_process))
        .route("/runs", post(add_run))
        .route("/runs/{run}", get(run).post(change_run).delete(delete_run))
        .route("/speed", post(set_speed))
        .route("/advance", post(advance))
        .route("/clock", post(set_clock))
        .route("/zone", post(set_zone))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/clients", post(add_client))
        .route("/tokens", post(issue_token))
        .route("/tokens/expire", post(expire_tokens))
        .route("/tokens/grace", post(set_grace))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/reset", post(reset))
}

async fn state(State(shared): State<SharedState>) -> Json<Value> {
    let state = shared.lock();
    let processes: Vec<Value> = state
        .catalogue
        .processes
        .iter()
        .map(|process| json!({ "id": process.id, "name": process.name }))
        .collect();
    let runs: Vec<RunState> = state.catalogue.runs.iter().map(RunState::from).collect();
    Json(json!({ "speed": state.speed(), "processes": processes, "runs": runs }))
}

async fn add_process(
    State(shared): State<SharedState>,
    Json(seed): Json<ProcessSeed>,
) -> Json<Value> {
    let mut state = shared.lock();
    let now = state.now();
    Json(json!({ "id": state.catalogue.add_process(seed, now) }))
}

async fn add_run(
    State(shared): State<SharedState>,
    Json(seed): Json<RunSeed>,
) -> Result<Json<RunState>, StatusCode> {
    let mut state = shared.lock();
    let now = state.now();
    let id = state.catalogue.add_run(seed, now);
    state
        .run(&id)
        .map(|run| Json(run.into()))
        .ok_or(StatusCode::NOT_FOUND)
}

async fn run(
    State(shared): State<SharedState>,
    Path(id): Path<String>,
) -> Result<Json<RunState>, StatusCode> {
    shared
        .lock()
        .run(&id)
        .map(|run| Json(run.into()))
        .ok_or(StatusCode::NOT_FOUND)
}

async fn change_run(
    State(shared): State<SharedState>,
    Path(id): Path<String>,
    Json(patch): Json<RunPatch>,
) -> StatusCode {
    let mut state = shared.lock();
    let now = state.now();
    done_or_missing(state.catalogue.change_run(&id, patch, now))
}

async fn delete_run(State(shared): State<SharedState>, Path(id): Path<String>) -> StatusCode {
    done_or_missing(shared.lock().catalogue.delete_run(&id))
}

#[derive(Debug, Deserialize)]
struct Speed {
    factor: f64,
}

async fn set_speed(State(shared): State<SharedState>, Json(speed): Json<Speed>) -> StatusCode {
    shared.lock().set_speed(speed.factor);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Advance {
    seconds: f64,
}

async fn advance(State(shared): State<SharedState>, Json(advance): Json<Advance>) -> StatusCode {
    shared.lock().advance(advance.seconds);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Clock {
    ahead: f64,
}

async fn set_clock(State(shared): State<SharedState>, Json(clock): Json<Clock>) -> StatusCode {
    shared.lock().set_clock(clock.ahead);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Zone {
    minutes: i32,
}

async fn set_zone(State(shared): State<SharedState>, Json(zone): Json<Zone>) -> StatusCode {
    shared.lock().zone = SignedDuration::from_mins(zone.minutes.into());
    StatusCode::NO_CONTENT
}

async fn faults(State(shared): State<SharedState>) -> Json<Vec<Fault>> {
    Json(shared.lock().faults.all().to_vec())
}

async fn add_fault(State(shared): State<SharedState>, Json(fault): Json<Fault>) -> StatusCode {
    shared.lock().faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(shared): State<SharedState>) -> StatusCode {
    shared.lock().faults.clear();
    StatusCode::NO_CONTENT
}

async fn add_client(State(shared): State<SharedState>, Json(client): Json<Client>) -> StatusCode {
    shared.lock().oauth.add_client(client);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct NewToken {
    scope: String,
    seconds: f64,
}

async fn issue_token(
    State(shared): State<SharedState>,
    Json(wanted): Json<NewToken>,
) -> Json<Value> {
    let mut state = shared.lock();
    let now = state.now();
    Json(json!({ "access_token": state.oauth.issue(&wanted.scope, wanted.seconds, now) }))
}

/// `{"refresh": true}` revokes the refresh tokens too; the body may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Expiry {
    refresh: bool,
}

async fn expire_tokens(
    State(shared): State<SharedState>,
    expiry: Option<Json<Expiry>>,
) -> StatusCode {
    let mut state = shared.lock();
    let now = state.now();
    state.oauth.expire_access(now);
    if expiry.is_some_and(|Json(expiry)| expiry.refresh) {
        state.oauth.revoke_refresh();
    }
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Grace {
    seconds: f64,
}

async fn set_grace(State(shared): State<SharedState>, Json(grace): Json<Grace>) -> StatusCode {
    shared.lock().oauth.set_grace(grace.seconds);
    StatusCode::NO_CONTENT
}

async fn requests(State(shared): State<SharedState>) -> Json<Vec<RequestRecord>> {
    Json(shared.lock().requests.all())
}

async fn clear_requests(State(shared): State<SharedState>) -> StatusCode {
    shared.lock().requests.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(shared): State<SharedState>) -> StatusCode {
    shared.lock().reset();
    StatusCode::NO_CONTENT
}

fn done_or_missing(done: bool) -> StatusCode {
    if done {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}
