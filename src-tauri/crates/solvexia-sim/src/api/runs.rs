//! Process runs: the nine calls that the product stands on.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::caller::{Caller, EXECUTE, READ};
use super::{ApiError, bodies};
use crate::model::run::Run;
use crate::world::{Shared, World};

type Answer = Result<Json<Value>, ApiError>;

pub async fn get(State(sim): State<Shared>, caller: Caller, Path(run): Path<String>) -> Answer {
    caller.needs(READ)?;
    Ok(Json(bodies::run(find(&sim.world(), &run)?)))
}

pub async fn status(State(sim): State<Shared>, caller: Caller, Path(run): Path<String>) -> Answer {
    caller.needs(READ)?;
    let world = sim.world();
    Ok(Json(bodies::run_status(find(&world, &run)?, world.now())))
}

pub async fn steps(State(sim): State<Shared>, caller: Caller, Path(run): Path<String>) -> Answer {
    caller.needs(READ)?;
    Ok(Json(bodies::steps(&find(&sim.world(), &run)?.steps)))
}

pub async fn step_status(
    State(sim): State<Shared>,
    caller: Caller,
    Path((run, step)): Path<(String, String)>,
) -> Answer {
    caller.needs(READ)?;
    let world = sim.world();
    let step = find(&world, &run)?.step(&step).ok_or_else(no_such_step)?;
    Ok(Json(bodies::step_status(step, world.now())))
}

pub async fn start(State(sim): State<Shared>, caller: Caller, Path(run): Path<String>) -> Answer {
    caller.needs(EXECUTE)?;
    start_now(&mut sim.world(), &run)
}

pub async fn cancel(State(sim): State<Shared>, caller: Caller, Path(run): Path<String>) -> Answer {
    caller.needs(EXECUTE)?;
    cancel_now(&mut sim.world(), &run)
}

pub async fn restart(
    State(sim): State<Shared>,
    caller: Caller,
    Path((run, step)): Path<(String, String)>,
) -> Answer {
    caller.needs(EXECUTE)?;
    let mut world = sim.world();
    let (run, now) = find_mut(&mut world, &run)?;
    let before = run.restart_from(&step, now)?;
    let message = format!(
        "Process run '{}' was restarted from '{}'.",
        run.name, before.name
    );
    world.log_book.write(message, now);
    Ok(Json(bodies::restarted(&before, now)))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeprecatedRequest {
    request: String,
    process_run_id: String,
}

/// `POST /requests`, which does what start and cancel do.
pub async fn deprecated_request(State(sim): State<Shared>, caller: Caller, body: Bytes) -> Answer {
    caller.needs(EXECUTE)?;
    let asked: DeprecatedRequest = serde_json::from_slice(&body)
        .map_err(|_| ApiError::bad_request("The request could not be read."))?;
    match asked.request.as_str() {
        "ProcessRun_StartRq" => start_now(&mut sim.world(), &asked.process_run_id),
        "ProcessRun_CancelRq" => cancel_now(&mut sim.world(), &asked.process_run_id),
        _ => Err(ApiError::bad_request(
            "The kind of the request is not known.",
        )),
    }
}

fn start_now(world: &mut World, id: &str) -> Answer {
    let (run, now) = find_mut(world, id)?;
    run.start(now)?;
    let answer = bodies::started(run);
    let message = format!("Process run '{}' was started.", run.name);
    world.log_book.write(message, now);
    Ok(Json(answer))
}

fn cancel_now(world: &mut World, id: &str) -> Answer {
    let (run, now) = find_mut(world, id)?;
    run.cancel(now)?;
    let answer = bodies::cancelled(run, now);
    let message = format!("Process run '{}' was cancelled.", run.name);
    world.log_book.write(message, now);
    Ok(Json(answer))
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Run, ApiError> {
    world.run(id).ok_or_else(no_such_run)
}

fn find_mut<'a>(world: &'a mut World, id: &str) -> Result<(&'a mut Run, Timestamp), ApiError> {
    let now = world.now();
    Ok((world.catalogue.run_mut(id).ok_or_else(no_such_run)?, now))
}

fn no_such_run() -> ApiError {
    ApiError::not_found("The process run does not exist.")
}

fn no_such_step() -> ApiError {
    ApiError::not_found("The step does not exist in this process run.")
}
