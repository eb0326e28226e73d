//! The desktop notification that is shown when the window closes while the app goes on.

use std::sync::Arc;

use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::words::{NotificationText, count};
use runwatch_platform::has_tray;
use tauri::{AppHandle, Manager};

use crate::app_state::AppState;
use crate::shell::no_window_words::they_end;
use crate::shell::tray_presence;

/// The window was closed and the app goes on: says what that means. That watching goes on is said only
/// once; that it is paused is said each time, as ends would be missed unnoticed.
pub fn window_closed(app: &AppHandle) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let (runs, unshown) = (
        app_state.engine.would_be_missed().len(),
        app_state.engine.outbox.unshown().len(),
    );
    if (runs == 0 && unshown == 0) || app_state.quit_state.is_decided() {
        return;
    }
    let has_icon = tray_presence::is_there(app);
    tauri::async_runtime::spawn(async move {
        let is_paused = app_state.engine.is_paused() && runs > 0;
        if !is_paused && !is_news(&app_state).await {
            return;
        }
        // It asks the desktop, and may wait for it.
        let has_place = tauri::async_runtime::spawn_blocking(has_tray).await;
        let tray = has_icon && has_place.unwrap_or(false);
        let note = match is_paused {
            true => nothing_is_watched(tray),
            false => goes_on(runs, unshown, tray),
        };
        if let Err(error) = app_state.notifier.show(note, None).await {
            tracing::warn!(error, "the desktop did not take a notification");
        }
    });
}

/// Whether the user was never told before what closing the window means; remembers that they are now.
async fn is_news(app_state: &AppState) -> bool {
    let store = app_state.engine.history.store();
    if store
        .settings()
        .await
        .is_ok_and(|kept| kept.close_explained)
    {
        return false;
    }
    let said = Setting::CloseExplained;
    if let Err(error) = app_state.engine.history.save_setting(said).await {
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
        0 => "Its window is closed, and you are still told what waits.".to_owned(),
        runs => format!(
            "Its window is closed, and you are still told how {}.",
            they_end(runs)
        ),
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
        assert!(goes_on(1, 0, true).body.contains("how it ends."));
        assert!(goes_on(2, 0, true).body.contains("how they end."));
        let held = "Runwatch stays open: 2 notifications not shown yet";
        assert_eq!(goes_on(0, 2, true).title, held);
    }
}
