//! The main window. It may be closed: watching goes on without it.

use std::sync::Arc;

use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::app_state::AppState;
use crate::shell::{close_notice, page_process, placement, revival};

/// The main window's name.
pub const MAIN: &str = "main";

/// Opens the main window, or brings the open one to the front. Called on the main thread.
pub fn open(app: &AppHandle) {
    let revival = &app.state::<Arc<AppState>>().revival;
    if revival.is_telling() {
        return;
    }
    if let Some(window) = app.get_webview_window(MAIN) {
        let raised = placement::bring_into_sight(&window).and_then(|()| raise(&window));
        if let Err(error) = raised {
            tracing::warn!(%error, "the window could not be raised");
        }
        // Before anything is sent to the page: a dead one keeps nothing.
        return revival::look_after(app);
    }
    let built = build(app);
    revival.is_over();
    match built {
        Ok(()) => revival::look_after(app),
        Err(error) => revival::not_made(app, &error),
    }
}

/// Shows the window in front of all others. On macOS a hidden app shows none, and `set_focus` leaves a
/// window alone that still comes out of the Dock: the app is activated by itself.
fn raise(window: &WebviewWindow) -> tauri::Result<()> {
    #[cfg(target_os = "macos")]
    window.app_handle().show()?;
    window.unminimize()?;
    window.show()?;
    window.set_focus()?;
    #[cfg(target_os = "macos")]
    runwatch_platform::activate();
    Ok(())
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Regular)?;
    let app_state = app.state::<Arc<AppState>>();
    let opening = placement::opening(app);
    let (size, least) = (
        placement::size(opening.size),
        placement::size(opening.least),
    );
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(if app_state.demo.is_some() {
            "Runwatch – sample data"
        } else {
            "Runwatch"
        })
        .inner_size(size.width, size.height)
        .min_inner_size(least.width, least.height)
        // Shown once it is in its place.
        .visible(false)
        .on_navigation(stays_here)
        // Addresses are opened by the backend, in the system's browser.
        .on_new_window(|_, _| NewWindowResponse::Deny);
    // Each data folder has its own web-view storage (docs/RULES.md, 21).
    #[cfg(target_os = "macos")]
    let builder = builder.data_store_identifier(app_state.folder.storage_id());
    #[cfg(not(target_os = "macos"))]
    let builder = builder.data_directory(app_state.folder.page());
    let window = builder.build()?;
    placement::put(&window, &opening)?;
    let ended = app.clone();
    page_process::watch(&window, move |end| revival::page_ended(&ended, end))?;
    app_state.engine.set_window_visible(true);
    let (app, handle) = (app.clone(), window.clone());
    window.on_window_event(move |event| match event {
        WindowEvent::Destroyed => gone(&app),
        WindowEvent::Focused(_) | WindowEvent::Resized(_) | WindowEvent::Moved(_) => {
            placement::moved(&handle);
            // macOS tells more exactly what can be seen (`startup/start.rs`).
            if !cfg!(target_os = "macos") {
                let visible = !handle.is_minimized().unwrap_or(false);
                let engine = &app.state::<Arc<AppState>>().engine;
                engine.set_window_visible(visible);
            }
        }
        _ => {}
    });
    raise(&window)
}

/// The window is gone: closed, or to be made anew.
fn gone(app: &AppHandle) {
    let app_state = app.state::<Arc<AppState>>();
    let is_renewing = app_state.revival.is_renewing();
    app_state.page.close(is_renewing);
    if is_renewing {
        // The run that was open is open again in the next one.
        app_state.engine.set_window_visible(false);
        revival::open_anew(app);
    } else {
        app_state.engine.set_window(None, false);
        close_notice::window_closed(app);
    }
}

/// The page stays the app's own, whatever it is led to. Another port is another server.
fn stays_here(url: &Url) -> bool {
    let (schemes, host): (&[&str], _) = if cfg!(windows) {
        (&["http", "https"], "tauri.localhost")
    } else {
        (&["tauri"], "localhost")
    };
    schemes.contains(&url.scheme()) && url.host_str() == Some(host) && url.port().is_none()
}
