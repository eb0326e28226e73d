//! The system's clipboard.

use std::sync::PoisonError;

use runwatch_contract::{AppError, ErrorCode};

use crate::app_state::AppState;

/// Puts a text into the clipboard.
///
/// # Errors
/// When the system does not take it.
pub fn copy(app_state: &AppState, text: String) -> Result<(), AppError> {
    let mut clipboard = app_state
        .clipboard
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let copied = match clipboard.as_mut() {
        Some(open) => open.set_text(text),
        None => arboard::Clipboard::new()
            .and_then(|mut new| new.set_text(text).map(|()| *clipboard = Some(new))),
    };
    copied.map_err(|error| {
        AppError::new(
            ErrorCode::Internal,
            format!("It could not be copied ({error})."),
        )
    })
}
