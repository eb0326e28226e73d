//! Runs: one, its status, the list of a process's runs, and a run that was just created.

use runwatch_core::ids::{ProcessId, RunId};
use runwatch_core::observation::{Listing, NamedRun, RunInfo, RunObservation};
use runwatch_core::status::RunStatus;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::json_body::Unreadable;
use super::picks::picks;

/// `ProcessRun`.
pub(crate) fn run(requested: &RunId, body: &RawValue) -> Result<RunInfo, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_of(&fields, requested)?;
    Ok(RunInfo {
        name: fields.name("name").unwrap_or_else(|| requested.to_string()),
        process: fields
            .id("process")
            .and_then(|id| ProcessId::parse(&id).ok()),
        description: fields.message("description"),
        last_modified_by: fields.name("lastModifiedBy"),
        date_modified: fields.date("dateModified"),
        date_created: fields.date("dateCreated"),
    })
}

/// `ProcessRunStatus`, as the response to a status request.
pub(crate) fn run_status(requested: &RunId, body: &RawValue) -> Result<RunObservation, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_of(&fields, requested)?;
    Ok(RunObservation {
        run: requested.clone(),
        status: fields.status(RunStatus::from_word, RunStatus::from_number)?,
        started: fields.date("dateStarted"),
        finished: fields.date("dateFinished"),
        duration_seconds: fields.duration(),
    })
}

/// `ProcessRunStatus`, as the response to start or cancel: its state is not always true, so only its
/// id is looked at.
pub(crate) fn run_acted_on(requested: &RunId, body: &RawValue) -> Result<(), Unreadable> {
    must_be_of(&Fields::of(body)?, requested)
}

/// An array of runs to pick from. Entries without a usable id are left out: nothing is decided by
/// this list.
pub(crate) fn runs(body: &RawValue) -> Result<Listing<NamedRun>, Unreadable> {
    picks(body, named_run)
}

/// The `ProcessRun` that was just created. It is an error if it has no id.
pub(crate) fn created_run(process: &ProcessId, body: &RawValue) -> Result<NamedRun, Unreadable> {
    let fields = Fields::of(body)?;
    match fields.id("process") {
        Some(named) if !ProcessId::parse(&named).is_ok_and(|id| id == *process) => {
            return Err(Unreadable::other_id(process.as_str(), &named));
        }
        _ => {}
    }
    named_run(&fields).ok_or(Unreadable::NotThis("it does not name the new run"))
}

fn named_run(fields: &Fields<'_>) -> Option<NamedRun> {
    let id = RunId::parse(&fields.id("id")?).ok()?;
    Some(NamedRun {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        id,
    })
}

fn must_be_of(fields: &Fields<'_>, run: &RunId) -> Result<(), Unreadable> {
    fields.must_have_id(run.as_str(), |id| {
        RunId::parse(id).is_ok_and(|id| id == *run)
    })
}
