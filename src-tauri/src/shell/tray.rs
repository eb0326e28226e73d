//! The tray icon: shows how the watched runs stand, and is kept up to date.

use std::sync::Arc;
use std::time::Duration;

use runwatch_engine::Event;
use runwatch_engine::accounts::session::SignInState;
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};
use tokio::sync::Notify;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::api::views::LATEST;
use crate::app_state::AppState;
use crate::shell::tray_menu::{self, TrayMenu};
use crate::shell::tray_presence::TRAY;
use crate::shell::tray_summary::{Failures, TraySummary};
use crate::shell::{badge, tray_image, window};
use crate::startup::panics;

/// Changes come in bursts; the tray need not show each of them.
const SETTLE: Duration = Duration::from_millis(300);

/// The icon and its menu.
struct Tray {
    icon: TrayIcon<Wry>,
    menu: TrayMenu,
}

/// Adds the tray icon, where the desktop has a place for one, and keeps it up to date.
pub fn add(app: &AppHandle) {
    // The Linux library is loaded at run time, and panics where it is missing.
    let built = panics::expected(|| build(app));
    match built {
        Some(Ok(tray)) => {
            tauri::async_runtime::spawn(keep_up_to_date(app.clone(), Some(tray)));
            return;
        }
        Some(Err(error)) => tracing::warn!(%error, "there is no tray icon"),
        None => tracing::warn!("there is no tray on this desktop"),
    }
    // The dock's icon tells the failures all the same.
    tauri::async_runtime::spawn(keep_up_to_date(app.clone(), None));
}

fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let summary = TraySummary::default();
    let menu = tray_menu::build(app, &summary.words())?;
    let icon = TrayIconBuilder::with_id(TRAY)
        .icon(tray_image::of(summary.icon()))
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip(summary.words())
        .menu(&menu.menu)
        // On Windows a left click opens, and the menu comes by the right one; on macOS any click is the
        // menu's, and desktops of Linux tell of none.
        .show_menu_on_left_click(!cfg!(windows))
        .on_tray_icon_event(|tray, event| {
            if cfg!(windows) && is_click(&event) {
                window::open(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(Tray { icon, menu })
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

/// Keeps the icon, and the number of failures on the app's own one, as the runs stand.
async fn keep_up_to_date(app: AppHandle, tray: Option<Tray>) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let mut events = app_state.engine.events();
    let theme_changed = watch_theme();
    let mut failures = unseen_failures(&app_state, Failures::default()).await;
    let mut shown = None;
    loop {
        let summary = summary(&app_state, failures);
        if shown != Some(summary) {
            if let Some(Err(error)) = tray.as_ref().map(|tray| tray.show(&summary)) {
                tracing::warn!(%error, "the tray icon could not be changed");
            }
            badge::set(&app, failures.count);
            shown = Some(summary);
        }
        let mut inbox_changed = tokio::select! {
            event = events.recv() => match event {
                Ok(event) => changes_inbox(&event),
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            },
            () = theme_changed.notified() => {
                shown = None;
                false
            }
        };
        tokio::time::sleep(SETTLE).await;
        loop {
            match events.try_recv() {
                Ok(event) => inbox_changed |= changes_inbox(&event),
                // What is lost may have been of the Inbox.
                Err(TryRecvError::Lagged(_)) => inbox_changed = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        // What could not be read is tried again.
        if inbox_changed || failures.is_unread {
            failures = unseen_failures(&app_state, failures).await;
        }
    }
}

/// Tells when the icon needs another picture, as the taskbar's theme has changed.
fn watch_theme() -> Arc<Notify> {
    let changed = Arc::new(Notify::new());
    #[cfg(windows)]
    {
        let changed = Arc::clone(&changed);
        runwatch_platform::watch_taskbar_theme(move || changed.notify_one());
    }
    changed
}

impl Tray {
    fn show(&self, summary: &TraySummary) -> tauri::Result<()> {
        let words = summary.words();
        let image = tray_image::of(summary.icon());
        self.icon
            .set_icon_with_as_template(Some(image), cfg!(target_os = "macos"))?;
        self.icon.set_tooltip(Some(&words))?;
        self.menu.summary.set_text(&words)?;
        self.menu.pause.set_checked(summary.paused)
    }
}

fn changes_inbox(event: &Event) -> bool {
    matches!(
        event,
        Event::InboxItem(_)
            | Event::InboxRead(_)
            | Event::InboxRenumbered
            | Event::AccountRemoved(_)
    )
}

async fn unseen_failures(app_state: &AppState, before: Failures) -> Failures {
    let outbox = app_state.engine.outbox.unwritten();
    let inbox = app_state.engine.history.store().inbox(LATEST).await;
    before.now(inbox, &outbox)
}

fn summary(app_state: &AppState, failures: Failures) -> TraySummary {
    let sessions = app_state.engine.accounts.all();
    let awaited = app_state.engine.awaited().len();
    let signed_out = app_state
        .engine
        .awaited_of(|standing| standing == SignInState::SignedOut);
    let unread = app_state.engine.awaited_of(SignInState::is_unread);
    let not_allowed = app_state
        .engine
        .awaited_of(|standing| standing == SignInState::NotAllowed);
    TraySummary {
        awaited: awaited.saturating_sub(signed_out + unread + not_allowed),
        signed_out,
        unread,
        not_allowed,
        failures,
        offline: sessions
            .iter()
            .any(|session| session.sign_in == SignInState::Offline),
        paused: app_state.engine.is_paused(),
    }
}
