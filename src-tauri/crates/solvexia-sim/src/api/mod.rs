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

use crate::server_state::SharedState;
pub use error_body::ApiError;

/// The routes below `/api/v1`.
pub fn routes() -> Router<SharedState> {
    Router::new()
        .merge(runs::routes())
        .merge(processes::routes())
        .merge(steps::routes())
        .merge(files_and_logs::routes())
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
