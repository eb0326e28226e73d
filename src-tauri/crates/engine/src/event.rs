//! What the engine says to whoever listens: something changed, ask how it is now.

use runwatch_core::action::Action;
use runwatch_core::close::kept::CloseId;
use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::notification::InboxItem;
use tokio::sync::broadcast;

/// Changes that a listener may be behind before it has to ask for everything anew.
const BACKLOG: usize = 4096;

/// Something changed; ask the engine how it is now.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A run was added or changed.
    Run(RunKey),
    /// A run was taken off the list.
    RunRemoved(RunKey),
    /// Something came into the Inbox.
    InboxItem(InboxItem),
    /// Items of the Inbox, by their ids, were marked as read.
    InboxRead(Vec<i64>),
    /// What was told from memory is in the Inbox now, under other ids.
    InboxRenumbered,
    /// An action was written down, or its answer is known.
    Action(Box<Action>),
    /// A close was looked at: there is a newer board of it.
    Board(CloseId),
    /// Plans, or the lists of their closes, changed.
    Plans,
    /// An account's sign-in, name or colour changed.
    Account(AccountId),
    /// An account was removed, with its runs.
    AccountRemoved(AccountId),
    /// History is not kept, for this reason; or is again.
    Store(Option<String>),
    /// Watching was paused, or goes on.
    Paused(bool),
    /// The desktop does not take notifications, for this reason; or does again.
    Desktop(Option<String>),
}

/// Where events are sent from. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Events {
    pub fn emit(&self, event: Event) {
        // Nobody listens while the window is closed.
        let _ = self.0.send(event);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
