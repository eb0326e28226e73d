//! Processes, and creating runs of them.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::authorization::{AuthorizedCaller, CHANGE, READ};
use super::error_body::ApiError;
use super::{dates, response_bodies};
use crate::catalogue::Process;
use crate::server_state::{ServerState, SharedState};

type Answer = Result<Json<Value>, ApiError>;

pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/processes", get(list))
        .route("/processes/{process}", get(get_process))
        .route(
            "/processes/{process}/processruns",
            get(runs).post(create_run),
        )
        .route("/processes/{process}/steps", get(steps))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    name: Option<String>,
    date_created_start: Option<String>,
    date_created_end: Option<String>,
}

/// The query with parsed dates.
struct Wanted {
    name: String,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Filter {
    fn read(self) -> Result<Wanted, ApiError> {
        Ok(Wanted {
            name: self.name.unwrap_or_default().to_lowercase(),
            from: self
                .date_created_start
                .map(|date| read_date(&date))
                .transpose()?,
            to: self
                .date_created_end
                .map(|date| read_date(&date))
                .transpose()?,
        })
    }
}

impl Wanted {
    fn holds(&self, process: &Process) -> bool {
        process.name.to_lowercase().contains(&self.name)
            && self.from.is_none_or(|from| process.created >= from)
            && self.to.is_none_or(|to| process.created <= to)
    }
}

fn read_date(text: &str) -> Result<Timestamp, ApiError> {
    dates::read(text).ok_or_else(|| ApiError::bad_request("A date could not be read."))
}

async fn list(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Query(filter): Query<Filter>,
) -> Answer {
    caller.needs(READ)?;
    let wanted = filter.read()?;
    let state = shared.lock();
    let processes = state
        .catalogue
        .processes
        .iter()
        .filter(|process| wanted.holds(process));
    Ok(Json(
        processes
            .map(|each| response_bodies::id_and_name(&each.id, &each.name))
            .collect(),
    ))
}

async fn get_process(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    Ok(Json(response_bodies::process(find(&shared.lock(), &id)?)))
}

async fn steps(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    Ok(Json(response_bodies::steps(
        &find(&shared.lock(), &id)?.steps,
    )))
}

async fn runs(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    let state = shared.lock();
    let process = find(&state, &id)?;
    let runs = state
        .catalogue
        .runs
        .iter()
        .filter(|run| run.process == process.id);
    Ok(Json(
        runs.map(|run| response_bodies::id_and_name(&run.id, &run.name))
            .collect(),
    ))
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct NewRun {
    name_prefix: Option<String>,
}

/// Creates a run without starting it.
async fn create_run(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    caller.needs(CHANGE)?;
    let wanted = if body.is_empty() {
        NewRun::default()
    } else {
        serde_json::from_slice(&body)
            .map_err(|_| ApiError::bad_request("The request could not be read."))?
    };
    let mut state = shared.lock();
    let (now, zone) = (state.now(), state.zone);
    let prefix = wanted.name_prefix.as_deref();
    let run = state
        .catalogue
        .create_run(&id, prefix, now)
        .ok_or_else(no_such_process)?;
    let answer = response_bodies::run(run, zone);
    let message = format!("Process run '{}' was created.", run.name);
    state.server_log.write(message, now);
    Ok(Json(answer))
}

fn find<'a>(state: &'a ServerState, id: &str) -> Result<&'a Process, ApiError> {
    state.catalogue.process(id).ok_or_else(no_such_process)
}

fn no_such_process() -> ApiError {
    ApiError::not_found("The process does not exist.")
}
