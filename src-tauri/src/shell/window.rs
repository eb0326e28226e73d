//! Opens the main window. It may be closed: watching goes on without it.

use std::sync::Arc;

use tauri::{AppHandle, Manager};

use crate::app_state::AppState;
use crate::shell::main_window::{self, MAIN};
use crate::shell::{placement, revival};

/// Opens the main window, or brings the open one to the front. Called on the main thread.
pub fn open(app: &AppHandle) {
    let under_way = &app.state::<Arc<AppState>>().revival;
    if under_way.is_telling() {
        return under_way.want_window();
    }
    let Some(window) = app.get_webview_window(MAIN) else {
        // One that is made anew comes by itself.
        if !under_way.is_renewing() {
            revival::open_new(app);
        }
        return;
    };
    // What is minimised has no place yet: the screen that it comes back to may be gone.
    let restored = window.unminimize();
    let raised = restored
        .and_then(|()| placement::bring_into_sight(&window))
        .and_then(|()| main_window::raise(&window));
    if let Err(error) = raised {
        tracing::warn!(%error, "the window could not be raised");
    }
    // Before anything is sent to the page: a dead one keeps nothing.
    revival::look_after(app);
}
