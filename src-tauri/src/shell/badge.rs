//! The number of unread failures on the app's icon: in the Dock or a dock, or over the taskbar's button.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tauri::{AppHandle, Manager};

use crate::app_state::AppState;

/// The number that is shown.
#[derive(Default)]
pub struct Badge(AtomicUsize);

/// There are so many unread failures now.
pub fn set(app: &AppHandle, failures: usize) {
    let badge = &app.state::<Arc<AppState>>().badge;
    if badge.0.swap(failures, Ordering::SeqCst) != failures {
        show(app);
    }
}

/// Shows the number: it changed, or a window is new, which on Windows begins without it.
pub fn show(app: &AppHandle) {
    let failures = app.state::<Arc<AppState>>().badge.0.load(Ordering::SeqCst);
    #[cfg(target_os = "linux")]
    tauri::async_runtime::spawn_blocking(move || runwatch_platform::show_badge(failures));
    // When the app is ending, there is no main thread any more.
    #[cfg(target_os = "macos")]
    let _ = app.run_on_main_thread(move || runwatch_platform::show_badge(failures));
    #[cfg(windows)]
    if let Some(window) = app.get_webview_window(crate::shell::window::MAIN)
        && let Err(error) = window.set_overlay_icon(overlay(failures))
    {
        tracing::debug!(%error, "the taskbar does not show the number of failures");
    }
}

#[cfg(windows)]
fn overlay(failures: usize) -> Option<tauri::image::Image<'static>> {
    use tauri::include_image;
    Some(match failures {
        0 => return None,
        1 => include_image!("../icons/badge/1.png"),
        2 => include_image!("../icons/badge/2.png"),
        3 => include_image!("../icons/badge/3.png"),
        4 => include_image!("../icons/badge/4.png"),
        5 => include_image!("../icons/badge/5.png"),
        6 => include_image!("../icons/badge/6.png"),
        7 => include_image!("../icons/badge/7.png"),
        8 => include_image!("../icons/badge/8.png"),
        9 => include_image!("../icons/badge/9.png"),
        10.. => include_image!("../icons/badge/more.png"),
    })
}
