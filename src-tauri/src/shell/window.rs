//! The main window. It may be closed: watching goes on without it.

use std::sync::Arc;
use std::time::Duration;

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::app_state::AppState;
use crate::shell::close_notice;

const MAIN: &str = "main";

/// Opens the main window, or brings the open one to the front.
pub fn open(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let raised = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
        if let Err(error) = raised {
            tracing::warn!(%error, "the window could not be raised");
        }
        // Before anything is sent to the page: a dead one keeps nothing.
        if let Some(patience) = app.state::<Arc<AppState>>().page.ask_whether_alive() {
            let app = app.clone();
            tauri::async_runtime::spawn(async move { renew_if_dead(&app, patience).await });
        }
        return;
    }
    if let Err(error) = build(app) {
        tracing::error!(%error, "the window could not be opened");
    }
}

/// Makes the window anew where its page does not answer: the process of a web view may have been killed.
async fn renew_if_dead(app: &AppHandle, patience: Duration) {
    if !app.state::<Arc<AppState>>().page.is_dead(patience).await {
        return;
    }
    tracing::error!("the page does not answer; the window is made anew");
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.destroy()
    {
        tracing::error!(%error, "the dead window could not be closed");
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Regular)?;
    let app_state = app.state::<Arc<AppState>>();
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(if app_state.demo.is_some() {
            "Runwatch – sample data"
        } else {
            "Runwatch"
        })
        .inner_size(1200.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .on_navigation(stays_here)
        // Addresses are opened by the backend, in the system's browser.
        .on_new_window(|_, _| NewWindowResponse::Deny);
    // Each data folder has its own web-view storage (docs/RULES.md, 21).
    #[cfg(target_os = "macos")]
    let builder = builder.data_store_identifier(app_state.folder.storage_id());
    #[cfg(not(target_os = "macos"))]
    let builder = builder.data_directory(app_state.folder.page());
    let window = builder.build()?;
    app_state.engine.set_window(None, true);
    let (app, handle) = (app.clone(), window.clone());
    window.on_window_event(move |event| match event {
        WindowEvent::Destroyed => {
            let app_state = app.state::<Arc<AppState>>();
            let is_closed = app_state.page.close();
            app_state.engine.set_window(None, false);
            match is_closed {
                true => close_notice::window_closed(&app),
                false => open_anew(&app),
            }
        }
        WindowEvent::Focused(_) | WindowEvent::Resized(_) => {
            let visible = !handle.is_minimized().unwrap_or(false);
            app.state::<Arc<AppState>>()
                .engine
                .set_window_visible(visible);
        }
        _ => {}
    });
    Ok(())
}

/// Once the dead window is gone: its name is free only then.
fn open_anew(app: &AppHandle) {
    let main = app.clone();
    // When the app is ending, there is no main thread any more.
    let _ = app.run_on_main_thread(move || open(&main));
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
