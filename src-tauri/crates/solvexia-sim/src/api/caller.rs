//! Who calls: the access token of a request, and what it allows.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::ApiError;
use crate::oauth::Access;
use crate::world::Shared;

/// One of these is needed to look at processes and runs. No document says whether a token that
/// may execute may also look; it may here.
pub const READ: &[&str] = &["process", "process_read", "process_execute"];
/// Needed to start, cancel and restart.
pub const EXECUTE: &[&str] = &["process_execute"];
/// One of these is needed to create a run or to change a property.
pub const CHANGE: &[&str] = &["process", "process_execute"];
/// One of these is needed to look at files.
pub const READ_FILES: &[&str] = &["file", "file_read"];
/// Needed to look at the log.
pub const READ_LOG: &[&str] = &["log_read"];

/// A caller with a valid access token; without one there is no way past it.
pub struct Caller(Access);

impl Caller {
    /// Refuses the caller who has none of the scopes.
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

impl FromRequestParts<Shared> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, sim: &Shared) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(ApiError::unauthorized("The access token is missing."))?;
        let world = sim.world();
        let access = world
            .grants
            .access(token)
            .ok_or(ApiError::unauthorized("The access token is not valid."))?;
        if access.has_expired(world.now()) {
            return Err(ApiError::unauthorized("The access token has expired."));
        }
        Ok(Self(access.clone()))
    }
}
