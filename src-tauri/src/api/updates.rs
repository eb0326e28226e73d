//! From the engine to the open page: every change, in order.

use std::sync::Arc;

use runwatch_contract::Update;
use runwatch_engine::Event;
use tauri::ipc::Channel;
use tokio::sync::broadcast::error::RecvError;

use crate::api::page::send;
use crate::api::views;
use crate::app_state::AppState;

/// A page opened its channel: from now on it gets every change.
pub fn subscribe(app_state: &Arc<AppState>, channel: Channel<Update>) {
    let forwarding = forward(Arc::clone(app_state), channel.clone());
    let forwarder = tauri::async_runtime::spawn(forwarding);
    app_state.page.open(channel, forwarder);
}

async fn forward(app_state: Arc<AppState>, channel: Channel<Update>) {
    let mut events = app_state.engine.events();
    loop {
        match events.recv().await {
            Ok(event) => {
                if let Some(update) = update(&app_state, event)
                    && !send(&channel, update)
                {
                    return;
                }
            }
            // Too many at once: say of every run how it is now.
            Err(RecvError::Lagged(_)) => {
                for tracked in app_state.engine.runs.all() {
                    let row = views::run::row(&app_state, &tracked);
                    send(&channel, Update::Run { row });
                }
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn update(app_state: &AppState, event: Event) -> Option<Update> {
    match event {
        Event::Run(key) => {
            let tracked = app_state.engine.runs.get(&key).ok()?;
            Some(Update::Run {
                row: views::run::row(app_state, &tracked),
            })
        }
        Event::RunRemoved(key) => Some(Update::RunRemoved {
            account_id: key.account.0,
            run_id: key.run.to_string(),
        }),
        Event::InboxItem(told) => Some(Update::Inbox {
            item: views::inbox::item(&told),
        }),
        Event::Action(action) => Some(Update::Activity {
            row: views::activity::row(&action),
        }),
        Event::Account(id) => {
            let session = app_state.engine.accounts.get(&id)?;
            Some(Update::Account {
                account: views::account::account(app_state, &session),
            })
        }
        Event::AccountRemoved(id) => Some(Update::AccountRemoved { account_id: id.0 }),
        Event::Store(problem) => Some(Update::Store { problem }),
        Event::Desktop(problem) => Some(Update::Desktop { problem }),
        Event::Paused(paused) => Some(Update::Paused { paused }),
    }
}
