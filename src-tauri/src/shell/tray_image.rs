//! The tray icon's pictures.

use tauri::image::Image;
use tauri::include_image;

use crate::shell::tray_summary::TrayIconKind;

/// A template, which macOS draws in the colour of its menu bar.
#[cfg(target_os = "macos")]
pub fn of(kind: TrayIconKind) -> Image<'static> {
    match kind {
        TrayIconKind::Failed => include_image!("../icons/tray/failed-template.png"),
        TrayIconKind::Active => include_image!("../icons/tray/active-template.png"),
        TrayIconKind::Offline => include_image!("../icons/tray/offline-template.png"),
        TrayIconKind::Idle => include_image!("../icons/tray/idle-template.png"),
    }
}

/// By the taskbar's theme, which is not that of apps.
#[cfg(windows)]
pub fn of(kind: TrayIconKind) -> Image<'static> {
    if runwatch_platform::taskbar_is_light() {
        return on_light(kind);
    }
    match kind {
        TrayIconKind::Failed => include_image!("../icons/tray/failed-on-dark.png"),
        TrayIconKind::Active => include_image!("../icons/tray/active-on-dark.png"),
        TrayIconKind::Offline => include_image!("../icons/tray/offline-on-dark.png"),
        TrayIconKind::Idle => include_image!("../icons/tray/idle-on-dark.png"),
    }
}

/// No desktop of Linux tells how bright its panel is.
#[cfg(target_os = "linux")]
pub fn of(kind: TrayIconKind) -> Image<'static> {
    on_light(kind)
}

#[cfg(not(target_os = "macos"))]
fn on_light(kind: TrayIconKind) -> Image<'static> {
    match kind {
        TrayIconKind::Failed => include_image!("../icons/tray/failed.png"),
        TrayIconKind::Active => include_image!("../icons/tray/active.png"),
        TrayIconKind::Offline => include_image!("../icons/tray/offline.png"),
        TrayIconKind::Idle => include_image!("../icons/tray/idle.png"),
    }
}
