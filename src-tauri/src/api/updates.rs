//! From the engine to the open page: every change, in order, those of one moment together.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use runwatch_contract::Update;
use runwatch_core::ids::RunKey;
use runwatch_engine::Event;
use tauri::ipc::Channel;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::api::page::send;
use crate::api::views;
use crate::app_state::AppState;
use crate::shell::badge;

/// What changes within this time is sent together: the page draws no more often.
const TOGETHER: Duration = Duration::from_millis(16);
/// Updates in one message: a larger one would keep the page from drawing.
const MOST: usize = 1_000;

/// A page opened its channel: from now on it gets every change.
pub fn subscribe(app_state: &Arc<AppState>, channel: Channel<Vec<Update>>) {
    // Begins here and not in the task: what changes before it runs must not be lost.
    tracing::info!("a page opened");
    app_state.revival.page_began();
    if let Some(app) = app_state.app.get() {
        badge::show(app);
    }
    let events = app_state.engine.events();
    let forwarding = forward(Arc::clone(app_state), events, channel.clone());
    let forwarder = tauri::async_runtime::spawn(forwarding);
    app_state.page.open(channel, forwarder);
}

async fn forward(
    app_state: Arc<AppState>,
    mut events: Receiver<Event>,
    channel: Channel<Vec<Update>>,
) {
    while let Some(happened) = next(&mut events).await {
        let updates: Vec<Update> = match happened {
            Happened::Events(events) => events
                .into_iter()
                .filter_map(|event| update(&app_state, event))
                .collect(),
            Happened::TooMuch => vec![Update::Missed],
        };
        for part in updates.chunks(MOST) {
            if !send(&channel, part.to_vec()) {
                return;
            }
        }
    }
}

/// What happened since the page was sent something.
#[derive(Debug, PartialEq)]
enum Happened {
    /// Each run that changed is named once.
    Events(Vec<Event>),
    /// So much that some of it is lost.
    TooMuch,
}

/// Waits for the next change, and takes what comes within a moment after it. None once the app ends.
async fn next(events: &mut Receiver<Event>) -> Option<Happened> {
    let mut happened = match events.recv().await {
        Ok(event) => vec![event],
        Err(RecvError::Lagged(_)) => return Some(Happened::TooMuch),
        Err(RecvError::Closed) => return None,
    };
    tokio::time::sleep(TOGETHER).await;
    loop {
        match events.try_recv() {
            Ok(event) => happened.push(event),
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            Err(TryRecvError::Lagged(_)) => return Some(Happened::TooMuch),
        }
    }
    Some(Happened::Events(each_run_once(happened)))
}

/// A run's row says how it is now, so that it is sent once, in its last place.
fn each_run_once(events: Vec<Event>) -> Vec<Event> {
    let mut seen: HashSet<RunKey> = HashSet::new();
    let mut kept: Vec<Event> = events
        .into_iter()
        .rev()
        .filter(|event| match event {
            Event::Run(key) => seen.insert(key.clone()),
            _ => true,
        })
        .collect();
    kept.reverse();
    kept
}

fn update(app_state: &AppState, event: Event) -> Option<Update> {
    match event {
        Event::Run(key) => {
            let tracked = app_state.engine.runs.get(&key).ok()?;
            Some(Update::Run {
                row: Box::new(views::run::row(app_state, &tracked)),
            })
        }
        Event::RunRemoved(key) => Some(Update::RunRemoved {
            account_id: key.account.0,
            run_id: key.run.to_string(),
        }),
        Event::InboxItem(told) => Some(Update::Inbox {
            item: views::inbox::item(&told),
        }),
        Event::InboxRead(ids) => Some(Update::InboxRead { ids }),
        Event::InboxRenumbered => Some(Update::Missed),
        Event::Action(action) => Some(Update::Activity {
            row: views::activity::row(&action),
        }),
        Event::Board(id) => {
            let board = app_state.engine.closes.latest_board(&id)?;
            Some(Update::Board {
                board: Box::new(views::close::board(&board)),
            })
        }
        Event::Plans => Some(Update::Plans),
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

#[cfg(test)]
mod tests {
    use runwatch_core::ids::{AccountId, RunId};
    use tokio::sync::broadcast;

    use super::*;

    fn run(id: &str) -> Event {
        Event::Run(RunKey {
            account: AccountId("a".into()),
            run: RunId::parse(id).unwrap(),
        })
    }

    #[tokio::test]
    async fn what_changes_at_one_moment_is_sent_together_each_run_once_in_its_last_place() {
        let (sender, mut events) = broadcast::channel(16);
        for event in [run("pr-1"), Event::Paused(true), run("pr-2"), run("pr-1")] {
            sender.send(event).unwrap();
        }
        let expected = vec![Event::Paused(true), run("pr-2"), run("pr-1")];
        assert_eq!(next(&mut events).await, Some(Happened::Events(expected)));
        drop(sender);
        assert_eq!(next(&mut events).await, None);
    }

    #[tokio::test]
    async fn after_a_lag_the_page_is_told_to_take_everything_anew() {
        let (sender, mut events) = broadcast::channel(2);
        for _ in 0..5 {
            sender.send(run("pr-1")).unwrap();
        }
        assert_eq!(next(&mut events).await, Some(Happened::TooMuch));
    }
}
