//! Authorization: the access token of a request, and the scopes that it needs.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::error_body::ApiError;
use crate::oauth::AccessGrant;
use crate::server_state::SharedState;

/// One of these is needed to read processes and runs. It is not documented whether
/// `process_execute` alone may read; here it may.
pub const READ: &[&str] = &["process", "process_read", "process_execute"];
/// Needed to start, cancel and restart.
pub const EXECUTE: &[&str] = &["process_execute"];
/// One of these is needed to create a run or to change a property.
pub const CHANGE: &[&str] = &["process", "process_execute"];
/// One of these is needed to read files.
pub const READ_FILES: &[&str] = &["file", "file_read"];
/// Needed to read the log.
pub const READ_LOG: &[&str] = &["log_read"];

/// Proves that the request has a valid access token; endpoints take it as an argument.
pub struct AuthorizedCaller(AccessGrant);

impl AuthorizedCaller {
    /// Fails where the token has none of the scopes.
    pub fn needs(&self, scopes: &[&str]) -> Result<(), ApiError> {
        if self.0.holds_any(scopes) {
            return Ok(());
        }
        Err(ApiError::forbidden(&format!(
            "The access token does not allow this: it needs the scope {}.",
            scopes.join(" or ")
        )))
    }
}

impl FromRequestParts<SharedState> for AuthorizedCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, shared: &SharedState) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(ApiError::unauthorized("The access token is missing."))?;
        let state = shared.lock();
        let access = state
            .oauth
            .access(token)
            .ok_or(ApiError::unauthorized("The access token is not valid."))?;
        if access.has_expired(state.now()) {
            return Err(ApiError::unauthorized("The access token has expired."));
        }
        Ok(Self(access.clone()))
    }
}
