//! Leaving: what is said when the window closes while runs are watched, and what is asked before an
//! end would be missed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use runwatch_core::words::NotificationText;
use runwatch_platform::has_tray;
use tauri::{AppHandle, Manager, Runtime};

use crate::glance::count;
use crate::world::World;
use crate::{tray, window};

/// The setting that remembers that it was said once what closing the window means.
const SAID: &str = "closing-said";
/// A desktop that does not answer must not keep the app from ending.
const PATIENCE: Duration = Duration::from_secs(3);

/// How far quitting has come.
#[derive(Debug, Default)]
pub struct Quitting {
    /// The question is open in the page.
    asked: AtomicBool,
    /// The app is about to end.
    decided: AtomicBool,
}

/// Quits; asks first where ends are awaited or would be shown only at the next start. Asked again
/// while the question is open, it quits.
pub fn ask<R: Runtime>(app: &AppHandle<R>) {
    let world = Arc::clone(&app.state::<Arc<World>>());
    if world.quitting.asked.swap(true, Ordering::SeqCst) {
        return now(app);
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // What was only held to be shown with others need not be asked about.
        show_all(&world).await;
        let (runs, unshown) = (world.engine.awaited(), world.engine.outbox.unshown());
        if runs.is_empty() && unshown.is_empty() {
            return now(&app);
        }
        let opener = app.clone();
        // Windows are made on the main thread; when the app is ending, there is none.
        let _ = app.run_on_main_thread(move || {
            window::open(&opener);
            world.page.ask_to_quit(runs, unshown);
        });
    });
}

/// Quits without a question, once what need not wait is shown.
pub fn now<R: Runtime>(app: &AppHandle<R>) {
    let world = Arc::clone(&app.state::<Arc<World>>());
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        show_all(&world).await;
        world.quitting.decided.store(true, Ordering::SeqCst);
        app.exit(0);
    });
}

async fn show_all(world: &World) {
    if tokio::time::timeout(PATIENCE, world.engine.outbox.show_all())
        .await
        .is_err()
    {
        tracing::warn!("the desktop was not waited for: what it did not show stands in the Inbox");
    }
}

/// The question was answered with no, or its window is gone.
pub fn stay(world: &World) {
    world.quitting.asked.store(false, Ordering::SeqCst);
}

/// The window is closed, and the app stays where it is needed: says what that means. That watching
/// goes on is said once ever; that it is paused, each time, as it is a trap.
pub fn window_closed<R: Runtime>(app: &AppHandle<R>) {
    let world = Arc::clone(&app.state::<Arc<World>>());
    stay(&world);
    let (runs, unshown) = (
        world.engine.awaited().len(),
        world.engine.outbox.unshown().len(),
    );
    if (runs == 0 && unshown == 0) || world.quitting.decided.load(Ordering::SeqCst) {
        return;
    }
    let has_icon = tray::is_there(app);
    tauri::async_runtime::spawn(async move {
        let is_paused = world.engine.is_paused() && runs > 0;
        if !is_paused && !is_news(&world).await {
            return;
        }
        // It asks the desktop, and may wait for it.
        let has_place = tauri::async_runtime::spawn_blocking(has_tray).await;
        let tray = has_icon && has_place.unwrap_or(false);
        let note = match is_paused {
            true => nothing_is_watched(tray),
            false => goes_on(runs, unshown, tray),
        };
        if let Err(error) = world.notifier.show(note, None).await {
            tracing::warn!(error, "the desktop did not take a notification");
        }
    });
}

/// Whether it was never said before what closing the window means; from now on it was.
async fn is_news(world: &World) -> bool {
    let store = world.engine.history.store();
    if let Ok(Some(_)) = store.setting(SAID).await {
        return false;
    }
    if let Err(error) = world.engine.history.save_setting(SAID, &true).await {
        tracing::warn!(%error, "what was said could not be remembered");
    }
    true
}

fn goes_on(runs: usize, unshown: usize, tray: bool) -> NotificationText {
    let title = match runs {
        0 => format!(
            "Runwatch stays open: {} not shown yet",
            count(unshown, "notification")
        ),
        runs => format!("Runwatch goes on watching {}", count(runs, "run")),
    };
    let told = match runs {
        0 => "Its window is closed, and you are still told what waits.",
        _ => "Its window is closed, and you are still told how they end.",
    };
    NotificationText {
        title,
        body: format!("{told} {}", way_back(tray)),
    }
}

fn nothing_is_watched(tray: bool) -> NotificationText {
    let resume = match tray {
        true => "choose “Pause watching” in the tray’s menu again, or start Runwatch again",
        false => "start Runwatch again",
    };
    NotificationText {
        title: "Watching is paused".to_owned(),
        body: format!(
            "Runwatch’s window is closed, and nothing is told until you resume watching: {resume} \
             and choose Resume in its window."
        ),
    }
}

fn way_back(tray: bool) -> &'static str {
    match tray {
        true => {
            "Open it from the tray, or start Runwatch again. To end it, choose Quit in the tray’s menu."
        }
        false => {
            "Start Runwatch again to open it. To end it, choose Quit in the menu at the window’s top \
             right."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_tray_nothing_said_sends_anybody_there() {
        for note in [
            goes_on(1, 0, false),
            goes_on(0, 2, false),
            nothing_is_watched(false),
        ] {
            assert!(!note.body.contains("tray"), "{note:?}");
            assert!(
                note.body.to_lowercase().contains("start runwatch again"),
                "{note:?}"
            );
        }
        for note in [
            goes_on(1, 0, true),
            goes_on(0, 2, true),
            nothing_is_watched(true),
        ] {
            assert!(note.body.contains("tray"), "{note:?}");
        }
    }

    #[test]
    fn what_keeps_the_app_is_counted() {
        assert_eq!(goes_on(1, 3, true).title, "Runwatch goes on watching 1 run");
        let held = "Runwatch stays open: 2 notifications not shown yet";
        assert_eq!(goes_on(0, 2, true).title, held);
    }
}
