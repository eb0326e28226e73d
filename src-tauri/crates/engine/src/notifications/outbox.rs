//! What was told and is on its way to the desktop (docs/RULES.md, 14 and 17).

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use runwatch_core::error::StoreError;
use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::notification::{InboxItem, Notification};
use runwatch_core::transaction::Committed;
use tokio::sync::{mpsc, oneshot};

use crate::event::{Event, Events};
use crate::history::History;
use crate::sync::lock;

/// Where what was told comes out, for [`Engine::dispatch_notifications`](crate::Engine::dispatch_notifications).
pub type OutboxReceiver = mpsc::UnboundedReceiver<Outgoing>;

/// What goes out.
#[derive(Debug)]
pub enum Outgoing {
    /// Something that was told.
    Item(InboxItem),
    /// The app is about to end: nothing waits any longer for others. Answered once that is done.
    ShowAll(oneshot::Sender<()>),
}

/// Notifications between the history and the desktop.
pub struct Outbox {
    history: Arc<History>,
    events: Events,
    sender: mpsc::UnboundedSender<Outgoing>,
    /// What the desktop has not shown yet.
    unshown: Mutex<Vec<InboxItem>>,
    desktop_problem: Mutex<Option<String>>,
    /// What could not be written down is kept here, with ids below zero.
    unwritten: Mutex<Vec<InboxItem>>,
    next_unwritten: AtomicI64,
    /// What was shown and could not be marked so, by its ids.
    unmarked: Mutex<Vec<i64>>,
}

