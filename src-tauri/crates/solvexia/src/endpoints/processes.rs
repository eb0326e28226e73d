//! Processes, their runs, and new runs of them.

use runwatch_core::error::CallError;
use runwatch_core::ids::ProcessId;
use runwatch_core::observation::{ListedStep, Listing, NamedRun, ProcessInfo};
use serde_json::json;
use serde_json::value::RawValue;

use crate::authorized_calls::AuthorizedCalls;
use crate::url_path::UrlPath;
use crate::wire;
use crate::wire::{Fields, Unreadable, picks};

/// The scope to create runs.
const CHANGE_SCOPE: &str = "process";

/// `GET /processes?name=`. An empty name asks for all.
pub(crate) async fn list(
    calls: &AuthorizedCalls,
    name: &str,
) -> Result<Listing<ProcessInfo>, CallError> {
    let all = UrlPath::new("/api/v1/processes", &[]);
    let path = match name.trim() {
        "" => all,
        name => all.with_query("name", name),
    };
    calls.read_list(path, listed).await
}

/// `GET /processes/{processId}`.
pub(crate) async fn get(
    calls: &AuthorizedCalls,
    process: &ProcessId,
) -> Result<ProcessInfo, CallError> {
    let requested = process.clone();
    calls
        .read(
            UrlPath::new("/api/v1/processes/{}", &[process.as_str()]),
            move |body| one(&requested, body),
        )
        .await
}

/// `GET /processes/{processId}/processruns`.
pub(crate) async fn runs(
    calls: &AuthorizedCalls,
    process: &ProcessId,
) -> Result<Listing<NamedRun>, CallError> {
    let path = UrlPath::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
    calls.read_list(path, wire::runs).await
}

/// `GET /processes/{processId}/steps`.
pub(crate) async fn steps(
    calls: &AuthorizedCalls,
    process: &ProcessId,
) -> Result<Listing<ListedStep>, CallError> {
    let path = UrlPath::new("/api/v1/processes/{}/steps", &[process.as_str()]);
    calls.read_list(path, wire::steps).await
}

/// `POST /processes/{processId}/processruns`: creates a run without starting it. Sent once: a second
/// request would create a second run.
pub(crate) async fn create_run(
    calls: &AuthorizedCalls,
    process: &ProcessId,
    prefix: &str,
) -> Result<NamedRun, CallError> {
    let path = UrlPath::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
    let body = match prefix.trim() {
        "" => None,
        prefix => Some(json!({ "namePrefix": prefix })),
    };
    let requested = process.clone();
    calls
        .post_once(path, body, CHANGE_SCOPE, move |body| {
            wire::created_run(&requested, body)
        })
        .await
}

/// An array of processes to pick from.
pub(crate) fn listed(body: &RawValue) -> Result<Listing<ProcessInfo>, Unreadable> {
    picks(body, listed_process)
}

/// One process.
pub(crate) fn one(requested: &ProcessId, body: &RawValue) -> Result<ProcessInfo, Unreadable> {
    let fields = Fields::of(body)?;
    fields.must_have_id(requested.as_str(), |id| {
        ProcessId::parse(id).is_ok_and(|id| id == *requested)
    })?;
    Ok(process_info(&fields, requested.clone()))
}

fn listed_process(fields: &Fields<'_>) -> Option<ProcessInfo> {
    let id = ProcessId::parse(&fields.id("id")?).ok()?;
    Some(process_info(fields, id))
}

fn process_info(fields: &Fields<'_>, id: ProcessId) -> ProcessInfo {
    ProcessInfo {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        description: fields.message("description"),
        last_modified_by: fields.name("lastModifiedBy"),
        date_modified: fields.date("dateModified"),
        id,
    }
}
