//! The engine: its state, and the simple questions and changes that need no network turn.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use runwatch_core::action::Action;
use runwatch_core::error::{CallError, StoreError};
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::notification::{InboxItem, Notification};
use runwatch_core::notification_policy::NotificationPolicy;
use runwatch_core::outage::OutageRecord;
use runwatch_core::poll_interval::PollLimits;
use runwatch_core::ports::{Clock, Notifier, Store};
use serde::de::DeserializeOwned;
use thiserror::Error;
use tokio::sync::{Notify, broadcast, mpsc};
use tokio::time::Instant;

use crate::cell::{Cell, OpenAction};
use crate::gate::Gate;
use crate::learn::Known;
use crate::lock;
use crate::pace::CADENCE;
use crate::session::Session;
use crate::sight::SIGHT;
use crate::tell::{CHOICES, Outbox, Outgoing};

/// The world outside, as the engine sees it.
#[derive(Clone)]
pub struct Ports {
    /// The local history.
    pub store: Arc<dyn Store>,
    /// Desktop notifications.
    pub notifier: Arc<dyn Notifier>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Who sits at this computer.
    pub os_user: String,
}

/// Something changed; ask the engine how it is now.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A run was added or changed.
    Run(RunKey),
    /// A run was taken off the table.
    RunRemoved(RunKey),
    /// Something came into the Inbox.
    InboxItem(InboxItem),
    /// An action was written down, or its answer is known.
    Action(Box<Action>),
    /// An account's standing changed.
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

/// Why the engine did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EngineError {
    /// SolveXia, or the way to it.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The local history.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It makes no sense now.
    #[error("{0}")]
    NotNow(String),
    /// The run is not as the confirmation showed it.
    #[error("{0}")]
    Changed(String),
    /// The run is not in the table.
    #[error("This run is not in your list any more. Add it again.")]
    NoSuchRun,
}

/// The watch loop and all that it knows. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub ports: Ports,
    pub sessions: Mutex<HashMap<AccountId, Session>>,
    /// Held while an account is written down, so that none overwrites what is newer.
    pub remembering: tokio::sync::Mutex<()>,
    pub cells: Mutex<HashMap<RunKey, Arc<Cell>>>,
    /// By origin: all accounts on a host share it.
    pub hosts: Mutex<HashMap<String, Arc<Gate>>>,
    pub known: Mutex<HashMap<(AccountId, ProcessId), Known>>,
    pub limits: Mutex<PollLimits>,
    pub choices: Mutex<NotificationPolicy>,
    pub shown: Mutex<Option<RunKey>>,
    pub visible: AtomicBool,
    pub paused: AtomicBool,
    pub wake: Notify,
    pub events: broadcast::Sender<Event>,
    pub outbox: mpsc::UnboundedSender<Outgoing>,
    /// What the desktop has not shown yet.
    pub unshown: Mutex<Vec<InboxItem>>,
    pub desktop_problem: Mutex<Option<String>>,
    /// What could not be written down is kept here, with ids below zero.
    pub unwritten: Mutex<Vec<InboxItem>>,
    pub next_unwritten: AtomicI64,
    /// What was shown and could not be marked so, by its ids.
    pub unmarked: Mutex<Vec<i64>>,
    pub store_problem: Mutex<Option<String>>,
    /// What was told of what cannot be seen (docs/RULES.md, 16).
    pub sight: Arc<tokio::sync::Mutex<OutageRecord>>,
    /// What can be seen has changed.
    pub sight_moved: AtomicBool,
    /// The latest moment by both clocks, to notice that the computer slept.
    pub awake: Mutex<(Instant, Timestamp)>,
    seq: AtomicI64,
}

