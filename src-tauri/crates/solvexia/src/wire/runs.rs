//! Answers about one run or one step.

use runwatch_core::ids::{ProcessId, RunId, StepId, shorten};
use runwatch_core::observation::{RunInfo, RunObservation, StepObservation};
use runwatch_core::status::{RunStatus, StepStatus};
use serde_json::Value;

use super::{Fields, Unreadable};

/// `ProcessRun`.
pub(crate) fn run(asked: &RunId, body: Value) -> Result<RunInfo, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_about(&fields, asked.as_str(), |text| names_run(text, asked))?;
    Ok(RunInfo {
        name: fields.name("name").unwrap_or_else(|| asked.to_string()),
        process: fields
            .id("process")
            .and_then(|id| ProcessId::parse(id).ok()),
        description: fields.message("description"),
        last_modified_by: fields.name("lastModifiedBy"),
        date_modified: fields.date("dateModified"),
        date_created: fields.date("dateCreated"),
    })
}

/// `ProcessRunStatus`, as the answer to a question for the status.
pub(crate) fn run_status(asked: &RunId, body: Value) -> Result<RunObservation, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_about(&fields, asked.as_str(), |text| names_run(text, asked))?;
    Ok(RunObservation {
        run: asked.clone(),
        status: fields.status(RunStatus::from_word, RunStatus::from_number)?,
        started: fields.date("dateStarted"),
        finished: fields.date("dateFinished"),
        duration_seconds: fields.duration(),
    })
}

/// `StepRunStatus`, as the answer to a question for the status.
pub(crate) fn step_status(asked: &StepId, body: Value) -> Result<StepObservation, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_about(&fields, asked.as_str(), |text| names_step(text, asked))?;
    Ok(StepObservation {
        status: fields.status(StepStatus::from_word, StepStatus::from_number)?,
        started: fields.date("dateStarted"),
        finished: fields.date("dateFinished"),
        duration_seconds: fields.duration(),
        message: fields.message("completionMessage").unwrap_or_default(),
    })
}

/// `ProcessRunStatus`, as the answer to start or cancel: it is looked at for its id alone, since
/// what it says of the state is not always so.
pub(crate) fn run_acted_on(asked: &RunId, body: Value) -> Result<(), Unreadable> {
    let fields = Fields::of(body)?;
    must_be_about(&fields, asked.as_str(), |text| names_run(text, asked))
}

/// `StepRunStatus`, as the answer to restart: it repeats the dates of the last time.
pub(crate) fn step_acted_on(asked: &StepId, body: Value) -> Result<(), Unreadable> {
    let fields = Fields::of(body)?;
    must_be_about(&fields, asked.as_str(), |text| names_step(text, asked))
}

/// An answer that names something else is an answer to another question; one that names nothing
/// is believed.
pub(super) fn must_be_about(
    fields: &Fields,
    asked: &str,
    is_it: impl FnOnce(&str) -> bool,
) -> Result<(), Unreadable> {
    match fields.id("id") {
        Some(named) if !is_it(named) => Err(other(asked, named)),
        _ => Ok(()),
    }
}

pub(super) fn other(asked: &str, named: &str) -> Unreadable {
    Unreadable::Other {
        asked: asked.to_owned(),
        named: shorten(named, 60),
    }
}

fn names_run(text: &str, run: &RunId) -> bool {
    RunId::parse(text).is_ok_and(|named| named == *run)
}

fn names_step(text: &str, step: &StepId) -> bool {
    StepId::parse(text).is_ok_and(|named| named == *step)
}
