//! File metadata and the log.

use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::authorization::{AuthorizedCaller, READ_FILES, READ_LOG};
use super::dates;
use super::error_body::ApiError;
use crate::server_log::LogEntry;
use crate::server_state::SharedState;

const NEWEST_WITHOUT_FILTER: usize = 50;

type Answer = Result<Json<Value>, ApiError>;

pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/files/{file}/metadata", get(metadata))
        .route("/logs", get(logs))
}

async fn metadata(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ_FILES)?;
    let state = shared.lock();
    let file = state.catalogue.files.iter().find(|file| file.id == id);
    let file = file.ok_or_else(|| ApiError::not_found("The file does not exist."))?;
    Ok(Json(json!({
        "id": file.id,
        "name": file.name,
        "sizeInBytes": file.size,
        "fileExtension": file.extension,
        "url": format!("{}/files/{}", state.origin, file.id),
    })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    start_date: Option<String>,
    end_date: Option<String>,
}

async fn logs(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Query(period): Query<Period>,
) -> Answer {
    caller.needs(READ_LOG)?;
    let read = |date: Option<String>| {
        date.map(|text| {
            dates::read(&text).ok_or_else(|| ApiError::bad_request("A date could not be read."))
        })
        .transpose()
    };
    let (from, to) = (read(period.start_date)?, read(period.end_date)?);
    let most = if from.is_some() || to.is_some() {
        usize::MAX
    } else {
        NEWEST_WITHOUT_FILTER
    };
    let state = shared.lock();
    let entries = state
        .server_log
        .newest_first()
        .filter(|entry| from.is_none_or(|from| entry.time >= from))
        .filter(|entry| to.is_none_or(|to| entry.time <= to))
        .take(most);
    Ok(Json(entries.map(entry).collect()))
}

fn entry(entry: &LogEntry) -> Value {
    json!({
        "id": entry.id,
        "message": entry.message,
        "userName": entry.user_name,
        "timeStamp": dates::with_offset(entry.time),
    })
}
