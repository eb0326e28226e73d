//! The entries of the tray's menu, and what each does.

use std::sync::Arc;

use tauri::menu::{
    CheckMenuItem, CheckMenuItemBuilder, Menu, MenuBuilder, MenuItem, MenuItemBuilder,
};
use tauri::{AppHandle, Manager, Wry};

use crate::app_state::AppState;
use crate::shell::{quit, window};

const OPEN: &str = "open";
const PAUSE: &str = "pause";
/// The menu item that ends the app, in the tray's menu and in the menu bar.
pub const QUIT: &str = "quit";

/// The menu, and those of its entries that change.
pub struct TrayMenu {
    /// All of it.
    pub menu: Menu<Wry>,
    /// What the tooltip says, for desktops that show none.
    pub summary: MenuItem<Wry>,
    /// Ticked while watching is paused.
    pub pause: CheckMenuItem<Wry>,
}

/// Makes the menu; its first entry says how the watched runs stand.
pub fn build(app: &AppHandle, summary: &str) -> tauri::Result<TrayMenu> {
    let summary = MenuItemBuilder::new(summary).enabled(false).build(app)?;
    let open = MenuItemBuilder::with_id(OPEN, "Open Runwatch").build(app)?;
    let pause = CheckMenuItemBuilder::with_id(PAUSE, "Pause watching").build(app)?;
    let quit = MenuItemBuilder::with_id(QUIT, "Quit").build(app)?;
    let menu = MenuBuilder::new(app)
        .item(&summary)
        .separator()
        .item(&open)
        .item(&pause)
        .separator()
        .item(&quit)
        .build()?;
    Ok(TrayMenu {
        menu,
        summary,
        pause,
    })
}

/// Does what a chosen entry says, of the tray's menu or of the menu bar.
pub fn chosen(app: &AppHandle, item: &str) {
    match item {
        OPEN => window::open(app),
        PAUSE => {
            let engine = &app.state::<Arc<AppState>>().engine;
            engine.set_paused(!engine.is_paused());
        }
        QUIT => quit::ask(app),
        _ => {}
    }
}
