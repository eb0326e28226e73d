//! The main window itself: how it is made, and how it comes to the front.

use std::sync::Arc;

use runwatch_core::settings::page_settings::PageSettings;
use runwatch_platform::PageEnd;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::app_state::AppState;
use crate::shell::{page_process, placement};

/// Its name.
pub const MAIN: &str = "main";

/// Shows the window in front of all others. On macOS a hidden app shows none, and `set_focus` leaves a
/// window alone that still comes out of the Dock: the app is activated by itself.
pub fn raise(window: &WebviewWindow) -> tauri::Result<()> {
    #[cfg(target_os = "macos")]
    window.app_handle().show()?;
    window.unminimize()?;
    window.show()?;
    window.set_focus()?;
    #[cfg(target_os = "macos")]
    runwatch_platform::activate();
    Ok(())
}

/// The window, where it is open.
pub fn find(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(MAIN)
}

/// Shows its page as large as was chosen.
pub fn zoom(window: &WebviewWindow, settings: PageSettings) {
    if let Err(error) = window.set_zoom(settings.factor()) {
        tracing::warn!(%error, "the page could not be zoomed");
    }
}

/// Makes the window and shows it. Of its page's end, and of its own, the two functions are told.
pub fn build(
    app: &AppHandle,
    page_ended: fn(&AppHandle, PageEnd),
    gone: fn(&AppHandle),
) -> tauri::Result<()> {
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
    zoom(&window, app_state.engine.settings.page());
    let ended = app.clone();
    page_process::watch(&window, move |end| page_ended(&ended, end))?;
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

/// The page stays the app's own, whatever it is led to. Another port is another server.
fn stays_here(url: &Url) -> bool {
    let (schemes, host): (&[&str], _) = if cfg!(windows) {
        (&["http", "https"], "tauri.localhost")
    } else {
        (&["tauri"], "localhost")
    };
    schemes.contains(&url.scheme()) && url.host_str() == Some(host) && url.port().is_none()
}
