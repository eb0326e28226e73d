//! Steps by their own id, and their properties: what goes into a run and what comes out.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Map, Value};

use super::caller::{CHANGE, Caller, READ};
use super::{ApiError, bodies};
use crate::model::step::Step;
use crate::world::{Shared, World};

type Answer = Result<Json<Value>, ApiError>;

pub async fn get(State(sim): State<Shared>, caller: Caller, Path(id): Path<String>) -> Answer {
    caller.needs(READ)?;
    Ok(Json(bodies::step(find(&sim.world(), &id)?)))
}

pub async fn properties(
    State(sim): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    caller.needs(READ)?;
    Ok(Json(Value::Array(
        find(&sim.world(), &id)?.properties.clone(),
    )))
}

pub async fn property(
    State(sim): State<Shared>,
    caller: Caller,
    Path((step, id)): Path<(String, String)>,
) -> Answer {
    caller.needs(READ)?;
    let world = sim.world();
    let mut properties = find(&world, &step)?.properties.iter();
    let property = properties
        .find(|property| has_id(property, &id))
        .ok_or_else(no_such_property)?;
    Ok(Json(property.clone()))
}

/// Sets a property's value. As in the documented example, the answer spells `mouseOverText`.
pub async fn set_property(
    State(sim): State<Shared>,
    caller: Caller,
    Path((step, id)): Path<(String, String)>,
    body: Result<Json<Map<String, Value>>, axum::extract::rejection::JsonRejection>,
) -> Answer {
    caller.needs(CHANGE)?;
    let Json(wanted) =
        body.map_err(|_| ApiError::bad_request("The property could not be read."))?;
    let mut world = sim.world();
    let step = world.catalogue.step_mut(&step).ok_or_else(no_such_step)?;
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

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Step, ApiError> {
    world.catalogue.step(id).ok_or_else(no_such_step)
}

fn no_such_step() -> ApiError {
    ApiError::not_found("The step does not exist.")
}

fn no_such_property() -> ApiError {
    ApiError::not_found("The property does not exist.")
}
