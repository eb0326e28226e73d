//! The open page, as the backend sees it: the channel that it opened, and whether it lives.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runwatch_contract::Update;
use runwatch_core::close::kept::CloseId;
use runwatch_core::ids::{ProcessId, RunKey};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tokio::sync::Notify;

use crate::close::reference::reference;

/// A page that does not answer within this time is dead: its process was killed, or has crashed.
const PATIENCE: Duration = Duration::from_secs(5);
/// So long a new page may take to begin: right after a computer was started, virus scanners take their
/// time over it.
const BEGINNING: Duration = Duration::from_secs(60);

/// The open page: its channel, and what it gets once it has one.
#[derive(Default)]
pub struct Page {
    inner: Mutex<Inner>,
    answered: Notify,
}

#[derive(Default)]
struct Inner {
    channel: Option<Channel<Vec<Update>>>,
    forwarder: Option<JoinHandle<()>>,
    /// What to send as soon as there is a page: a run to open, as a notification or an address was clicked.
    waiting: Vec<Update>,
    /// The question whether to quit, until it is answered.
    question: Option<Update>,
    /// Where in the window its user is, as the page said last.
    place: Option<String>,
    /// The page was asked whether it lives, and what it was sent since.
    unanswered: Option<Vec<Update>>,
    /// The question that is waited for: for its answer, or for a page's beginning.
    awaited: Option<u64>,
    questions: u64,
}

impl Inner {
    /// There is no page to send anything to.
    fn let_go(&mut self) {
        self.channel = None;
        if let Some(forwarder) = self.forwarder.take() {
            forwarder.abort();
        }
        self.awaited = None;
    }
}

/// A question to the page that is waited for.
#[derive(Debug)]
pub struct Question {
    number: u64,
    is_beginning: bool,
}

/// What came of a question to the page.
#[derive(Debug, PartialEq, Eq)]
pub enum Answered {
    /// It lives, or is somebody else's care by now.
    Yes,
    /// It has begun once, and does not answer any more.
    No,
    /// It has never begun.
    NotBegun,
}

impl Page {
    /// A page opened its channel; an earlier one is let go.
    ///
    /// `forwarder` is the task that sends the engine's changes through it.
    pub fn open(&self, channel: Channel<Vec<Update>>, forwarder: JoinHandle<()>) {
        let mut inner = self.lock();
        if let Some(before) = inner.forwarder.replace(forwarder) {
            before.abort();
        }
        let mut first: Vec<Update> = inner.waiting.drain(..).collect();
        first.extend(inner.question.clone());
        if !first.is_empty() {
            send(&channel, first);
        }
        inner.channel = Some(channel);
        inner.unanswered = None;
        inner.awaited = None;
        drop(inner);
        self.answered.notify_waiters();
    }

    /// The window is gone: for good, or to be made anew. What waits then goes to the next page.
    pub fn close(&self, is_renewing: bool) {
        let mut inner = self.lock();
        inner.let_go();
        if !is_renewing {
            inner.waiting.clear();
            inner.question = None;
            inner.unanswered = None;
            inner.place = None;
        }
    }

    /// Where in the window its user is, in the page's own words.
    pub fn keep_place(&self, place: String) {
        self.lock().place = Some(place);
    }

    /// Where its user was in the page before, which has ended by itself; none behind a closed window.
    pub fn place(&self) -> Option<String> {
        self.lock().place.clone()
    }

    /// The page has ended by itself: what it was sent and cannot have answered goes to the next one.
    pub fn ended(&self) {
        let mut inner = self.lock();
        inner.let_go();
        let lost = inner.unanswered.take().unwrap_or_default();
        inner.waiting.extend(lost);
        drop(inner);
        self.answered.notify_waiters();
    }

