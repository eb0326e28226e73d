//! Reads of one run. Each is a method of the port (`core/src/ports.rs`), of `client.rs` and of the throttled
//! client (`engine/src/throttle/client.rs`); answers are read by `wire/`.

use runwatch_core::error::CallError;
use runwatch_core::ids::{RunId, StepId};
use runwatch_core::observation::{ListedStep, Listing, RunInfo, RunObservation, StepObservation};

use crate::authorized_calls::AuthorizedCalls;
use crate::url_path::UrlPath;
use crate::wire;

/// `GET /processruns/{runId}`.
pub(crate) async fn get(calls: &AuthorizedCalls, run: &RunId) -> Result<RunInfo, CallError> {
    let requested = run.clone();
    calls
        .read(
            UrlPath::new("/api/v1/processruns/{}", &[run.as_str()]),
            move |body| wire::run(&requested, body),
        )
        .await
}

/// `GET /processruns/{runId}/runstatus`.
pub(crate) async fn status(
    calls: &AuthorizedCalls,
    run: &RunId,
) -> Result<RunObservation, CallError> {
    let requested = run.clone();
    calls
        .read(
            UrlPath::new("/api/v1/processruns/{}/runstatus", &[run.as_str()]),
            move |body| wire::run_status(&requested, body),
        )
        .await
}

/// `GET /processruns/{runId}/steps`.
pub(crate) async fn steps(
    calls: &AuthorizedCalls,
    run: &RunId,
) -> Result<Listing<ListedStep>, CallError> {
    let path = UrlPath::new("/api/v1/processruns/{}/steps", &[run.as_str()]);
    calls.read_list(path, wire::steps).await
}

/// `GET /processruns/{runId}/steps/{stepId}/runstatus`.
pub(crate) async fn step_status(
    calls: &AuthorizedCalls,
    run: &RunId,
    step: &StepId,
) -> Result<StepObservation, CallError> {
    let requested = step.clone();
    calls
        .read(
            UrlPath::new(
                "/api/v1/processruns/{}/steps/{}/runstatus",
                &[run.as_str(), step.as_str()],
            ),
            move |body| wire::step_status(&requested, body),
        )
        .await
}
