//! The system's web browser.

use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::environment::Environment;

use crate::app_state::AppState;

/// Opens an address in the system's browser: one at the environment of an account or of the
/// sign-in under way, and no other.
///
/// # Errors
/// When it leads elsewhere, or no browser opens.
pub fn open_link(
    app_state: &AppState,
    environment: &Environment,
    address: &str,
) -> Result<(), AppError> {
    if Environment::parse(address).as_ref() != Ok(environment) {
        let message = "This address leads away from SolveXia, so it was not opened.";
        return Err(AppError::new(ErrorCode::Internal, message));
    }
    app_state
        .browser
        .open(address)
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason))
}
