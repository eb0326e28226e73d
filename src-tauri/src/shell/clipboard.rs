//! The system's clipboard.

use std::sync::{Mutex, PoisonError};

use runwatch_contract::{AppError, ErrorCode};

/// The system's clipboard, kept open: on Linux what was copied is gone with it.
#[derive(Default)]
pub struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Puts a text into the clipboard.
    ///
    /// # Errors
    /// When the system does not take it.
    pub fn copy(&self, text: String) -> Result<(), AppError> {
        let mut clipboard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
}
