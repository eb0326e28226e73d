//! The engine: the owners of its state, put together once.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;
use runwatch_core::error::StoreError;
use tokio::sync::broadcast;
use tokio_util::task::TaskTracker;

use crate::accounts::date_zones::DateZones;
use crate::accounts::registry::Accounts;
use crate::actions::creates::Creates;
use crate::close::Closes;
use crate::durations::learned::Durations;
use crate::event::{Event, Events};
use crate::history::History;
use crate::notifications::outage_state::Outages;
use crate::notifications::outbox::{Outbox, OutboxReceiver};
use crate::ports::Ports;
use crate::runs::process_names::ProcessNames;
use crate::runs::registry::RunRegistry;
use crate::runs::tracked_run::{OpenAction, TrackedRun};
use crate::scheduler::state::SchedulerState;
use crate::settings::Settings;
use crate::throttle::permits::Hosts;
use crate::window::Window;

/// The watch loop and all that it knows. Cheap to clone; its owners are reached through it.
#[derive(Clone)]
pub struct Engine(Arc<Owners>);

/// Who keeps what.
pub struct Owners {
    pub(crate) ports: Ports,
    pub(crate) events: Events,
    /// The local history, as it is written.
    pub history: Arc<History>,
    /// What the user set.
    pub settings: Settings,
    /// The accounts, signed in or not.
    pub accounts: Accounts,
    /// The runs in the list.
    pub runs: RunRegistry,
    /// The names of their processes.
    pub process_names: ProcessNames,
    /// Plans, closes and their boards.
    pub closes: Closes,
    /// What is told, on its way to the desktop.
    pub outbox: Outbox,
    /// The actions on their way, each until its answer is written down.
    pub(crate) acting: TaskTracker,
    pub(crate) hosts: Hosts,
    pub(crate) date_zones: DateZones,
    pub(crate) durations: Durations,
    pub(crate) creates: Creates,
    pub(crate) outages: Outages,
    pub(crate) scheduler: SchedulerState,
    pub(crate) window: Window,
}

impl Deref for Engine {
    type Target = Owners;

    fn deref(&self) -> &Owners {
        &self.0
    }
}

impl Engine {
    /// Loads what is remembered; no account is signed in yet. Polling begins with [`Engine::watch`].
    ///
    /// # Errors
    /// [`StoreError`] when the history cannot be read.
    pub async fn load(ports: Ports) -> Result<(Self, OutboxReceiver), StoreError> {
        let events = Events::default();
        let store = || Arc::clone(&ports.store);
        let history = Arc::new(History::new(store(), events.clone()));
        let kept = ports.store.settings().await?;
        let (outbox, to_show) = Outbox::new(Arc::clone(&history), events.clone());
        let engine = Self(Arc::new(Owners {
            settings: Settings::new(&kept),
            accounts: Accounts::load(Arc::clone(&history), events.clone()).await?,
            runs: RunRegistry::new(events.clone()),
            acting: TaskTracker::new(),
            closes: Closes::load(&ports.store).await?,
            process_names: ProcessNames::default(),
            hosts: Hosts::default(),
            date_zones: DateZones::new(kept.date_zones),
            durations: Durations::new(store()),
            creates: Creates::new(kept.unanswered_creates),
            outages: Outages::new(kept.outages),
            scheduler: SchedulerState::new(ports.clock.now()),
            window: Window::default(),
            history,
            outbox,
            events,
            ports,
        }));
        engine.load_runs().await?;
        engine.log_creates_of_last_time().await;
        engine.outbox.take_up_unshown().await?;
        engine.mark_all_away();
        Ok((engine, to_show))
    }

    async fn load_runs(&self) -> Result<(), StoreError> {
        let store = self.history.store();
        for run in store.runs().await? {
            self.durations.load(&run).await?;
            let steps = store.steps(&run.key).await?;
            self.runs.insert(TrackedRun::new(run, steps));
        }
        for action in store.unanswered().await? {
            let Some(key) = action.key() else {
                self.creates.take_action(&action);
                continue;
            };
            if let Ok(tracked) = self.runs.get(&key) {
                let open = OpenAction { action, tell: true };
                tracked.update(|state| state.open_actions.push(open));
            }
        }
        Ok(())
    }

    /// Waits until every action that is on its way is answered and written down: the app ends after it.
    pub async fn actions_done(&self) {
        self.acting.close();
        self.acting.wait().await;
    }

    /// What changes, from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Now, in UTC.
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }
}
