//! What is read of a run.

use runwatch_core::error::CallError;
use runwatch_core::ids::{RunId, StepId};
use runwatch_core::observation::{ListedStep, RunInfo, RunObservation, StepObservation};

use crate::api::Api;
use crate::path::Path;
use crate::wire;

/// `GET /processruns/{runId}`.
pub(crate) async fn get(api: &Api, run: &RunId) -> Result<RunInfo, CallError> {
    let asked = run.clone();
    api.read(
        Path::new("/api/v1/processruns/{}", &[run.as_str()]),
        move |body| wire::run(&asked, body),
    )
    .await
}

/// `GET /processruns/{runId}/runstatus`.
pub(crate) async fn status(api: &Api, run: &RunId) -> Result<RunObservation, CallError> {
    let asked = run.clone();
    api.read(
        Path::new("/api/v1/processruns/{}/runstatus", &[run.as_str()]),
        move |body| wire::run_status(&asked, body),
    )
    .await
}

/// `GET /processruns/{runId}/steps`.
pub(crate) async fn steps(api: &Api, run: &RunId) -> Result<Vec<ListedStep>, CallError> {
    let path = Path::new("/api/v1/processruns/{}/steps", &[run.as_str()]);
    api.read(path, wire::steps).await
}

/// `GET /processruns/{runId}/steps/{stepId}/runstatus`.
pub(crate) async fn step_status(
    api: &Api,
    run: &RunId,
    step: &StepId,
) -> Result<StepObservation, CallError> {
    let asked = step.clone();
    api.read(
        Path::new(
            "/api/v1/processruns/{}/steps/{}/runstatus",
            &[run.as_str(), step.as_str()],
        ),
        move |body| wire::step_status(&asked, body),
    )
    .await
}
