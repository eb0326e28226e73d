//! The main window and the tray. The window may be closed: watching goes on without it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use runwatch_core::attempt::Phase;
use tauri::menu::{MenuBuilder, MenuItemBuilder};
use tauri::tray::{TrayIconBuilder, TrayIconEvent};
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::world::World;

const MAIN: &str = "main";
/// The menu item that ends the app, in the tray's menu and in the menu bar.
pub const QUIT: &str = "quit";

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
        return;
    }
    if let Err(error) = build(app) {
        tracing::error!(%error, "the window could not be opened");
    }
}

/// Started without a window: no icon in the Dock of macOS until somebody opens one. From then on the
/// icon stays, since a full menu bar hides the tray's.
#[cfg_attr(
    not(target_os = "macos"),
    expect(unused_variables, reason = "only macOS has a Dock")
)]
pub fn stay_out_of_the_dock(app: &AppHandle) {
    #[cfg(target_os = "macos")]
    if let Err(error) = app.set_activation_policy(tauri::ActivationPolicy::Accessory) {
        tracing::warn!(%error, "the Dock's icon could not be hidden");
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Regular)?;
    let world = app.state::<Arc<World>>();
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(if world.demo.is_some() {
            "Runwatch – sample data"
        } else {
            "Runwatch"
        })
        .inner_size(1200.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .on_navigation(stays_here)
        // Addresses are opened by the backend, in the system's browser.
        .on_new_window(|_, _| NewWindowResponse::Deny);
    // Each data folder has its own web-view storage (`rules.md`, 21).
    #[cfg(target_os = "macos")]
    let builder = builder.data_store_identifier(world.folder.mark());
    #[cfg(not(target_os = "macos"))]
    let builder = builder.data_directory(world.folder.page());
    let window = builder.build()?;
    world.engine.set_view(None, true);
    let (app, handle) = (app.clone(), window.clone());
    window.on_window_event(move |event| match event {
        WindowEvent::Destroyed => {
            let world = app.state::<Arc<World>>();
            world.page.close();
            world.engine.set_view(None, false);
        }
        WindowEvent::Focused(_) | WindowEvent::Resized(_) => {
            let visible = !handle.is_minimized().unwrap_or(false);
            app.state::<Arc<World>>().engine.set_visible(visible);
        }
        _ => {}
    });
    Ok(())
}

/// The page stays the app's own, whatever it is led to.
fn stays_here(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

/// Whether an end would be missed if the app ended now.
pub fn is_needed(world: &World) -> bool {
    world.engine.cells().iter().any(|cell| {
        let state = cell.state();
        let open = !matches!(
            state.run.course.map(|course| course.phase),
            None | Some(Phase::Ended { .. } | Phase::Unseen)
        );
        state.run.watched && open
    })
}

/// The tray icon, where the desktop has a place for one.
pub fn add_tray(app: &AppHandle) {
    // The Linux library is loaded at run time, and panics where it is missing.
    let added = std::panic::catch_unwind(AssertUnwindSafe(|| build_tray(app)));
    match added {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "there is no tray icon"),
        Err(_) => tracing::warn!("there is no tray on this desktop"),
    }
}

fn build_tray(app: &AppHandle) -> tauri::Result<()> {
    let open_item = MenuItemBuilder::with_id("open", "Open Runwatch").build(app)?;
    let quit_item = MenuItemBuilder::with_id(QUIT, "Quit").build(app)?;
    let menu = MenuBuilder::new(app)
        .item(&open_item)
        .separator()
        .item(&quit_item)
        .build()?;
    let mut tray = TrayIconBuilder::with_id("tray")
        .tooltip("Runwatch")
        .menu(&menu)
        // Items of the menu bar come here too.
        .on_menu_event(|app, event| match event.id().as_ref() {
            "open" => open(app),
            QUIT => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::DoubleClick { .. } = event {
                open(tray.app_handle());
            }
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    Ok(())
}
