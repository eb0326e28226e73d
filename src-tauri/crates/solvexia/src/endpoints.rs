//! Every call of the API, as the port names it: its path, what is sent, and who reads the answer (`wire/`).
//! Reads are asked again when they fail; an action is sent exactly once, and its answer does not count as
//! the run's state. To add one: docs/ARCHITECTURE.md, “To add an endpoint”.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use runwatch_core::error::CallError;
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::network::Route;
use runwatch_core::observation::{
    ListedStep, Listing, NamedRun, ProcessInfo, RunInfo, RunObservation, StepObservation,
};
use runwatch_core::ports::SolveXia;
use serde_json::json;

use crate::authorized_calls::Action;
use crate::client::Client;
use crate::url_path::UrlPath;
use crate::wire::{processes, runs, steps};

/// Start, cancel and restart.
const ON_RUN: Action = Action {
    scope: "process_execute",
    look_at: "the run's status",
};

/// There is no run yet whose status could be looked at.
const CREATE: Action = Action {
    scope: "process",
    look_at: "the runs of its process",
};

// A call that the port answers by default would never be sent.
#[deny(clippy::missing_trait_methods)]
#[async_trait]
impl SolveXia for Client {
    async fn run(&self, run: &RunId) -> Result<RunInfo, CallError> {
        let path = UrlPath::new("/api/v1/processruns/{}", &[run.as_str()]);
        let requested = run.clone();
        self.calls
            .read(path, move |body| runs::run(&requested, body))
            .await
    }

    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        let path = UrlPath::new("/api/v1/processruns/{}/runstatus", &[run.as_str()]);
        let requested = run.clone();
        self.calls
            .read(path, move |body| runs::run_status(&requested, body))
            .await
    }

    async fn run_steps(&self, run: &RunId) -> Result<Listing<ListedStep>, CallError> {
        let path = UrlPath::new("/api/v1/processruns/{}/steps", &[run.as_str()]);
        self.calls.read_list(path, steps::steps).await
    }

    async fn step_status(&self, run: &RunId, step: &StepId) -> Result<StepObservation, CallError> {
        let path = UrlPath::new(
            "/api/v1/processruns/{}/steps/{}/runstatus",
            &[run.as_str(), step.as_str()],
        );
        let requested = step.clone();
        self.calls
            .read(path, move |body| steps::step_status(&requested, body))
            .await
    }

    async fn start(&self, run: &RunId) -> Result<(), CallError> {
        self.act_on_run("/api/v1/processruns/{}/start", run).await
    }

    async fn start_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.request("ProcessRun_StartRq", run).await
    }

    async fn cancel(&self, run: &RunId) -> Result<(), CallError> {
        self.act_on_run("/api/v1/processruns/{}/cancel", run).await
    }

    async fn cancel_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.request("ProcessRun_CancelRq", run).await
    }

    async fn restart_from(&self, run: &RunId, step: &StepId) -> Result<(), CallError> {
        let path = UrlPath::new(
            "/api/v1/processruns/{}/steps/{}/restartfromhere",
            &[run.as_str(), step.as_str()],
        );
        let requested = step.clone();
        self.calls
            .post_once(path, None, ON_RUN, move |body| {
                steps::step_acted_on(&requested, body)
            })
            .await
    }

    async fn processes(&self, name: &str) -> Result<Listing<ProcessInfo>, CallError> {
        let all = UrlPath::new("/api/v1/processes", &[]);
        let path = match name.trim() {
            "" => all,
            name => all.with_query("name", name),
        };
        self.calls.read_list(path, processes::processes).await
    }

    async fn process(&self, process: &ProcessId) -> Result<ProcessInfo, CallError> {
        let path = UrlPath::new("/api/v1/processes/{}", &[process.as_str()]);
        let requested = process.clone();
        self.calls
            .read(path, move |body| processes::process(&requested, body))
            .await
    }

    async fn process_runs(&self, process: &ProcessId) -> Result<Listing<NamedRun>, CallError> {
        let path = UrlPath::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
        self.calls.read_list(path, runs::runs).await
    }

    async fn process_steps(&self, process: &ProcessId) -> Result<Listing<ListedStep>, CallError> {
        let path = UrlPath::new("/api/v1/processes/{}/steps", &[process.as_str()]);
        self.calls.read_list(path, steps::steps).await
    }

    // A second request would create a second run.
    async fn create_run(&self, process: &ProcessId, prefix: &str) -> Result<NamedRun, CallError> {
        let path = UrlPath::new("/api/v1/processes/{}/processruns", &[process.as_str()]);
        let body = match prefix.trim() {
            "" => None,
            prefix => Some(json!({ "namePrefix": prefix })),
        };
        let requested = process.clone();
        self.calls
            .post_once(path, body, CREATE, move |body| {
                runs::created_run(&requested, body)
            })
            .await
    }

    async fn sign_in(&self) -> Result<(), CallError> {
        self.try_secret().await
    }

    fn scopes(&self) -> Option<Vec<String>> {
        self.calls.tokens().granted_scopes()
    }

    fn by_route(&self, route: &Route) -> Result<Arc<dyn SolveXia>, CallError> {
        Ok(Arc::new(self.over_route(route)?))
    }

    fn clock_ahead(&self) -> Option<SignedDuration> {
        self.calls.clock_ahead()
    }
}

impl Client {
    async fn act_on_run(&self, template: &'static str, run: &RunId) -> Result<(), CallError> {
        let path = UrlPath::new(template, &[run.as_str()]);
        let requested = run.clone();
        self.calls
            .post_once(path, None, ON_RUN, move |body| {
                runs::run_acted_on(&requested, body)
            })
            .await
    }

    /// By the deprecated way of actions.
    async fn request(&self, request: &str, run: &RunId) -> Result<(), CallError> {
        let path = UrlPath::new("/api/v1/requests", &[]);
        let body = json!({ "request": request, "processRunId": run.as_str() });
        let requested = run.clone();
        self.calls
            .post_once(path, Some(body), ON_RUN, move |body| {
                runs::run_acted_on(&requested, body)
            })
            .await
    }
}
