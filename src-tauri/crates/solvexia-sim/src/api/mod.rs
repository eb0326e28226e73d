//! `/api/v1`, as SolveXia documents it.

mod authorization;
mod dates;
mod error_body;
mod files_and_logs;
pub mod path_case;
mod processes;
mod response_bodies;
mod runs;
mod steps;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};

use crate::server_state::SharedState;
pub use error_body::ApiError;

/// The routes below `/api/v1`.
pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/processruns/{run}", get(runs::get))
        .route("/processruns/{run}/start", post(runs::start))
        .route("/processruns/{run}/cancel", post(runs::cancel))
        .route("/processruns/{run}/runstatus", get(runs::status))
        .route("/processruns/{run}/steps", get(runs::steps))
        .route(
            "/processruns/{run}/steps/{step}/runstatus",
            get(runs::step_status),
        )
        .route(
            "/processruns/{run}/steps/{step}/restartfromhere",
            post(runs::restart),
        )
        .route("/requests", post(runs::deprecated_request))
        .route("/processes", get(processes::list))
        .route("/processes/{process}", get(processes::get))
        .route(
            "/processes/{process}/processruns",
            get(processes::runs).post(processes::create_run),
        )
        .route("/processes/{process}/steps", get(processes::steps))
        .route("/steps/{step}", get(steps::get))
        .route("/steps/{step}/properties", get(steps::properties))
        .route(
            "/steps/{step}/properties/{property}",
            get(steps::property).post(steps::set_property),
        )
        .route("/files/{file}/metadata", get(files_and_logs::metadata))
        .route("/logs", get(files_and_logs::logs))
        .fallback(no_such_resource)
        .method_not_allowed_fallback(no_such_method)
}

async fn no_such_resource() -> ApiError {
    ApiError::not_found("The resource does not exist.")
}

async fn no_such_method() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "The resource does not support this method.",
    )
}
