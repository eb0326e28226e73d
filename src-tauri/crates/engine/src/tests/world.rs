//! A world that outlives the app, and lives of the app in it.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::action::Action;
use runwatch_core::attempt::Phase;
use runwatch_core::environment::Environment;
use runwatch_core::ids::{AccountId, RunId, RunKey, StepId};
use runwatch_core::notification::ClickTarget;
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::{Clock, Store};
use runwatch_core::words::NotificationText;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::faulty_store::{Shelf, wait};
use super::ports::Port;
use super::server::Server;
use crate::actions::answer::ActionAnswer;
use crate::actions::request::{ActionRequest, RequestedAction};
use crate::notifications::outbox::OutboxReceiver;
use crate::runs::tracked_run::TrackedState;
use crate::sync::lock;
use crate::{Engine, EngineError, Ports};

/// The wall clock: paused time, the sleeps of the laptop, and what it was set to.
pub struct Wall {
    start: Instant,
    slept: AtomicI64,
    /// Milliseconds by which the clock was set forward.
    set: AtomicI64,
}

impl Wall {
    /// By how much the clock of SolveXia, which is right, is ahead.
    pub fn ahead(&self) -> SignedDuration {
        SignedDuration::from_millis(-self.set.load(Ordering::SeqCst))
    }
}

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        let millis = self.start.elapsed().as_millis() as i64
            + self.slept.load(Ordering::SeqCst)
            + self.set.load(Ordering::SeqCst);
        Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
    }
}

/// The desktop.
#[derive(Default)]
pub struct Desk {
    shown: Mutex<Vec<(NotificationText, Option<ClickTarget>)>>,
    pub refuses: AtomicBool,
    tries: AtomicUsize,
    pub panics: AtomicBool,
    /// It shows what it is given, and never answers.
    pub silent: watch::Sender<bool>,
}

impl Desk {
    pub fn show(&self, note: NotificationText, opens: Option<ClickTarget>) -> Result<(), String> {
        self.tries.fetch_add(1, Ordering::SeqCst);
        assert!(!self.panics.load(Ordering::SeqCst), "as the test wants");
        if self.refuses.load(Ordering::SeqCst) {
            return Err("no desktop".to_owned());
        }
        lock(&self.shown).push((note, opens));
        Ok(())
    }

    pub async fn answer(&self) {
        let mut silent = self.silent.subscribe();
        silent.wait_for(|silent| !silent).await.unwrap();
    }

    /// How often it was given something.
    pub fn tries(&self) -> usize {
        self.tries.load(Ordering::SeqCst)
    }

    pub fn titles(&self) -> Vec<String> {
        let shown = lock(&self.shown);
        shown.iter().map(|(note, _)| plain(&note.title)).collect()
    }

    pub fn bodies(&self) -> Vec<String> {
        let shown = lock(&self.shown);
        shown.iter().map(|(note, _)| plain(&note.body)).collect()
    }
}

/// A text without the marks that set names apart.
pub fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// What outlives the app.
#[derive(Clone)]
pub struct World {
    pub clock: Arc<Wall>,
    pub server: Arc<Server>,
    pub shelf: Arc<Shelf>,
    pub desk: Arc<Desk>,
}

/// Another account of the same environment.
pub fn other_account() -> Account {
    Account {
        id: AccountId("b".into()),
        ..account()
    }
}

pub fn account() -> Account {
    Account {
        id: AccountId("a".into()),
        label: "Close team".into(),
        colour: Colour::Blue,
        environment: Environment::parse("app").unwrap(),
        method: SignInMethod::Client,
        client_id: "client-1".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    }
}

pub fn key(run: &str) -> RunKey {
    RunKey {
        account: account().id,
        run: RunId::parse(run).unwrap(),
    }
}