impl Outbox {
    pub(crate) fn new(history: Arc<History>, events: Events) -> (Self, OutboxReceiver) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let outbox = Self {
            history,
            events,
            sender,
            unshown: Mutex::default(),
            desktop_problem: Mutex::default(),
            unwritten: Mutex::default(),
            next_unwritten: AtomicI64::new(-1),
            unmarked: Mutex::default(),
        };
        (outbox, receiver)
    }

    /// What the last run of the app did not show: all of it ended while nobody looked.
    pub(crate) async fn take_up_unshown(&self) -> Result<(), StoreError> {
        for item in self.history.store().unshown().await? {
            let notification = Notification {
                away: true,
                ..item.notification
            };
            self.put(InboxItem {
                notification,
                ..item
            });
        }
        Ok(())
    }

    /// The first lines of what waits to be shown: it is held with others, snoozed, in quiet hours, or
    /// the desktop did not take it.
    pub fn unshown(&self) -> Vec<String> {
        let title = |item: &InboxItem| item.notification.title.clone();
        lock(&self.unshown).iter().map(title).collect()
    }

    /// What was told but could not be written down (docs/RULES.md, 17).
    pub fn unwritten(&self) -> Vec<InboxItem> {
        lock(&self.unwritten).clone()
    }

    /// Shows what waits for nothing but to be shown with others, or for a desktop that refused;
    /// returns once that is done.
    pub async fn show_all(&self) {
        let (answer, done) = oneshot::channel();
        if self.sender.send(Outgoing::ShowAll(answer)).is_ok() {
            // The receiver ended: nothing left to show.
            let _ = done.await;
        }
    }

    /// Marks items of the Inbox as read (docs/RULES.md, 23).
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub async fn mark_read(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        let (written, unwritten): (Vec<i64>, Vec<i64>) = ids.into_iter().partition(|id| *id > 0);
        self.mark_unwritten(|item| unwritten.contains(&item.id));
        let write = self.history.store().mark_read(written);
        let marked = self.history.writes(write).await?;
        self.tell_read(marked);
        Ok(())
    }

    /// Marks all that was told of a run as read: it was opened.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub async fn mark_run_read(&self, run: &RunKey) -> Result<(), StoreError> {
        let is_of_run =
            |of: &Notification| of.account == run.account && of.run.as_ref() == Some(&run.run);
        self.mark_unwritten(|item| is_of_run(&item.notification));
        let write = self.history.store().mark_read_of_run(run);
        let marked = self.history.writes(write).await?;
        self.tell_read(marked);
        Ok(())
    }

    /// Marks what is in memory alone.
    fn mark_unwritten(&self, is_seen: impl Fn(&InboxItem) -> bool) {
        let mut ids = Vec::new();
        for item in lock(&self.unwritten).iter_mut() {
            if !item.read && is_seen(item) {
                item.read = true;
                ids.push(item.id);
            }
        }
        self.tell_read(ids);
    }

    fn tell_read(&self, ids: Vec<i64>) {
        if !ids.is_empty() {
            self.events.emit(Event::InboxRead(ids));
        }
    }

    /// Why the desktop did not take the latest notification.
    pub fn desktop_problem(&self) -> Option<String> {
        lock(&self.desktop_problem).clone()
    }

    pub(crate) fn set_desktop_problem(&self, problem: Option<String>) {
        let before = std::mem::replace(&mut *lock(&self.desktop_problem), problem.clone());
        if before != problem {
            self.events.emit(Event::Desktop(problem));
        }
    }

    /// Hands on what is in the Inbox now; what could not be written down is told from memory
    /// (docs/RULES.md, 17).
    pub(crate) fn deliver(
        &self,
        written: &Result<Committed, StoreError>,
        notifications: Vec<Notification>,
    ) {
        let items = match written {
            Ok(written) => written.inbox.clone(),
            Err(_) => {
                let from_memory = |notification| InboxItem {
                    id: self.next_unwritten.fetch_sub(1, Ordering::SeqCst),
                    notification,
                    read: false,
                };
                let items: Vec<InboxItem> = notifications.into_iter().map(from_memory).collect();
                lock(&self.unwritten).extend(items.iter().cloned());
                items
            }
        };
        for item in items {
            self.events.emit(Event::InboxItem(item.clone()));
            self.put(item);
        }
    }

    fn put(&self, item: InboxItem) {
        lock(&self.unshown).push(item.clone());
        // This fails only while the app ends: the receiver is gone.
        let _ = self.sender.send(Outgoing::Item(item));
    }

    /// What was told from memory is in the Inbox now: it counts as shown, unless it still waits.
    pub(crate) async fn now_persisted(&self, items: &[InboxItem]) {
        let mut read = Vec::new();
        lock(&self.unwritten).retain(|known| {
            let is_written = |now: &&InboxItem| known.notification.is(&now.notification);
            let written = items.iter().find(is_written);
            read.extend(written.filter(|_| known.read).map(|now| now.id));
            written.is_none()
        });
        // It was read while it was in memory alone: it must not turn unread.
        let write = self.history.store().mark_read(read);
        if let Err(error) = self.history.writes(write).await {
            tracing::warn!(%error, "what was read could not be marked so");
        }
        if !items.is_empty() {
            self.events.emit(Event::InboxRenumbered);
        }
        let mut shown = Vec::new();
        for item in items {
            let mut unshown = lock(&self.unshown);
            let waits = unshown
                .iter_mut()
                .find(|one| one.notification.is(&item.notification));
            match waits {
                Some(waiting) => waiting.id = item.id,
                None => shown.push(item.id),
            }
        }
        self.mark(shown).await;
    }

    /// An account was removed: what was told of it and never written down goes with it.
    pub(crate) fn forget_unwritten(&self, account: &AccountId) {
        lock(&self.unwritten).retain(|item| item.notification.account != *account);
    }

    pub(crate) async fn mark_shown(&self, items: &[InboxItem]) {
        let mut ids = Vec::new();
        lock(&self.unshown).retain(|one| {
            let is_this = |item: &InboxItem| item.notification.is(&one.notification);
            let is_shown = items.iter().any(is_this);
            // An item that was never stored has no row to mark.
            if is_shown && one.id > 0 {
                ids.push(one.id);
            }
            !is_shown
        });
        self.mark(ids).await;
    }

    async fn mark(&self, ids: Vec<i64>) {
        lock(&self.unmarked).extend(ids);
        self.mark_all().await;
    }

    /// Whether something was shown and could not be marked so.
    pub(crate) fn has_unmarked(&self) -> bool {
        !lock(&self.unmarked).is_empty()
    }

    /// Marks what was shown, with what could not be marked before.
    pub(crate) async fn mark_all(&self) {
        let ids = lock(&self.unmarked).clone();
        let write = self.history.store().mark_shown(ids.clone());
        match self.history.writes(write).await {
            Ok(()) => lock(&self.unmarked).retain(|id| !ids.contains(id)),
            Err(error) => {
                tracing::warn!(%error, "a notification was shown but could not be marked so");
            }
        }
    }
}
