//! The page as a whole: its start, its updates, its Inbox.

use std::sync::PoisonError;

use runwatch_contract::{AppError, ErrorCode, Snapshot, Update};
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

use super::{Answer, Shared};

use crate::errors::ForPage;
use crate::view::{self, LATEST};
use crate::world::World;
use crate::{diagnostics, quit};

/// Everything that the page shows, at one moment.
#[tauri::command]
pub async fn snapshot(world: Shared<'_>) -> Answer<Snapshot> {
    let engine = &world.engine;
    let seq = engine.runs.latest_change();
    let inbox = engine.history.store().inbox(LATEST).await;
    let activity = engine.history.store().activity(LATEST).await;
    let broken = inbox
        .as_ref()
        .err()
        .or(activity.as_ref().err())
        .map(ToString::to_string);
    let mut told = engine.outbox.unwritten();
    told.reverse();
    told.extend(inbox.unwrap_or_default());
    Ok(Snapshot {
        app: world.info(),
        accounts: engine
            .accounts
            .all()
            .iter()
            .map(|session| world.account_view(session))
            .collect(),
        runs: engine
            .runs
            .all()
            .iter()
            .map(|tracked| world.row(tracked))
            .collect(),
        inbox: told.iter().map(view::inbox_item).collect(),
        activity: activity
            .unwrap_or_default()
            .iter()
            .map(view::activity)
            .collect(),
        store_problem: world
            .history
            .problem()
            .or(engine.history.problem())
            .or(broken),
        desktop_problem: engine.outbox.desktop_problem(),
        damaged: world.history.damaged(&world.folder),
        paused: engine.is_paused(),
        seq,
    })
}

/// Puts the damaged history aside and begins a new one.
#[tauri::command]
pub async fn start_new_history(world: Shared<'_>) -> Answer<()> {
    world.history.start_new(&world.folder).await?;
    // What can be done with each run has changed.
    for tracked in world.engine.runs.all() {
        world.engine.runs.changed(&tracked.key);
    }
    Ok(())
}

/// Opens the way for updates; to be called before [`snapshot`], so that nothing falls between.
#[tauri::command]
pub async fn subscribe(world: Shared<'_>, on_update: Channel<Update>) -> Answer<()> {
    world.page.open(&world, on_update);
    Ok(())
}

/// Puts a text into the clipboard.
#[tauri::command]
pub async fn copy_text(world: Shared<'_>, text: String) -> Answer<()> {
    copy(&world, text)
}

pub fn copy(world: &World, text: String) -> Answer<()> {
    let mut clipboard = world
        .clipboard
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let copied = match clipboard.as_mut() {
        Some(open) => open.set_text(text),
        None => arboard::Clipboard::new()
            .and_then(|mut new| new.set_text(text).map(|()| *clipboard = Some(new))),
    };
    copied.map_err(|error| {
        AppError::new(
            ErrorCode::Internal,
            format!("It could not be copied ({error})."),
        )
    })
}

/// What support needs to know, safe to send: it holds no secret, no run's name and no figure.
#[tauri::command]
pub async fn diagnostics(world: Shared<'_>) -> Answer<String> {
    Ok(diagnostics::text(&world))
}

/// Marks items of the Inbox as seen.
#[tauri::command]
pub async fn mark_inbox_read(world: Shared<'_>, ids: Vec<i64>) -> Answer<()> {
    let marked = world.engine.history.store().mark_read(ids).await;
    world.inbox_read.notify_one();
    marked.map_err(|error| error.for_page())
}

/// Asks about all runs now, also where SolveXia could not be reached.
#[tauri::command]
pub async fn ask_now(world: Shared<'_>) -> Answer<()> {
    world.engine.awoke();
    Ok(())
}

/// Pauses watching, or goes on.
#[tauri::command]
pub async fn set_paused(world: Shared<'_>, paused: bool) -> Answer<()> {
    world.engine.set_paused(paused);
    Ok(())
}

/// Quits as the tray does: asks first where ends would be missed.
#[tauri::command]
pub async fn ask_to_quit<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    quit::ask(&app);
    Ok(())
}

/// Quits, as was confirmed.
#[tauri::command]
pub async fn quit<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    quit::now(&app);
    Ok(())
}

/// Does not quit after all.
#[tauri::command]
pub async fn stay(world: Shared<'_>) -> Answer<()> {
    quit::stay(&world);
    Ok(())
}
