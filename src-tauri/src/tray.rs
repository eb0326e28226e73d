//! The tray: how the watched runs stand, at a glance, and the way back to the window.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use runwatch_core::notification::InboxItem;
use runwatch_core::outcome::Outcome;
use runwatch_engine::Event;
use runwatch_engine::accounts::session::SignInState;
use tauri::image::Image;
use tauri::menu::{CheckMenuItem, CheckMenuItemBuilder, MenuBuilder, MenuItem, MenuItemBuilder};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Runtime, Wry, include_image};
use tokio::sync::broadcast::error::RecvError;

use crate::glance::{Glance, Mark};
use crate::view::LATEST;
use crate::world::World;
use crate::{quit, window};

const ID: &str = "tray";
const OPEN: &str = "open";
const PAUSE: &str = "pause";
/// The menu item that ends the app, in the tray's menu and in the menu bar.
pub const QUIT: &str = "quit";
/// Changes come in bursts; the tray need not show each of them.
const SETTLE: Duration = Duration::from_millis(300);

/// The icon and those parts of its menu that change.
struct Tray {
    icon: TrayIcon<Wry>,
    /// What the tooltip says, for desktops that show none.
    words: MenuItem<Wry>,
    pause: CheckMenuItem<Wry>,
}

/// Adds the tray icon, where the desktop has a place for one, and keeps it up to date.
pub fn add(app: &AppHandle) {
    // The Linux library is loaded at run time, and panics where it is missing.
    let built = std::panic::catch_unwind(AssertUnwindSafe(|| build(app)));
    match built {
        Ok(Ok(tray)) => {
            let world = Arc::clone(&app.state::<Arc<World>>());
            tauri::async_runtime::spawn(tray.keep_up(world));
        }
        Ok(Err(error)) => tracing::warn!(%error, "there is no tray icon"),
        Err(_) => tracing::warn!("there is no tray on this desktop"),
    }
}

/// Whether the icon was made; a desktop may have no place for it all the same.
pub fn is_there<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Does what a menu item says, of the tray's menu or of the menu bar.
pub fn chosen(app: &AppHandle, item: &str) {
    match item {
        OPEN => window::open(app),
        PAUSE => {
            let engine = &app.state::<Arc<World>>().engine;
            engine.set_paused(!engine.is_paused());
        }
        QUIT => quit::ask(app),
        _ => {}
    }
}

fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let glance = Glance::default();
    let words = MenuItemBuilder::new(glance.words())
        .enabled(false)
        .build(app)?;
    let open = MenuItemBuilder::with_id(OPEN, "Open Runwatch").build(app)?;
    let pause = CheckMenuItemBuilder::with_id(PAUSE, "Pause watching").build(app)?;
    let quit = MenuItemBuilder::with_id(QUIT, "Quit").build(app)?;
    let menu = MenuBuilder::new(app)
        .item(&words)
        .separator()
        .item(&open)
        .item(&pause)
        .separator()
        .item(&quit)
        .build()?;
    let icon = TrayIconBuilder::with_id(ID)
        .icon(image(glance.mark()))
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip(glance.words())
        .menu(&menu)
        // On Windows a left click opens, and the menu comes by the right one; on macOS any click is the
        // menu's, and desktops of Linux tell of none.
        .show_menu_on_left_click(!cfg!(windows))
        .on_tray_icon_event(|tray, event| {
            if cfg!(windows) && is_click(&event) {
                window::open(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(Tray { icon, words, pause })
}

fn is_click(event: &TrayIconEvent) -> bool {
    matches!(
        event,
        TrayIconEvent::Click {
            button: MouseButton::Left,
            button_state: MouseButtonState::Up,
            ..
        }
    )
}

impl Tray {
    async fn keep_up(self, world: Arc<World>) {
        let mut events = world.engine.events();
        let mut failures = unseen_failures(&world).await;
        let mut shown = None;
        loop {
            let glance = glance(&world, failures);
            if shown != Some(glance) {
                if let Err(error) = self.show(&glance) {
                    tracing::warn!(%error, "the tray icon could not be changed");
                }
                shown = Some(glance);
            }
            let mut inbox_moved = tokio::select! {
                event = events.recv() => match event {
                    Ok(event) => moves_inbox(&event),
                    Err(RecvError::Lagged(_)) => true,
                    Err(RecvError::Closed) => return,
                },
                () = world.inbox_read.notified() => true,
            };
            tokio::time::sleep(SETTLE).await;
            while let Ok(event) = events.try_recv() {
                inbox_moved |= moves_inbox(&event);
            }
            if inbox_moved {
                failures = unseen_failures(&world).await;
            }
        }
    }

    fn show(&self, glance: &Glance) -> tauri::Result<()> {
        let words = glance.words();
        self.icon
            .set_icon_with_as_template(Some(image(glance.mark())), cfg!(target_os = "macos"))?;
        self.icon.set_tooltip(Some(&words))?;
        self.words.set_text(&words)?;
        self.pause.set_checked(glance.paused)
    }
}

fn moves_inbox(event: &Event) -> bool {
    matches!(event, Event::InboxItem(_) | Event::AccountRemoved(_))
}

async fn unseen_failures(world: &World) -> usize {
    let is_failure = |told: &&InboxItem| {
        let outcome = told.notification.outcome;
        !told.read && matches!(outcome, Some(Outcome::Failed | Outcome::TimedOut))
    };
    let inbox = world.engine.history.store().inbox(LATEST).await;
    inbox.map_or(0, |inbox| inbox.iter().filter(is_failure).count())
}

fn glance(world: &World, failures: usize) -> Glance {
    let sessions = world.engine.accounts.all();
    let awaited = world.engine.awaited().len();
    let signed_out = world
        .engine
        .awaited_of(|standing| standing == SignInState::SignedOut);
    let unread = world.engine.awaited_of(SignInState::is_unread);
    Glance {
        awaited: awaited.saturating_sub(signed_out + unread),
        signed_out,
        unread,
        failures,
        offline: sessions
            .iter()
            .any(|session| session.sign_in == SignInState::Offline),
        paused: world.engine.is_paused(),
    }
}

/// macOS draws a template in the colour of its menu bar.
#[cfg(target_os = "macos")]
fn image(mark: Mark) -> Image<'static> {
    match mark {
        Mark::Failed => include_image!("../icons/tray/failed-template.png"),
        Mark::Active => include_image!("../icons/tray/active-template.png"),
        Mark::Offline | Mark::Idle => include_image!("../icons/tray/idle-template.png"),
    }
}

#[cfg(not(target_os = "macos"))]
fn image(mark: Mark) -> Image<'static> {
    match mark {
        Mark::Failed => include_image!("../icons/tray/failed.png"),
        Mark::Active => include_image!("../icons/tray/active.png"),
        Mark::Offline => include_image!("../icons/tray/offline.png"),
        Mark::Idle => include_image!("../icons/tray/idle.png"),
    }
}
