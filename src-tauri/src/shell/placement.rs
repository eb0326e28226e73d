//! Puts the window where it was, as far as the screens that are there have room for it, and remembers where
//! it is. What that means is decided in `runwatch_core::window_place`.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::window_place::{Area, Opening, Screen, Size, WindowPlace, fits, is_in_sight};
use tauri::{
    AppHandle, LogicalPosition, LogicalSize, Manager, Monitor, PhysicalPosition, PhysicalRect,
    PhysicalSize, Position, WebviewWindow,
};

use crate::app_state::AppState;

/// What title bar and edges take, in logical pixels: on Windows also the edges that nobody sees, 8 pixels at each
/// side and below, by which a window is sized. On Linux the window manager sees to its own.
const FRAME: Size = if cfg!(windows) {
    Size {
        width: 16,
        height: 40,
    }
} else {
    Size {
        width: 0,
        height: if cfg!(target_os = "macos") { 32 } else { 0 },
    }
};
/// A window that is moved tells so many times a second: its place is kept once it rests.
const SETTLE: Duration = Duration::from_secs(1);

/// How the window is to open on the screens that are there.
pub fn opening(app: &AppHandle) -> Opening {
    let placement = &app.state::<Arc<AppState>>().placement;
    let opening = placement.places().open_on(&screens(app), FRAME);
    *placement.opened() = Some(opening);
    opening
}

/// Puts a window that is not shown yet into its place.
pub fn put(window: &WebviewWindow, opening: &Opening) -> tauri::Result<()> {
    if let Some(corner) = opening.corner {
        window.set_position(position(corner))?;
        // It may have been made on a larger one.
        window.set_min_size(Some(size(opening.least)))?;
        // On a screen of another scale it may have got another size.
        window.set_size(size(opening.size))?;
    }
    if opening.is_maximized {
        window.maximize()?;
    }
    Ok(())
}

/// Moves an open window whose screen is gone to one that is there, and makes one smaller that was left on a screen
/// without room for it.
pub fn bring_into_sight(window: &WebviewWindow) -> tauri::Result<()> {
    let screens = screens(window.app_handle());
    let place = place(window)?;
    let is_well = is_in_sight(&screens, &place) && fits(&screens, &place, FRAME);
    if window.is_minimized()? || place.is_maximized || is_well {
        return Ok(());
    }
    put(window, &opening(window.app_handle()))
}

/// The window was moved or resized: remembers it.
pub fn moved(window: &WebviewWindow) {
    let app = window.app_handle();
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let is_away = window.is_minimized().unwrap_or(true) || window.is_fullscreen().unwrap_or(true);
    let Ok(place) = place(window) else { return };
    let placement = &app_state.placement;
    let is_as_opened = |opening: &Opening| opening.is_still(&place);
    if is_away || placement.opened().as_ref().is_some_and(is_as_opened) {
        return;
    }
    *placement.opened() = None;
    let is_news = placement.places().remember(&screens(app), place);
    if is_news && placement.begin_to_keep() {
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(SETTLE).await;
            keep(&app_state).await;
        });
    }
}

/// Keeps what is not kept yet: now, as the app may be ending.
pub async fn keep(app_state: &AppState) {
    if !app_state.placement.end_to_keep() {
        return;
    }
    let places = app_state.placement.places().clone();
    let setting = Setting::WindowPlaces(places);
    if let Err(error) = app_state.engine.history.save_setting(setting).await {
        tracing::warn!(%error, "the window’s place could not be remembered");
    }
}

fn screens(app: &AppHandle) -> Vec<Screen> {
    let primary = app.primary_monitor().ok().flatten();
    let primary = primary.map(|monitor| *monitor.position());
    let all = app.available_monitors().unwrap_or_default();
    let screen = |monitor: &Monitor| {
        let scale = monitor.scale_factor();
        let (position, size) = (*monitor.position(), *monitor.size());
        Screen {
            all: area(PhysicalRect { position, size }, scale),
            work_area: area(*monitor.work_area(), scale),
            density: density(scale),
            is_primary: primary == Some(position),
        }
    };
    all.iter().map(screen).collect()
}

fn place(window: &WebviewWindow) -> tauri::Result<WindowPlace> {
    let scale = window.scale_factor()?;
    let at = window.outer_position()?;
    let size: LogicalSize<f64> = window.inner_size()?.to_logical(scale);
    let whole = PhysicalSize::new(1, 1);
    let at = area(
        PhysicalRect {
            position: at,
            size: whole,
        },
        scale,
    );
    Ok(WindowPlace {
        x: at.x,
        y: at.y,
        size: Size {
            width: rounded(size.width),
            height: rounded(size.height),
        },
        is_maximized: window.is_maximized()?,
    })
}

/// Windows lays its screens out in pixels; elsewhere tao multiplies points, each by its screen's scale.
fn area(rect: PhysicalRect<i32, u32>, scale: f64) -> Area {
    let unit = if cfg!(windows) { 1.0 } else { scale };
    let at: LogicalPosition<i32> = rect.position.to_logical(unit);
    let size: LogicalSize<u32> = rect.size.to_logical(unit);
    Area {
        x: at.x,
        y: at.y,
        width: size.width,
        height: size.height,
    }
}

fn density(scale: f64) -> u32 {
    match cfg!(windows) {
        true => rounded(scale * 100.0),
        false => 100,
    }
}

fn position((x, y): (i32, i32)) -> Position {
    match cfg!(windows) {
        true => PhysicalPosition::new(x, y).into(),
        false => LogicalPosition::new(x, y).into(),
    }
}

/// A size, as Tauri has it.
pub fn size(size: Size) -> LogicalSize<f64> {
    LogicalSize::new(size.width.into(), size.height.into())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of screens"
)]
fn rounded(length: f64) -> u32 {
    length.round() as u32
}
