//! What is done to a run. Each call is sent once; its answer is no state of the run.

use runwatch_core::error::CallError;
use runwatch_core::ids::{RunId, StepId};
use serde_json::json;

use crate::api::Api;
use crate::path::Path;
use crate::wire;

/// The right to start, cancel and restart.
const EXECUTE: &str = "process_execute";

/// `POST /processruns/{runId}/start`.
pub(crate) async fn start(api: &Api, run: &RunId) -> Result<(), CallError> {
    on_run(api, "/api/v1/processruns/{}/start", run).await
}

/// `POST /processruns/{runId}/cancel`.
pub(crate) async fn cancel(api: &Api, run: &RunId) -> Result<(), CallError> {
    on_run(api, "/api/v1/processruns/{}/cancel", run).await
}

/// `POST /processruns/{runId}/steps/{stepId}/restartfromhere`.
pub(crate) async fn restart_from(api: &Api, run: &RunId, step: &StepId) -> Result<(), CallError> {
    let path = Path::new(
        "/api/v1/processruns/{}/steps/{}/restartfromhere",
        &[run.as_str(), step.as_str()],
    );
    let asked = step.clone();
    api.act(path, None, EXECUTE, move |body| {
        wire::step_acted_on(&asked, body)
    })
    .await
}

/// `POST /requests` with `ProcessRun_StartRq`.
pub(crate) async fn start_deprecated(api: &Api, run: &RunId) -> Result<(), CallError> {
    request(api, "ProcessRun_StartRq", run).await
}

/// `POST /requests` with `ProcessRun_CancelRq`.
pub(crate) async fn cancel_deprecated(api: &Api, run: &RunId) -> Result<(), CallError> {
    request(api, "ProcessRun_CancelRq", run).await
}

async fn on_run(api: &Api, template: &'static str, run: &RunId) -> Result<(), CallError> {
    let path = Path::new(template, &[run.as_str()]);
    let asked = run.clone();
    api.act(path, None, EXECUTE, move |body| {
        wire::run_acted_on(&asked, body)
    })
    .await
}

async fn request(api: &Api, request: &str, run: &RunId) -> Result<(), CallError> {
    let path = Path::new("/api/v1/requests", &[]);
    let body = json!({ "request": request, "processRunId": run.as_str() });
    let asked = run.clone();
    api.act(path, Some(body), EXECUTE, move |body| {
        wire::run_acted_on(&asked, body)
    })
    .await
}
