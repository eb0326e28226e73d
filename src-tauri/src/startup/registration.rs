//! What the system should know of this program: what to start at login, after an update, and for an address.

use std::sync::Arc;

use runwatch_platform::{DataFolder, LoginEntry, register_addresses, restart_after_updates};

use crate::app_state::AppState;
use crate::settings::launch_at_login;

/// What launch at login registers. Nothing for sample data: it begins anew each time.
pub fn login_entry(folder: &DataFolder, is_sample: bool) -> Option<LoginEntry> {
    let entry = (!is_sample).then(|| LoginEntry::of(folder));
    entry?
        .inspect_err(|error| tracing::warn!(%error, "this program cannot be started at login"))
        .ok()
}

/// Registers what has to be, beside the start: a registry or a disk may be slow.
pub async fn register(app_state: Arc<AppState>) {
    let Some(entry) = app_state.login_entry.clone() else {
        return;
    };
    // An address names no folder: it opens the usual one. First, as notifications wait for it.
    if app_state.folder.is_usual() {
        match tauri::async_runtime::spawn_blocking(register_addresses).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "links to Runwatch may not open it"),
            Err(error) => tracing::error!(%error, "links to Runwatch could not be registered"),
        }
    }
    if !launch_at_login::is_forbidden(&app_state) {
        restart_after_updates(&entry);
    }
    launch_at_login::mend(&app_state).await;
}
