//! The system's web browser.

use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::environment::Environment;
use solvexia::BeginAddress;

use crate::app_state::AppState;

/// Opens an address in the system's browser: one at the environment of an account, and no other.
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
    open(app_state, address)
}

/// Opens where a browser begins a sign-in (`solvexia::BeginAddress`), on this computer.
///
/// # Errors
/// When no browser opens.
pub fn open_sign_in(app_state: &AppState, address: &BeginAddress) -> Result<(), AppError> {
    open(app_state, &address.get())
}

fn open(app_state: &AppState, address: &str) -> Result<(), AppError> {
    app_state
        .browser
        .open(address)
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason))
}
