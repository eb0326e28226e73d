//! The page as a whole: its start, its updates, its Inbox, and quitting.

use std::sync::Arc;

use runwatch_contract::{AppError, ErrorCode, RunRef, Snapshot, Update};
use runwatch_core::action::Action;
use runwatch_core::error::StoreError;
use runwatch_core::notification::InboxItem;
use runwatch_core::words;
use tauri::ipc::Channel;

use crate::api::answer::{Answer, run_key};
use crate::api::errors::ForPage;
use crate::api::updates;
use crate::api::views::{self, LATEST};
use crate::app_state::AppState;
use crate::shell::file_dialog::SystemDialogs;
use crate::shell::quit;
use crate::startup::sample_window;
use crate::support::activity_export;
use crate::support::diagnostics::text;

pub async fn subscribe(
    app_state: &Arc<AppState>,
    on_update: Channel<Vec<Update>>,
) -> Answer<Snapshot> {
    updates::subscribe(app_state, on_update);
    snapshot(app_state).await
}

pub async fn keep_place(app_state: &Arc<AppState>, place: String) -> Answer<()> {
    app_state.page.keep_place(place);
    Ok(())
}

pub async fn page_alive(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.page.is_alive();
    Ok(())
}

pub async fn snapshot(app_state: &Arc<AppState>) -> Answer<Snapshot> {
    let engine = &app_state.engine;
    let seq = engine.runs.latest_change();
    let store = engine.history.store();
    let (inbox, activity) = (store.inbox(LATEST).await, store.activity(LATEST).await);
    let kept = Kept::of(inbox, activity, engine.outbox.unwritten());
    let unreadable = words::unreadable(&engine.history.store().unreadable());
    Ok(Snapshot {
        app: views::app_info(app_state),
        accounts: engine
            .accounts
            .all()
            .iter()
            .map(|session| views::account::account(app_state, session))
            .collect(),
        runs: engine
            .runs
            .all()
            .iter()
            .map(|tracked| views::run::row(app_state, tracked))
            .collect(),
        inbox: kept.inbox.iter().map(views::inbox::item).collect(),
        activity: kept.activity.iter().map(views::activity::row).collect(),
        history_was_read: kept.unread.is_none(),
        store_problem: app_state
            .history
            .problem()
            .or(engine.history.problem())
            .or(kept.unread),
        desktop_problem: engine.outbox.desktop_problem(),
        damaged: app_state.history.damaged(&app_state.folder),
        paused: engine.is_paused(),
        notes: [app_state.notes.clone(), unreadable].concat(),
        open_run: engine.open_run().map(|key| RunRef {
            account_id: key.account.0,
            run_id: key.run.to_string(),
        }),
        place: app_state.page.place(),
        seq,
    })
}

/// What the history keeps for the page, the newest first.
struct Kept {
    inbox: Vec<InboxItem>,
    activity: Vec<Action>,
    /// Why not all of it could be read.
    unread: Option<String>,
}

impl Kept {
    /// `unwritten` is in memory alone, the oldest first.
    fn of(
        inbox: Result<Vec<InboxItem>, StoreError>,
        activity: Result<Vec<Action>, StoreError>,
        mut unwritten: Vec<InboxItem>,
    ) -> Self {
        let unread = inbox.as_ref().err().or(activity.as_ref().err());
        let unread = unread.map(ToString::to_string);
        unwritten.reverse();
        unwritten.extend(inbox.unwrap_or_default());
        Self {
            inbox: unwritten,
            activity: activity.unwrap_or_default(),
            unread,
        }
    }
}

pub async fn start_new_history(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.history.start_new(&app_state.folder).await?;
    // What can be done with each run has changed.
    for tracked in app_state.engine.runs.all() {
        app_state.engine.runs.changed(&tracked.key);
    }
    Ok(())
}

pub async fn open_sample_data(app_state: &Arc<AppState>) -> Answer<()> {
    sample_window::open(&app_state.folder).map_err(|error| {
        let said = format!(
            "The sample data could not be opened ({error}). Nothing else has changed. Try again once \
             Runwatch was quit and started anew."
        );
        AppError::new(ErrorCode::Internal, said)
    })
}

pub async fn copy_text(app_state: &Arc<AppState>, text: String) -> Answer<()> {
    app_state.clipboard.copy(text)
}

pub async fn export_activity(app_state: &Arc<AppState>) -> Answer<Option<String>> {
    let Some(app) = app_state.app.get() else {
        return Ok(None);
    };
    let saved = activity_export::export(app_state, &SystemDialogs(app.clone())).await?;
    Ok(saved.map(|place| place.display().to_string()))
}

pub async fn diagnostics(app_state: &Arc<AppState>) -> Answer<String> {
    Ok(text(app_state))
}

pub async fn mark_inbox_read(app_state: &Arc<AppState>, ids: Vec<i64>) -> Answer<()> {
    let marked = app_state.engine.outbox.mark_read(ids).await;
    marked.map_err(|error| error.for_page())
}

pub async fn mark_run_read(app_state: &Arc<AppState>, run: RunRef) -> Answer<()> {
    let marked = app_state.engine.outbox.mark_run_read(&run_key(&run)?).await;
    marked.map_err(|error| error.for_page())
}

pub async fn ask_now(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.awoke();
    Ok(())
}

pub async fn set_paused(app_state: &Arc<AppState>, paused: bool) -> Answer<()> {
    app_state.engine.set_paused(paused);
    Ok(())
}

pub async fn ask_to_quit(app_state: &Arc<AppState>) -> Answer<()> {
    if let Some(app) = app_state.app.get() {
        quit::ask(app);
    }
    Ok(())
}

pub async fn quit(app_state: &Arc<AppState>) -> Answer<()> {
    if let Some(app) = app_state.app.get() {
        quit::now(app);
    }
    Ok(())
}

pub async fn stay(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.page.stay();
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use runwatch_core::notification::{Notification, NotificationKind};

    use super::*;
    use crate::test_support::account;

    fn item(id: i64) -> InboxItem {
        InboxItem {
            id,
            notification: Notification {
                account: account().id,
                run: None,
                close: None,
                starts: None,
                mark: id,
                outcome: None,
                kind: NotificationKind::Ended,
                title: "Failed: Payroll".into(),
                body: String::new(),
                at: Timestamp::UNIX_EPOCH,
                away: false,
            },
            read: false,
        }
    }

    #[test]
    fn an_inbox_that_cannot_be_read_is_said_to_be_unread_and_what_is_in_memory_is_there() {
        let ids = |kept: &Kept| kept.inbox.iter().map(|item| item.id).collect::<Vec<_>>();
        let read = Kept::of(Ok(vec![item(7)]), Ok(Vec::new()), vec![item(-1), item(-2)]);
        assert_eq!((ids(&read), read.unread), (vec![-2, -1, 7], None));
        let unread = Kept::of(Err(StoreError::Locked), Ok(Vec::new()), vec![item(-1)]);
        assert_eq!(ids(&unread), [-1]);
        assert_eq!(unread.unread, Some(StoreError::Locked.to_string()));
        let activity = Kept::of(Ok(Vec::new()), Err(StoreError::Locked), Vec::new());
        assert!(activity.unread.is_some());
    }
}
