//! Changes fields of a true response, as a [`Rewrite`] says.

use serde_json::{Map, Value, json};

use super::fault::Rewrite;
use crate::model::status::{RunStatus, StepStatus};

/// Changes the object that `body` is, or every object of the list that it is.
pub fn rewrite(rule: &Rewrite, body: &mut Value) {
    match body {
        Value::Object(fields) => rewrite_object(rule, fields),
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(rule, item)),
        _ => {}
    }
}

fn rewrite_object(rule: &Rewrite, fields: &mut Map<String, Value>) {
    match rule {
        Rewrite::OtherId { id } => replace(fields, "id", json!(id)),
        Rewrite::NumericStatus => {
            if let Some(number) = status_number(fields) {
                replace(fields, "status", json!(number));
            }
        }
        Rewrite::NullEnd => replace(fields, "dateFinished", Value::Null),
        Rewrite::OrderedName => rename(fields, "stepOrder", "orderedName"),
        Rewrite::MissingIsEnabled => {
            fields.remove("isEnabled");
        }
        Rewrite::OtherDurationKey => {
            let (short, long) = ("runDurationInSec", "runDurationInSeconds");
            let (from, to) = if fields.contains_key(short) {
                (short, long)
            } else {
                (long, short)
            };
            rename(fields, from, to);
        }
        Rewrite::StatusWord { word } => replace(fields, "status", json!(word)),
        Rewrite::SetField { field, value } => {
            fields.insert(field.clone(), value.clone());
        }
        Rewrite::RemoveField { field } => {
            fields.remove(field);
        }
    }
}

/// The same word has another number for a run than for a step.
fn status_number(fields: &Map<String, Value>) -> Option<u8> {
    let word = fields.get("status")?.as_str()?;
    let id = fields.get("id")?.as_str()?;
    if id.starts_with("pr-") {
        RunStatus::from(word).number()
    } else {
        StepStatus::from(word).number()
    }
}

fn replace(fields: &mut Map<String, Value>, name: &str, value: Value) {
    if let Some(field) = fields.get_mut(name) {
        *field = value;
    }
}

fn rename(fields: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = fields.remove(from) {
        fields.insert(to.to_owned(), value);
    }
}
