//! Processes, their runs, and new runs of them.

use runwatch_core::error::CallError;
use runwatch_core::ids::ProcessId;
use runwatch_core::observation::{ListedStep, NamedRun, ProcessInfo};
use serde_json::json;

use crate::authorized_calls::AuthorizedCalls;
use crate::url_path::UrlPath;
use crate::wire;

/// The scope to create runs.
const CHANGE_SCOPE: &str = "process";

/// `GET /processes?name=`. An empty name asks for all.
pub(crate) async fn list(
    calls: &AuthorizedCalls,
    name: &str,
) -> Result<Vec<ProcessInfo>, CallError> {
    let all = UrlPath::new("/api/v1/processes", &[]);
    let path = match name.trim() {
        "" => all,
        name => all.with_query("name", name),
    };
    calls.read(path, wire::processes).await
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
            move |body| wire::process(&requested, body),
        )
        .await
}

/// `GET /processes/{processId}/processruns`.
pub(crate) async fn runs(
    calls: &AuthorizedCalls,
    process: &ProcessId,
) -> Result<Vec<NamedRun>, CallError> {
    let path = UrlPath::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
    calls.read(path, wire::runs).await
}

/// `GET /processes/{processId}/steps`.
pub(crate) async fn steps(
    calls: &AuthorizedCalls,
    process: &ProcessId,
) -> Result<Vec<ListedStep>, CallError> {
    let path = UrlPath::new("/api/v1/processes/{}/steps", &[process.as_str()]);
    calls.read(path, wire::steps).await
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
