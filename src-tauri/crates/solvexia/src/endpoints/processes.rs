//! Processes, their runs, and new runs of them.

use runwatch_core::error::CallError;
use runwatch_core::ids::ProcessId;
use runwatch_core::observation::{ListedStep, NamedRun, ProcessInfo};
use serde_json::json;

use crate::api::Api;
use crate::path::Path;
use crate::wire;

/// The right to create runs.
const CHANGE: &str = "process";

/// `GET /processes?name=`. An empty name asks for all.
pub(crate) async fn list(api: &Api, name: &str) -> Result<Vec<ProcessInfo>, CallError> {
    let all = Path::new("/api/v1/processes", &[]);
    let path = match name.trim() {
        "" => all,
        name => all.with_query("name", name),
    };
    api.read(path, wire::processes).await
}

/// `GET /processes/{processId}`.
pub(crate) async fn get(api: &Api, process: &ProcessId) -> Result<ProcessInfo, CallError> {
    let asked = process.clone();
    api.read(
        Path::new("/api/v1/processes/{}", &[process.as_str()]),
        move |body| wire::process(&asked, body),
    )
    .await
}

/// `GET /processes/{processId}/processruns`.
pub(crate) async fn runs(api: &Api, process: &ProcessId) -> Result<Vec<NamedRun>, CallError> {
    let path = Path::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
    api.read(path, wire::runs).await
}

/// `GET /processes/{processId}/steps`.
pub(crate) async fn steps(api: &Api, process: &ProcessId) -> Result<Vec<ListedStep>, CallError> {
    let path = Path::new("/api/v1/processes/{}/steps", &[process.as_str()]);
    api.read(path, wire::steps).await
}

/// `POST /processes/{processId}/processruns`: a new run, not started. Sent once, as a second one
/// would be a second run.
pub(crate) async fn create_run(
    api: &Api,
    process: &ProcessId,
    prefix: &str,
) -> Result<NamedRun, CallError> {
    let path = Path::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
    let body = match prefix.trim() {
        "" => None,
        prefix => Some(json!({ "namePrefix": prefix })),
    };
    let asked = process.clone();
    api.act(path, body, CHANGE, move |body| {
        wire::created_run(&asked, body)
    })
    .await
}
