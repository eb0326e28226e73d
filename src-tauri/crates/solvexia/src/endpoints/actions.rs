//! Actions on a run. Each is sent exactly once; its response does not count as the run's state.

use runwatch_core::error::CallError;
use runwatch_core::ids::{RunId, StepId};
use serde_json::json;

use crate::authorized_calls::AuthorizedCalls;
use crate::url_path::UrlPath;
use crate::wire;

/// The scope to start, cancel and restart.
const EXECUTE_SCOPE: &str = "process_execute";

/// `POST /processruns/{runId}/start`.
pub(crate) async fn start(calls: &AuthorizedCalls, run: &RunId) -> Result<(), CallError> {
    on_run(calls, "/api/v1/processruns/{}/start", run).await
}

/// `POST /processruns/{runId}/cancel`.
pub(crate) async fn cancel(calls: &AuthorizedCalls, run: &RunId) -> Result<(), CallError> {
    on_run(calls, "/api/v1/processruns/{}/cancel", run).await
}

/// `POST /processruns/{runId}/steps/{stepId}/restartfromhere`.
pub(crate) async fn restart_from(
    calls: &AuthorizedCalls,
    run: &RunId,
    step: &StepId,
) -> Result<(), CallError> {
    let path = UrlPath::new(
        "/api/v1/processruns/{}/steps/{}/restartfromhere",
        &[run.as_str(), step.as_str()],
    );
    let requested = step.clone();
    calls
        .post_once(path, None, EXECUTE_SCOPE, move |body| {
            wire::step_acted_on(&requested, body)
        })
        .await
}

/// `POST /requests` with `ProcessRun_StartRq`.
pub(crate) async fn start_deprecated(
    calls: &AuthorizedCalls,
    run: &RunId,
) -> Result<(), CallError> {
    request(calls, "ProcessRun_StartRq", run).await
}

/// `POST /requests` with `ProcessRun_CancelRq`.
pub(crate) async fn cancel_deprecated(
    calls: &AuthorizedCalls,
    run: &RunId,
) -> Result<(), CallError> {
    request(calls, "ProcessRun_CancelRq", run).await
}

async fn on_run(
    calls: &AuthorizedCalls,
    template: &'static str,
    run: &RunId,
) -> Result<(), CallError> {
    let path = UrlPath::new(template, &[run.as_str()]);
    let requested = run.clone();
    calls
        .post_once(path, None, EXECUTE_SCOPE, move |body| {
            wire::run_acted_on(&requested, body)
        })
        .await
}

async fn request(calls: &AuthorizedCalls, request: &str, run: &RunId) -> Result<(), CallError> {
    let path = UrlPath::new("/api/v1/requests", &[]);
    let body = json!({ "request": request, "processRunId": run.as_str() });
    let requested = run.clone();
    calls
        .post_once(path, Some(body), EXECUTE_SCOPE, move |body| {
            wire::run_acted_on(&requested, body)
        })
        .await
}
