//! Steps by their own id, and their properties: what goes into a run and what comes out.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value};

use super::authorization::{AuthorizedCaller, CHANGE, READ};
use super::error_body::ApiError;
use super::response_bodies;
use crate::model::step::Step;
use crate::server_state::{ServerState, SharedState};

type Answer = Result<Json<Value>, ApiError>;

pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/steps/{step}", get(get_step))
        .route("/steps/{step}/properties", get(properties))
        .route(
            "/steps/{step}/properties/{property}",
            get(property).post(set_property),
        )
}

async fn get_step(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    Ok(Json(response_bodies::step(find(&shared.lock(), &id)?)))
}

async fn properties(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    Ok(Json(Value::Array(
        find(&shared.lock(), &id)?.properties.clone(),
    )))
}

async fn property(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path((step, id)): Path<(String, String)>,
) -> Answer {
    caller.needs(READ)?;
    let state = shared.lock();
    let mut properties = find(&state, &step)?.properties.iter();
    let property = properties
        .find(|property| has_id(property, &id))
        .ok_or_else(no_such_property)?;
    Ok(Json(property.clone()))
}

/// Sets a property's value. As in the documented example, the answer spells `mouseOverText`.
async fn set_property(
    State(shared): State<SharedState>,
    caller: AuthorizedCaller,
    Path((step, id)): Path<(String, String)>,
    body: Result<Json<Map<String, Value>>, axum::extract::rejection::JsonRejection>,
) -> Answer {
    caller.needs(CHANGE)?;
    let Json(wanted) =
        body.map_err(|_| ApiError::bad_request("The property could not be read."))?;
    let mut state = shared.lock();
    let step = state.catalogue.step_mut(&step).ok_or_else(no_such_step)?;
    let property = step
        .properties
        .iter_mut()
        .find(|property| has_id(property, &id))
        .and_then(Value::as_object_mut)
        .ok_or_else(no_such_property)?;
    for field in ["value", "file"] {
        if let (Some(old), Some(new)) = (property.get_mut(field), wanted.get(field)) {
            *old = new.clone();
        }
    }
    let mut answer = property.clone();
    if let Some(text) = answer.remove("mouseoverText") {
        answer.insert("mouseOverText".to_owned(), text);
    }
    Ok(Json(Value::Object(answer)))
}

fn has_id(property: &Value, id: &str) -> bool {
    property.get("id").and_then(Value::as_str) == Some(id)
}

fn find<'a>(state: &'a ServerState, id: &str) -> Result<&'a Step, ApiError> {
    state.catalogue.step(id).ok_or_else(no_such_step)
}

fn no_such_step() -> ApiError {
    ApiError::not_found("The step does not exist.")
}

fn no_such_property() -> ApiError {
    ApiError::not_found("The property does not exist.")
}