impl Engine {
    /// Loads what is remembered; no account is signed in yet. Reading begins with
    /// [`Engine::watch`](crate::watch).
    ///
    /// # Errors
    /// [`StoreError`] when the history cannot be read.
    pub async fn load(ports: Ports) -> Result<(Self, Outbox), StoreError> {
        let (outbox, to_show) = mpsc::unbounded_channel();
        let mut sessions = HashMap::new();
        for account in ports.store.accounts().await? {
            sessions.insert(account.id.clone(), Session::new(account, None));
        }
        let mut cells = HashMap::new();
        let mut latest = 0;
        for run in ports.store.runs().await? {
            latest = latest.max(run.seq);
            let steps = ports.store.steps(&run.key).await?;
            cells.insert(run.key.clone(), Arc::new(Cell::new(run, steps)));
        }
        for action in ports.store.unanswered().await? {
            if let Some(cell) = cells.get(&action.key) {
                let open = OpenAction { action, tell: true };
                cell.change(|state| state.open_actions.push(open));
            }
        }
        let unshown = ports.store.unshown().await?;
        let sight: OutageRecord = setting(&ports, SIGHT).await?;
        let limits: PollLimits = setting(&ports, CADENCE).await?;
        let choices: NotificationPolicy = setting(&ports, CHOICES).await?;
        let awake = Mutex::new((Instant::now(), ports.clock.now()));
        let inner = Inner {
            ports,
            sessions: Mutex::new(sessions),
            remembering: tokio::sync::Mutex::default(),
            cells: Mutex::new(cells),
            hosts: Mutex::default(),
            known: Mutex::default(),
            limits: Mutex::new(limits),
            choices: Mutex::new(choices),
            shown: Mutex::default(),
            visible: AtomicBool::new(false),
            paused: AtomicBool::new(false),
            wake: Notify::new(),
            events: broadcast::channel(1024).0,
            outbox,
            unshown: Mutex::default(),
            desktop_problem: Mutex::default(),
            unwritten: Mutex::default(),
            next_unwritten: AtomicI64::new(-1),
            unmarked: Mutex::default(),
            store_problem: Mutex::default(),
            sight: Arc::new(tokio::sync::Mutex::new(sight)),
            sight_moved: AtomicBool::new(false),
            awake,
            seq: AtomicI64::new(latest + 1),
        };
        let engine = Self {
            inner: Arc::new(inner),
        };
        for told in unshown {
            let notification = Notification {
                away: true,
                ..told.notification
            };
            engine.hand_out(InboxItem {
                notification,
                ..told
            });
        }
        engine.mark_all_away();
        for cell in engine.cells() {
            let run = cell.peek(|state| state.run.clone());
            engine.recall(&run).await?;
        }
        Ok((engine, to_show))
    }

    /// What changes, from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// The growing number of the latest change.
    pub fn seq(&self) -> i64 {
        self.inner.seq.load(Ordering::SeqCst)
    }

    /// Now, in UTC.
    pub fn now(&self) -> Timestamp {
        self.inner.ports.clock.now()
    }

    /// The local history, for lists that are only read.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner.ports.store
    }

    /// All runs in the table.
    pub fn cells(&self) -> Vec<Arc<Cell>> {
        lock(&self.inner.cells).values().cloned().collect()
    }

    /// One run of the table.
    ///
    /// # Errors
    /// [`EngineError::NoSuchRun`].
    pub fn cell(&self, key: &RunKey) -> Result<Arc<Cell>, EngineError> {
        lock(&self.inner.cells)
            .get(key)
            .cloned()
            .ok_or(EngineError::NoSuchRun)
    }

    /// Says which run is open in the window, and whether the window can be seen.
    pub fn set_view(&self, shown: Option<RunKey>, visible: bool) {
        *lock(&self.inner.shown) = shown;
        self.inner.visible.store(visible, Ordering::SeqCst);
        self.reschedule_all();
    }

    /// Says whether the window can be seen.
    pub fn set_visible(&self, visible: bool) {
        self.inner.visible.store(visible, Ordering::SeqCst);
        self.reschedule_all();
    }

    /// Whether this is still the cell of its run: it may have been taken off the table.
    pub(crate) fn holds(&self, cell: &Cell) -> bool {
        lock(&self.inner.cells)
            .get(&cell.key)
            .is_some_and(|held| std::ptr::eq(&**held, cell))
    }

    pub(crate) fn emit(&self, event: Event) {
        // Nobody listening is fine: the window is closed.
        let _ = self.inner.events.send(event);
    }

    /// Gives a run the next number and says that it changed.
    pub fn changed(&self, key: &RunKey) {
        if let Ok(cell) = self.cell(key) {
            let seq = self.inner.seq.fetch_add(1, Ordering::SeqCst) + 1;
            cell.change(|state| state.run.seq = seq);
            self.emit(Event::Run(key.clone()));
        }
    }
}

/// A setting as it was kept; as it usually is where it never was, or cannot be understood.
async fn setting<T: DeserializeOwned + Default>(
    ports: &Ports,
    name: &'static str,
) -> Result<T, StoreError> {
    let json = ports.store.setting(name).await?;
    let kept = json.map(|json| serde_json::from_str(&json));
    Ok(kept.and_then(Result::ok).unwrap_or_default())
}
