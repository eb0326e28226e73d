//! Quitting; the user is asked first where the end of a run would be missed.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::app_state::AppState;
use crate::shell::window;

/// How long the app waits for a desktop before it ends.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long for SolveXia: Windows itself waits 5 s for an app when its user signs out.
const PATIENCE_FOR_ANSWERS: Duration = Duration::from_secs(4);
/// How long for a desktop before the question is asked.
const BEFORE_ASKING: Duration = Duration::from_millis(500);

/// Quits; asks first where ends are awaited or would be shown only at the next start, however often it is
/// asked for.
pub fn ask(app: &AppHandle) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // Notifications that only wait to be grouped with others are no reason to ask: they are shown now.
        show_all(&app_state, BEFORE_ASKING).await;
        let (runs, unshown) = (
            app_state.engine.would_be_missed(),
            app_state.engine.outbox.unshown(),
        );
        // Where no page can ask, the box that is open says what quitting means.
        if (runs.is_empty() && unshown.is_empty()) || app_state.revival.is_telling() {
            return now(&app);
        }
        let opener = app.clone();
        // Windows are made on the main thread; when the app is ending, there is none.
        let _ = app.run_on_main_thread(move || {
            window::open(&opener);
            app_state.page.ask_to_quit(runs, unshown);
        });
    });
}

/// Quits without a question, once what need not wait is shown.
pub fn now(app: &AppHandle) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        show_all(&app_state, PATIENCE).await;
        app_state.quit_state.decide();
        app.exit(0);
    });
}

async fn show_all(app_state: &AppState, patience: Duration) {
    if tokio::time::timeout(patience, app_state.engine.outbox.show_all())
        .await
        .is_err()
    {
        tracing::warn!("the desktop was not waited for: what it did not show stands in the Inbox");
    }
}

/// Lets what was sent to SolveXia be answered and written down, before the app ends: actions, and renewals of
/// sign-ins, whose old tokens are worth nothing any more. What became of an action that is not answered by then is
/// found out at the next start (docs/RULES.md, 11).
pub fn wait_for_answers(app: &AppHandle) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let waited = tauri::async_runtime::block_on(async move {
        let actions = app_state.engine.actions_done();
        let all = async { tokio::join!(actions, app_state.renewals_done()) };
        tokio::time::timeout(PATIENCE_FOR_ANSWERS, all).await
    });
    if waited.is_err() {
        tracing::warn!(
            "SolveXia was not waited for: what became of an action is found out at the next start"
        );
    }
}
