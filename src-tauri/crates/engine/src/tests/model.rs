//! What can happen to SolveXia, the network, the disk, the laptop and the app, as a list that
//! proptest makes; and how it is played.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use runwatch_core::attempt::Phase;
use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::outcome::Outcome;
use runwatch_core::status::RunStatus;

use super::ports::Kill;
use super::repeats::Repeats;
use super::server::{Call, Twist, error};
use super::world::{Life, World, from_first, key, pass};
use crate::actions::request::RequestedAction;

pub const RUNS: [&str; 2] = ["pr-1", "pr-2"];

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Event {
    /// A run that goes ends like this; its steps lag this many seconds behind it, going on or,
    /// where that is said, as they were in the attempt before.
    End(usize, &'static str, Vec<&'static str>, u64, bool),
    /// A run is started elsewhere; one that goes ends first, like this. The attempt before was seen:
    /// the lagging steps of one of which nothing ever was could not be told apart.
    Begin(usize, &'static str),
    /// Someone acts here, and the POST goes like this.
    Act(usize, ActionKind, Post),
    /// The app is killed and started this many seconds later.
    Reboot(u64),
    /// The app is killed when it comes to this.
    KillAt(Kill),
    /// The laptop sleeps this long.
    Sleep(i64),
    Offline(bool),
    DiskFull(bool),
    Visible(bool),
    /// The next such call on a run fails like this.
    Fail(usize, Call, CallError),
}

#[derive(Debug, Clone, Copy)]
pub enum ActionKind {
    Start,
    Cancel,
    Restart,
}

#[derive(Debug, Clone, Copy)]
pub enum Post {
    Fine,
    Refused,
    LostBefore,
    LostAfter,
}

pub fn schedule() -> impl Strategy<Value = Vec<(Event, u64)>> {
    let pause = prop_oneof![6 => 1..15u64, 3 => 15..130u64, 1 => 400..500u64];
    proptest::collection::vec((event(), pause), 1..14)
}

fn event() -> impl Strategy<Value = Event> {
    let run = 0..RUNS.len();
    let status = prop_oneof![6 => Just("Finished"), 1 => Just("Cancelled"), 1 => Just("TimedOut")];
    let word = prop_oneof![
        4 => Just("Success"), 2 => Just("Failed"), 1 => Just("Warning"), 1 => Just("Skipped")
    ];
    let words = proptest::collection::vec(word, 1..4);
    let lag = prop_oneof![4 => Just(0u64), 1 => 1..100u64];
    let kind = prop_oneof![
        Just(ActionKind::Start),
        Just(ActionKind::Cancel),
        Just(ActionKind::Restart)
    ];
    let post = prop_oneof![
        3 => Just(Post::Fine),
        1 => Just(Post::Refused),
        1 => Just(Post::LostBefore),
        1 => Just(Post::LostAfter)
    ];
    let kill = prop_oneof![
        (0..6usize).prop_map(Kill::BeforeWrite),
        (0..6usize).prop_map(Kill::AfterWrite),
        Just(Kill::BeforePost),
        Just(Kill::AfterPost),
        Just(Kill::BeforeShow),
        Just(Kill::AfterShow),
    ];
    let call = prop_oneof![
        Just(Call::Status),
        Just(Call::Steps),
        Just(Call::Step("ds-1".into()))
    ];
    prop_oneof![
        8 => (run.clone(), status, words, lag, any::<bool>())
            .prop_map(|(r, s, w, l, old)| Event::End(r, s, w, l, old)),
        4 => (run.clone(), prop_oneof![Just("Success"), Just("Failed")])
            .prop_map(|(r, w)| Event::Begin(r, w)),
        5 => (run.clone(), kind, post).prop_map(|(r, d, p)| Event::Act(r, d, p)),
        3 => (0..200u64).prop_map(Event::Reboot),
        3 => kill.prop_map(Event::KillAt),
        1 => (60..90_000i64).prop_map(Event::Sleep),
        2 => any::<bool>().prop_map(Event::Offline),
        1 => any::<bool>().prop_map(Event::DiskFull),
        1 => any::<bool>().prop_map(Event::Visible),
        3 => (run, call, failure()).prop_map(|(r, c, e)| Event::Fail(r, c, e)),
    ]
}

fn failure() -> impl Strategy<Value = CallError> {
    let trouble = prop_oneof![
        Just(Trouble::SignedOut),
        Just(Trouble::Forbidden),
        Just(Trouble::Busy),
        Just(Trouble::Server),
        Just(Trouble::Offline),
        Just(Trouble::BadAnswer),
    ];
    (trouble, proptest::option::of(1..90u64)).prop_map(|(trouble, wait)| CallError {
        retry_after: wait.map(Duration::from_secs),
        ..error(trouble, Effect::None)
    })
}

/// A schedule as it is played.
pub struct Play {
    pub world: World,
    pub life: Life,
    /// What the desktop may show again.
    pub repeats: Repeats,
    /// What is shown could not be marked at some time.
    disk_was_full: bool,
    /// When the world was last rough (seconds of the wall clock).
    pub rough_at: i64,
}

impl Play {
    pub async fn new() -> Self {
        let world = World::new();
        for run in RUNS {
            world.server.put(run, "NotStarted", &["NotStarted"; 3]);
        }
        let life = world.boot().await;
        for run in RUNS {
            life.watch(run).await;
            // Steps are known, as they are once the run was opened in the window.
            life.engine.poll(&key(run), true).await.unwrap();
        }
        let rough_at = world.now().as_second();
        Self {
            world,
            life,
            repeats: Repeats::default(),
            disk_was_full: false,
            rough_at,
        }
    }

    pub async fn play(&mut self, event: Event) {
        let rough = !matches!(
            event,
            Event::End(..) | Event::Begin(..) | Event::Visible(_) | Event::Act(_, _, Post::Fine)
        );
        self.note(rough);
        match event {
            Event::End(run, status, steps, lag, old) => {
                self.end(RUNS[run], status, &steps, lag, old);
            }
            Event::Begin(run, word) => {
                let run = RUNS[run];
                let before = self.world.server.truth(run).started;
                if before.is_none() || self.seen(run) == before {
                    if self.goes(run) {
                        self.world.end(run, "Finished", &[word; 2]);
                    }
                    self.world.begin(run);
                }
            }
            Event::Act(run, kind, post) => self.act(RUNS[run], kind, post),
            Event::Reboot(off) => self.reboot(off).await,
            Event::KillAt(kill) => self.life.port.kill_at(kill),
            Event::Sleep(seconds) => self.world.sleep(seconds),
            Event::Offline(offline) => self.world.server.set_offline(offline),
            Event::DiskFull(true) => {
                self.disk_was_full = true;
                self.world.shelf.fail_all();
            }
            Event::DiskFull(false) => self.world.shelf.mend(),
            Event::Visible(visible) => self.life.engine.set_window_visible(visible),
            Event::Fail(run, call, error) => {
                self.world.server.fail_once(RUNS[run], call, error);
            }
        }
    }

    /// Notes that the world is rough now, or was a moment ago.
    pub fn note(&mut self, rough: bool) {
        let (server, shelf) = (&self.world.server, &self.world.shelf);
        if rough || server.is_rough() || shelf.is_rough() || self.life.port.is_dead() {
            self.rough_at = self.world.now().as_second();
        }
    }

    /// When the attempt that is shown started.
    fn seen(&self, run: &str) -> Option<jiff::Timestamp> {
        self.life.state(run).run.attempt?.stamp.started
    }

    /// The same, while it goes.
    pub fn going(&self, run: &str) -> Option<jiff::Timestamp> {
        let attempt = self.life.state(run).run.attempt?;
        let goes = attempt.phase == Phase::Going && attempt.stamp.status == RunStatus::Running;
        self.seen(run).filter(|_| goes)
    }

    /// Whether the attempt that started then has ended.
    pub fn ended(&self, run: &str, started: jiff::Timestamp) -> bool {
        let attempts = self.world.server.truth(run).attempts;
        attempts
            .iter()
            .any(|a| a.started == started && a.ended.is_some())
    }

    fn goes(&self, run: &str) -> bool {
        self.world.server.truth(run).status == "Running"
    }

    fn end(&self, run: &str, status: &str, steps: &[&'static str], lag: u64, old: bool) {
        if !self.goes(run) {
            return;
        }
        self.world.end(run, status, steps);
        if lag == 0 {
            return;
        }
        self.world.server.update(run, |truth| {
            let before = truth.steps_before.clone();
            match old && before.iter().any(|step| step.started.is_some()) {
                true => truth.steps = before,
                false => truth.set_steps(&vec!["Running"; steps.len()]),
            }
        });
        let (world, run, steps) = (self.world.clone(), run.to_owned(), steps.to_vec());
        let attempt = world.server.truth(&run).started;
        tokio::spawn(async move {
            pass(lag).await;
            world.server.update(&run, |truth| {
                if truth.started == attempt && truth.status != "Running" {
                    truth.set_steps(&steps);
                }
            });
        });
    }

    fn act(&self, run: &str, kind: ActionKind, post: Post) {
        let (action, call) = match kind {
            ActionKind::Start => (RequestedAction::Start, Call::Start),
            ActionKind::Cancel => (RequestedAction::Cancel, Call::Cancel),
            ActionKind::Restart => (from_first(), Call::Restart("ds-1".into())),
        };
        let (fail, after_effect) = match post {
            Post::Fine => (None, false),
            Post::Refused => (Some(error(Trouble::Forbidden, Effect::None)), false),
            Post::LostBefore => (Some(error(Trouble::Offline, Effect::Unknown)), false),
            Post::LostAfter => (Some(error(Trouble::Offline, Effect::Unknown)), true),
        };
        let twist = Twist {
            fail,
            after_effect,
            ..Twist::default()
        };
        let server = Arc::clone(&self.world.server);
        server.twist(run, call.clone(), twist);
        // A dead app never answers: nobody waits for it.
        let (engine, request) = (self.life.engine.clone(), self.life.request(run, action));
        tokio::spawn(async move {
            let _ = engine.act(request.clone()).await;
            server.untwist(request.key.run.as_str(), &call);
        });
    }

    pub async fn reboot(&mut self, off: u64) {
        // Killed between two things that it does, all that it showed is marked already.
        if self.life.port.is_dead() || self.disk_was_full {
            self.repeats.killed(&self.world);
        }
        self.life.port.die();
        pass(off).await;
        // Whoever starts the app has a disk that can be read.
        let next = self.world.boot().await;
        std::mem::replace(&mut self.life, next).kill();
    }

    /// Whatever is shown as succeeded did succeed, at every moment.
    pub fn nothing_false_is_shown(&self) -> Result<(), TestCaseError> {
        for run in RUNS {
            let state = self.life.state(run);
            if let Some(attempt) = state.run.attempt
                && attempt.phase.outcome() == Some(Outcome::Succeeded)
            {
                let attempts = self.world.server.truth(run).attempts;
                let shown = attempts
                    .iter()
                    .find(|a| Some(a.started) == attempt.stamp.started);
                let really = shown.and_then(|attempt| attempt.ended).map(|(_, how)| how);
                prop_assert_eq!(
                    really,
                    Some(Outcome::Succeeded),
                    "{} shows a false success",
                    run
                );
            }
        }
        Ok(())
    }
}
