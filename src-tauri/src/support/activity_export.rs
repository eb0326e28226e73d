//! All that was done from here, saved as a table for an auditor.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::ZonedDateTime;
use runwatch_close_files::activity;
use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::action::Action;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::FileDialogs;
use runwatch_platform::save_for_user;

use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// Asks where to, and saves every action of the history there, the newest first. Answers the place; none
/// where its user thought better of it.
///
/// # Errors
/// When the history cannot be read or the file cannot be written.
pub async fn export(
    app_state: &AppState,
    dialogs: &dyn FileDialogs,
) -> Result<Option<PathBuf>, AppError> {
    let now = ZonedDateTime::now();
    let name = format!("Runwatch activity {}.csv", now.date());
    let Some(place) = dialogs.save_as("Export Activity", &name).await else {
        return Ok(None);
    };
    let read = app_state.engine.history.store().activity(u32::MAX).await;
    let mut actions = read.map_err(|error| error.for_page())?;
    for action in &mut actions {
        let before = action.environment.take();
        action.environment = before.or_else(|| origin(app_state, &action.account));
    }
    save(&place, actions, &now).await?;
    Ok(Some(place))
}

/// Where an account is, for what was done before that was written down with it.
fn origin(app_state: &AppState, account: &AccountId) -> Option<String> {
    let session = app_state.engine.accounts.get(account)?;
    Some(session.account.environment.origin().to_owned())
}

async fn save(place: &Path, actions: Vec<Action>, now: &ZonedDateTime) -> Result<(), AppError> {
    let (file, zone) = (place.to_owned(), now.time_zone().clone());
    let writing = tokio::task::spawn_blocking(move || {
        let bytes = activity::file(&actions, &zone).map_err(io::Error::from)?;
        save_for_user(&file, &bytes)
    });
    let saved = writing
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)));
    saved.map_err(|error| AppError::new(ErrorCode::Internal, not_saved(place, &error)))
}

fn not_saved(place: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full".to_owned(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "You may not write into this folder".to_owned()
        }
        ErrorKind::NotFound => "The folder is not there any more".to_owned(),
        _ => format!("The system says: {error}"),
    };
    format!(
        "“{}” was not saved. {why}. Save it in another place.",
        place.display()
    )
}

#[cfg(test)]
#[path = "activity_export_tests.rs"]
mod tests;