impl World {
    pub fn new() -> Self {
        Self {
            clock: Arc::new(Wall {
                start: Instant::now(),
                slept: AtomicI64::new(0),
                set: AtomicI64::new(0),
            }),
            server: Arc::default(),
            shelf: Arc::new(Shelf::new()),
            desk: Arc::default(),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The laptop sleeps: the wall clock goes on, timers do not.
    pub fn sleep(&self, seconds: i64) {
        self.clock.slept.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// The user sets the laptop's clock forward, or back.
    pub fn set_clock(&self, seconds: i64) {
        self.set_clock_ms(seconds * 1000);
    }

    pub fn set_clock_ms(&self, milliseconds: i64) {
        self.clock.set.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Now, by SolveXia's clock.
    pub fn there(&self) -> Timestamp {
        self.now() + self.clock.ahead()
    }

    /// A run of this status with steps of these.
    pub fn put(&self, run: &str, status: &str, steps: &[&str]) {
        self.server.put(run, status, steps);
        if status != "NotStarted" {
            let now = self.there();
            self.server.update(run, |truth| truth.started = Some(now));
        }
    }

    pub fn end(&self, run: &str, status: &str, steps: &[&str]) {
        let now = self.there();
        self.server
            .update(run, |truth| truth.end(status, steps, now));
    }

    /// Starts again elsewhere.
    pub fn begin(&self, run: &str) {
        let now = self.there();
        self.server.update(run, |truth| truth.begin("Running", now));
    }

    /// Starts the app, which signs in and watches.
    pub async fn boot(&self) -> Life {
        let life = self.load().await;
        life.sign_in();
        life
    }

    /// Starts the app, which has watched this run for some seconds.
    pub async fn boot_watching(&self, run: &str) -> Life {
        let life = self.boot().await;
        life.watch(run).await;
        pass(5).await;
        life
    }

    /// Starts the app, not signed in.
    pub async fn load(&self) -> Life {
        let (engine, outbox, port) = self.idle().await;
        let stop = CancellationToken::new();
        tokio::spawn(engine.clone().watch(stop.clone()));
        tokio::spawn(engine.clone().watch_closes(stop.clone()));
        tokio::spawn(engine.clone().dispatch_notifications(outbox));
        Life { engine, port, stop }
    }

    /// What of the app is there before it watches or tells anything.
    pub async fn idle(&self) -> (Engine, OutboxReceiver, Arc<Port>) {
        let port = Arc::new(Port::new(self.clone()));
        let ports = Ports {
            store: port.clone(),
            notifier: port.clone(),
            clock: self.clock.clone(),
            os_user: "ana".to_owned(),
        };
        let (engine, outbox) = Engine::load(ports).await.unwrap();
        (engine, outbox, port)
    }

    /// The log of actions, oldest first.
    pub fn activity(&self) -> Vec<Action> {
        let mut all = wait(self.shelf.db().activity(1000)).unwrap();
        all.reverse();
        all
    }
}

/// One life of the app.
pub struct Life {
    pub engine: Engine,
    pub port: Arc<Port>,
    stop: CancellationToken,
}

impl Life {
    pub fn sign_in(&self) {
        self.engine.set_session(account(), Some(self.port.clone()));
    }

    /// As `kill -9` does.
    pub fn kill(self) {
        self.port.die();
        self.stop.cancel();
    }

    /// Adds a run, watches it, and lets it be seen once.
    pub async fn watch(&self, run: &str) {
        self.engine
            .add_run(&account().id, RunId::parse(run).unwrap())
            .await
            .unwrap();
        self.engine.set_watched(&key(run), true).await.unwrap();
    }

    pub fn state(&self, run: &str) -> TrackedState {
        self.engine.runs.get(&key(run)).unwrap().state()
    }

    pub fn phase(&self, run: &str) -> Phase {
        self.state(run).run.attempt.unwrap().phase
    }

    pub fn outcome(&self, run: &str) -> Option<Outcome> {
        self.phase(run).outcome()
    }

    pub fn is_pending(&self, run: &str) -> bool {
        matches!(self.phase(run), Phase::Pending { .. })
    }

    /// An order as the page gives it: for the run as it is shown now.
    pub fn request(&self, run: &str, action: RequestedAction) -> ActionRequest {
        let state = self.state(run);
        let word = state.run.attempt.as_ref().map(|c| c.stamp.status.word());
        ActionRequest {
            key: key(run),
            action,
            deprecated: false,
            status: word.unwrap_or_default().to_owned(),
            attempt: state.run.attempt_number(),
            reason: None,
        }
    }

    pub async fn act(
        &self,
        run: &str,
        action: RequestedAction,
    ) -> Result<ActionAnswer, EngineError> {
        self.engine.act(self.request(run, action)).await
    }
}

/// The app as it watches runs of this status, each with a step of that one, since so many seconds.
pub async fn watching(runs: &[&str], status: &str, step: &str, seconds: u64) -> (World, Life) {
    let world = World::new();
    for run in runs {
        world.put(run, status, &[step]);
    }
    let life = world.boot().await;
    for run in runs {
        life.watch(run).await;
    }
    pass(seconds).await;
    (world, life)
}

/// Restarts from the first step.
pub fn from_first() -> RequestedAction {
    RequestedAction::Restart(StepId::parse("ds-1").unwrap())
}

/// Lets time pass.
pub async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
