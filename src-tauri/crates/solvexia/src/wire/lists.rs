//! Lists, and what is picked from them: steps, processes, runs of a process.

use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::observation::{ListedStep, NamedRun, ProcessInfo};
use serde_json::Value;

use super::runs::{must_be_about, other};
use super::{Fields, Unreadable};

/// An array of `DataStep`. An entry that cannot be told from others fails the whole list: leaving
/// it out could make a run look as if all its steps had succeeded.
pub(crate) fn steps(body: Value) -> Result<Vec<ListedStep>, Unreadable> {
    entries(body)?.into_iter().map(step).collect()
}

fn step(entry: Value) -> Result<ListedStep, Unreadable> {
    let fields = Fields::of(entry)?;
    let id = fields
        .id("id")
        .and_then(|id| StepId::parse(id).ok())
        .ok_or(Unreadable::NotThis(
            "it lists a step whose id cannot be read",
        ))?;
    Ok(ListedStep {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        order: fields.order(),
        enabled: fields.enabled(),
        id,
    })
}

/// An array of processes to pick from. Nothing is decided by it, so that an odd entry is left out.
pub(crate) fn processes(body: Value) -> Result<Vec<ProcessInfo>, Unreadable> {
    let entries = entries(body)?.into_iter();
    Ok(entries
        .filter_map(|entry| listed_process(&Fields::of(entry).ok()?))
        .collect())
}

/// An array of runs to pick from; an odd entry is left out here too.
pub(crate) fn runs(body: Value) -> Result<Vec<NamedRun>, Unreadable> {
    let entries = entries(body)?.into_iter();
    Ok(entries
        .filter_map(|entry| named_run(&Fields::of(entry).ok()?))
        .collect())
}

/// One process.
pub(crate) fn process(asked: &ProcessId, body: Value) -> Result<ProcessInfo, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_about(&fields, asked.as_str(), |text| is_process(text, asked))?;
    Ok(described(&fields, asked.clone()))
}

/// The `ProcessRun` that was just created. Without its id there is nothing to go on with.
pub(crate) fn created_run(asked: &ProcessId, body: Value) -> Result<NamedRun, Unreadable> {
    let fields = Fields::of(body)?;
    match fields.id("process") {
        Some(named) if !is_process(named, asked) => return Err(other(asked.as_str(), named)),
        _ => {}
    }
    named_run(&fields).ok_or(Unreadable::NotThis("it does not name the new run"))
}

fn entries(body: Value) -> Result<Vec<Value>, Unreadable> {
    match body {
        Value::Array(entries) => Ok(entries),
        _ => Err(Unreadable::NotThis("it is not a list")),
    }
}

fn listed_process(fields: &Fields) -> Option<ProcessInfo> {
    let id = ProcessId::parse(fields.id("id")?).ok()?;
    Some(described(fields, id))
}

fn described(fields: &Fields, id: ProcessId) -> ProcessInfo {
    ProcessInfo {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        description: fields.message("description"),
        last_modified_by: fields.name("lastModifiedBy"),
        date_modified: fields.date("dateModified"),
        id,
    }
}

fn named_run(fields: &Fields) -> Option<NamedRun> {
    let id = RunId::parse(fields.id("id")?).ok()?;
    Some(NamedRun {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        id,
    })
}

fn is_process(text: &str, process: &ProcessId) -> bool {
    ProcessId::parse(text).is_ok_and(|named| named == *process)
}
