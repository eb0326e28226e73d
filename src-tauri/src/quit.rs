//! Leaving: what is said when the window closes while runs are watched, and what is asked before an
//! end would be missed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use runwatch_core::words::Note;
use tauri::{AppHandle, Manager, Runtime};

use crate::glance::count;
use crate::window;
use crate::world::World;

/// The setting that remembers that it was said once what closing the window means.
const SAID: &str = "closing-said";

/// How far quitting has come.
#[derive(Debug, Default)]
pub struct Quitting {
    /// The question is open in the page.
    asked: AtomicBool,
    /// The app is about to end.
    decided: AtomicBool,
}

/// Quits; asks first where ends are awaited. Asked again while the question is open, it quits.
pub fn ask(app: &AppHandle) {
    let world = app.state::<Arc<World>>();
    let runs = world.engine.awaited();
    if runs.is_empty() || world.quitting.asked.swap(true, Ordering::SeqCst) {
        return now(app);
    }
    window::open(app);
    world.page.ask_to_quit(runs);
}

/// Quits without a question.
pub fn now<R: Runtime>(app: &AppHandle<R>) {
    let world = app.state::<Arc<World>>();
    world.quitting.decided.store(true, Ordering::SeqCst);
    app.exit(0);
}

/// The question was answered with no, or its window is gone.
pub fn stay(world: &World) {
    world.quitting.asked.store(false, Ordering::SeqCst);
}

/// The window is closed. Says, once ever, that watching goes on where it does.
pub fn window_closed(world: &Arc<World>) {
    stay(world);
    let runs = world.engine.awaited().len();
    let ends = world.quitting.decided.load(Ordering::SeqCst);
    if runs == 0 || ends || world.engine.is_paused() {
        return;
    }
    let world = Arc::clone(world);
    tauri::async_runtime::spawn(async move {
        let store = world.engine.store();
        if let Ok(Some(_)) = store.setting(SAID).await {
            return;
        }
        if let Err(error) = store.save_setting(SAID, "true".to_owned()).await {
            tracing::warn!(%error, "what was said could not be remembered");
        }
        if let Err(error) = world.notifier.show(goes_on(runs), None).await {
            tracing::warn!(error, "the desktop did not take a notification");
        }
    });
}

fn goes_on(runs: usize) -> Note {
    Note {
        title: format!("Runwatch goes on watching {}", count(runs, "run")),
        body:
            "Its window is closed, and you are still told how they end. Open it from the tray, or \
               start it again. To end it, choose Quit in the tray’s menu."
                .to_owned(),
    }
}
