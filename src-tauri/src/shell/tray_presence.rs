//! Whether there is a tray icon.

use tauri::AppHandle;

/// The tray icon's id.
pub const TRAY: &str = "tray";

/// Whether the icon was made; a desktop may have no place for it all the same.
pub fn is_there(app: &AppHandle) -> bool {
    app.tray_by_id(TRAY).is_some()
}
