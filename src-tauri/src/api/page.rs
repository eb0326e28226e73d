//! The open page, as the backend sees it: the channel that it opened.

use std::sync::{Mutex, MutexGuard, PoisonError};

use runwatch_contract::Update;
use runwatch_core::ids::RunKey;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// The open page: its channel, and what it gets once it has one.
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
    ///
    /// `forwarder` is the task that sends the engine's changes through it.
    pub fn open(&self, channel: Channel<Update>, forwarder: JoinHandle<()>) {
        let mut inner = self.lock();
        if let Some(before) = inner.forwarder.replace(forwarder) {
            before.abort();
        }
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

fn open_run(key: &RunKey) -> Update {
    Update::OpenRun {
        account_id: key.account.0.clone(),
        run_id: key.run.to_string(),
    }
}

/// Sends an update; false when the page is gone.
pub fn send(channel: &Channel<Update>, update: Update) -> bool {
    channel.send(update).is_ok()
}