    /// Asks the page whether it lives: from now on nothing that it is sent is lost, should it not. None while
    /// somebody waits already.
    pub fn ask_whether_alive(&self) -> Option<Question> {
        let mut inner = self.lock();
        if inner.awaited.is_some() {
            return None;
        }
        inner.questions += 1;
        let number = inner.questions;
        inner.awaited = Some(number);
        let channel = inner.channel.clone();
        if let Some(channel) = &channel {
            inner.unanswered = Some(Vec::new());
            send(channel, vec![Update::Ping]);
        }
        Some(Question {
            number,
            is_beginning: channel.is_none(),
        })
    }

    /// Waits for the page's answer. Where there is none it is taken for dead.
    pub async fn wait(&self, question: Question) -> Answered {
        let is_awaited = || self.lock().awaited == Some(question.number);
        let answer = async {
            loop {
                // Listens before it looks, so that nothing falls in between.
                let answered = self.answered.notified();
                if !is_awaited() {
                    return;
                }
                answered.await;
            }
        };
        let patience = match question.is_beginning {
            true => BEGINNING,
            false => PATIENCE,
        };
        let answered = tokio::time::timeout(patience, answer).await.is_ok();
        if answered || !is_awaited() {
            return Answered::Yes;
        }
        self.ended();
        match question.is_beginning {
            true => Answered::NotBegun,
            false => Answered::No,
        }
    }

    /// The page said that it lives.
    pub fn is_alive(&self) {
        let mut inner = self.lock();
        inner.unanswered = None;
        inner.awaited = None;
        drop(inner);
        self.answered.notify_waiters();
    }

    /// Opens a run, now or as soon as there is a page.
    pub fn open_run(&self, key: &RunKey) {
        self.send_or_keep(Update::OpenRun {
            account_id: key.account.0.clone(),
            run_id: key.run.to_string(),
        });
    }

    /// Opens the board of a close, now or as soon as there is a page, and asks whether to start this item.
    pub fn open_close(&self, id: &CloseId, start: Option<&ProcessId>) {
        self.send_or_keep(Update::OpenClose {
            close: reference(id),
            start: start.map(ToString::to_string),
        });
    }

    /// Opens the Inbox at an item, now or as soon as there is a page.
    pub fn open_inbox(&self, id: Option<i64>) {
        self.send_or_keep(Update::OpenInbox { id });
    }

    /// Says that an address showed nothing, now or as soon as there is a page.
    pub fn tell_not_opened(&self, problem: String) {
        self.send_or_keep(Update::NotOpened { problem });
    }

    /// Asks in the page whether to quit, though the ends of these runs would be missed, and these
    /// first lines were not shown yet. A page that comes later asks too, until there is an answer.
    pub fn ask_to_quit(&self, runs: Vec<String>, unshown: Vec<String>) {
        let question = Update::Quitting { runs, unshown };
        let mut inner = self.lock();
        inner.question = Some(question.clone());
        if let Some(channel) = &inner.channel {
            send(channel, vec![question]);
        }
    }

    /// The question whether to quit was answered with no.
    pub fn stay(&self) {
        self.lock().question = None;
    }

    /// Says in the page that no browser could be opened for the sign-in that it waits for.
    pub fn tell_no_browser(&self, problem: String) {
        if let Some(channel) = &self.lock().channel {
            send(channel, vec![Update::NoBrowser { problem }]);
        }
    }

    fn send_or_keep(&self, update: Update) {
        let mut inner = self.lock();
        let Some(channel) = inner.channel.clone() else {
            inner.waiting.push(update);
            return;
        };
        if let Some(unanswered) = &mut inner.unanswered {
            unanswered.push(update.clone());
        }
        send(&channel, vec![update]);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends updates; false when the page is gone.
pub fn send(channel: &Channel<Vec<Update>>, updates: Vec<Update>) -> bool {
    channel.send(updates).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_follows_one_that_ended_knows_where_that_was_and_a_new_window_does_not() {
        let page = Page::default();
        page.keep_place("here".to_owned());
        page.ended();
        assert_eq!(page.place().as_deref(), Some("here"));
        page.close(true);
        assert_eq!(page.place().as_deref(), Some("here"));
        page.close(false);
        assert_eq!(page.place(), None);
    }
}
