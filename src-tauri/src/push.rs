//! From the engine to the open page: every change, in order.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runwatch_contract::Update;
use runwatch_core::ids::RunKey;
use runwatch_engine::Event;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tokio::sync::broadcast::error::RecvError;

use crate::view;
use crate::world::World;

/// The open page, as seen from here.
#[derive(Default)]
pub struct Page {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    channel: Option<Channel<Update>>,
    forwarder: Option<JoinHandle<()>>,
    /// What to send as soon as there is a page: a run to open, as a notification was clicked, or
    /// the question whether to quit.
    waiting: Vec<Update>,
}

impl Page {
    /// A page opened its channel; an earlier one is let go.
    pub fn open(&self, world: &Arc<World>, channel: Channel<Update>) {
        let mut inner = self.lock();
        if let Some(forwarder) = inner.forwarder.take() {
            forwarder.abort();
        }
        inner.forwarder = Some(tauri::async_runtime::spawn(forward(
            Arc::clone(world),
            channel.clone(),
        )));
        for update in inner.waiting.drain(..) {
            send(&channel, update);
        }
        inner.channel = Some(channel);
    }

    /// The page is gone.
    pub fn close(&self) {
        let mut inner = self.lock();
        inner.channel = None;
        inner.waiting.clear();
        if let Some(forwarder) = inner.forwarder.take() {
            forwarder.abort();
        }
    }

    /// Opens a run in the page, now or as soon as there is one.
    pub fn show_run(&self, key: &RunKey) {
        self.send_or_keep(open_run(key));
    }

    /// Asks in the page whether to quit, though the ends of these runs would be missed, and these
    /// first lines were not shown yet.
    pub fn ask_to_quit(&self, runs: Vec<String>, unshown: Vec<String>) {
        self.send_or_keep(Update::Quitting { runs, unshown });
    }

    /// Says in the page that no browser could be opened for the sign-in that it waits for.
    pub fn tell_no_browser(&self, problem: String) {
        if let Some(channel) = &self.lock().channel {
            send(channel, Update::NoBrowser { problem });
        }
    }

    fn send_or_keep(&self, update: Update) {
        let mut inner = self.lock();
        match &inner.channel {
            Some(channel) => {
                send(channel, update);
            }
            None => inner.waiting.push(update),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn forward(world: Arc<World>, channel: Channel<Update>) {
    let mut events = world.engine.events();
    loop {
        match events.recv().await {
            Ok(event) => {
                if let Some(update) = update(&world, event)
                    && !send(&channel, update)
                {
                    return;
                }
            }
            // Too many at once: say of every run how it is now.
            Err(RecvError::Lagged(_)) => {
                for tracked in world.engine.runs.all() {
                    let row = world.row(&tracked);
                    send(&channel, Update::Run { row });
                }
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn update(world: &World, event: Event) -> Option<Update> {
    match event {
        Event::Run(key) => {
            let tracked = world.engine.runs.get(&key).ok()?;
            Some(Update::Run {
                row: world.row(&tracked),
            })
        }
        Event::RunRemoved(key) => Some(Update::RunRemoved {
            account_id: key.account.0,
            run_id: key.run.to_string(),
        }),
        Event::InboxItem(told) => Some(Update::Inbox {
            item: view::inbox_item(&told),
        }),
        Event::Action(action) => Some(Update::Activity {
            row: view::activity(&action),
        }),
        Event::Account(id) => {
            let session = world.engine.accounts.get(&id)?;
            Some(Update::Account {
                account: world.account_view(&session),
            })
        }
        Event::AccountRemoved(id) => Some(Update::AccountRemoved { account_id: id.0 }),
        Event::Store(problem) => Some(Update::Store { problem }),
        Event::Desktop(problem) => Some(Update::Desktop { problem }),
        Event::Paused(paused) => Some(Update::Paused { paused }),
    }
}

fn open_run(key: &RunKey) -> Update {
    Update::OpenRun {
        account_id: key.account.0.clone(),
        run_id: key.run.to_string(),
    }
}

fn send(channel: &Channel<Update>, update: Update) -> bool {
    channel.send(update).is_ok()
}
