//! `/sim`: what tests ask of the simulation itself. No token is needed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::model::patch::RunPatch;
use crate::model::seed::{ProcessSeed, RunSeed};
use crate::model::state::RunState;
use crate::oauth::Client;
use crate::records::RequestRecord;
use crate::world::Shared;

/// The routes below `/sim`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/state", get(state))
        .route("/processes", post(add_process))
        .route("/runs", post(add_run))
        .route("/runs/{run}", get(run).post(change_run).delete(delete_run))
        .route("/speed", post(set_speed))
        .route("/advance", post(advance))
        .route("/clock", post(set_clock))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/clients", post(add_client))
        .route("/tokens", post(issue_token))
        .route("/tokens/expire", post(expire_tokens))
        .route("/tokens/grace", post(set_grace))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/reset", post(reset))
}

async fn state(State(sim): State<Shared>) -> Json<Value> {
    let world = sim.world();
    let processes: Vec<Value> = world
        .catalogue
        .processes
        .iter()
        .map(|process| json!({ "id": process.id, "name": process.name }))
        .collect();
    let runs: Vec<RunState> = world.catalogue.runs.iter().map(RunState::from).collect();
    Json(json!({ "speed": world.speed(), "processes": processes, "runs": runs }))
}

async fn add_process(State(sim): State<Shared>, Json(seed): Json<ProcessSeed>) -> Json<Value> {
    let mut world = sim.world();
    let now = world.now();
    Json(json!({ "id": world.catalogue.add_process(seed, now) }))
}

async fn add_run(
    State(sim): State<Shared>,
    Json(seed): Json<RunSeed>,
) -> Result<Json<RunState>, StatusCode> {
    let mut world = sim.world();
    let now = world.now();
    let id = world.catalogue.add_run(seed, now);
    world
        .run(&id)
        .map(|run| Json(run.into()))
        .ok_or(StatusCode::NOT_FOUND)
}

async fn run(
    State(sim): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<RunState>, StatusCode> {
    sim.world()
        .run(&id)
        .map(|run| Json(run.into()))
        .ok_or(StatusCode::NOT_FOUND)
}

async fn change_run(
    State(sim): State<Shared>,
    Path(id): Path<String>,
    Json(patch): Json<RunPatch>,
) -> StatusCode {
    let mut world = sim.world();
    let now = world.now();
    done_or_missing(world.catalogue.change_run(&id, patch, now))
}

async fn delete_run(State(sim): State<Shared>, Path(id): Path<String>) -> StatusCode {
    done_or_missing(sim.world().catalogue.delete_run(&id))
}

#[derive(Debug, Deserialize)]
struct Speed {
    factor: f64,
}

async fn set_speed(State(sim): State<Shared>, Json(speed): Json<Speed>) -> StatusCode {
    sim.world().set_speed(speed.factor);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Advance {
    seconds: f64,
}

async fn advance(State(sim): State<Shared>, Json(advance): Json<Advance>) -> StatusCode {
    sim.world().advance(advance.seconds);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Clock {
    ahead: f64,
}

async fn set_clock(State(sim): State<Shared>, Json(clock): Json<Clock>) -> StatusCode {
    sim.world().set_clock(clock.ahead);
    StatusCode::NO_CONTENT
}

async fn faults(State(sim): State<Shared>) -> Json<Vec<Fault>> {
    Json(sim.world().faults.all().to_vec())
}

async fn add_fault(State(sim): State<Shared>, Json(fault): Json<Fault>) -> StatusCode {
    sim.world().faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(sim): State<Shared>) -> StatusCode {
    sim.world().faults.clear();
    StatusCode::NO_CONTENT
}

async fn add_client(State(sim): State<Shared>, Json(client): Json<Client>) -> StatusCode {
    sim.world().grants.add_client(client);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct NewToken {
    scope: String,
    seconds: f64,
}

async fn issue_token(State(sim): State<Shared>, Json(wanted): Json<NewToken>) -> Json<Value> {
    let mut world = sim.world();
    let now = world.now();
    Json(json!({ "access_token": world.grants.issue(&wanted.scope, wanted.seconds, now) }))
}

/// `{"refresh": true}` makes the refresh tokens useless too; the body may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Expiry {
    refresh: bool,
}

async fn expire_tokens(State(sim): State<Shared>, expiry: Option<Json<Expiry>>) -> StatusCode {
    let mut world = sim.world();
    let now = world.now();
    world.grants.expire_access(now);
    if expiry.is_some_and(|Json(expiry)| expiry.refresh) {
        world.grants.revoke_refresh();
    }
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Grace {
    seconds: f64,
}

async fn set_grace(State(sim): State<Shared>, Json(grace): Json<Grace>) -> StatusCode {
    sim.world().grants.set_grace(grace.seconds);
    StatusCode::NO_CONTENT
}

async fn requests(State(sim): State<Shared>) -> Json<Vec<RequestRecord>> {
    Json(sim.world().requests.all())
}

async fn clear_requests(State(sim): State<Shared>) -> StatusCode {
    sim.world().requests.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(sim): State<Shared>) -> StatusCode {
    sim.world().reset();
    StatusCode::NO_CONTENT
}

fn done_or_missing(done: bool) -> StatusCode {
    if done {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}
