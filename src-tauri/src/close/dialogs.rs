//! The system's dialogs for files: what the page never sees is chosen in them.

use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::app_state::AppState;

/// A calendar file that the user chooses; none where it was closed without one.
pub async fn choose_calendar(app_state: &AppState) -> Option<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    let app: &AppHandle = app_state.app.get()?;
    app.dialog()
        .file()
        .set_title("Import holidays")
        .add_filter("Calendar", &["ics"])
        .pick_file(move |file| drop(answer.send(file)));
    path(chosen.await.ok().flatten())
}

/// A folder that the user chooses for an evidence pack; none where it was closed without one.
pub async fn choose_folder(app_state: &AppState) -> Option<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    let app: &AppHandle = app_state.app.get()?;
    app.dialog()
        .file()
        .set_title("Choose a folder for the evidence pack")
        .pick_folder(move |folder| drop(answer.send(folder)));
    path(chosen.await.ok().flatten())
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|file| file.into_path().ok())
}
