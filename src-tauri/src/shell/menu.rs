//! The menu bar of macOS. Without its Edit menu there is no copy and paste, and without the others no
//! Cmd-Q, Cmd-W, Cmd-H or Cmd-M.

use tauri::menu::{AboutMetadata, Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Wry};

use crate::shell::tray_menu;

/// The whole menu bar.
pub fn bar(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let about = AboutMetadata {
        version: Some(env!("CARGO_PKG_VERSION").into()),
        ..AboutMetadata::default()
    };
    // Our own and not the system's, which would end the app without a question.
    let quit = MenuItemBuilder::with_id(tray_menu::QUIT, "Quit Runwatch")
        .accelerator("Cmd+Q")
        .build(app)?;
    let app_menu = SubmenuBuilder::new(app, "Runwatch")
        .about_with_text("About Runwatch", Some(about))
        .separator()
        .services()
        .separator()
        .hide_with_text("Hide Runwatch")
        .hide_others()
        .show_all()
        .separator()
        .item(&quit)
        .build()?;
    let edit = SubmenuBuilder::new(app, "Edit")
        .undo()
        .redo()
        .separator()
        .cut()
        .copy()
        .paste()
        .select_all()
        .build()?;
    let window = SubmenuBuilder::new(app, "Window")
        .minimize()
        .maximize_with_text("Zoom")
        .separator()
        .close_window()
        .build()?;
    MenuBuilder::new(app)
        .items(&[&app_menu, &edit, &window])
        .build()
}
