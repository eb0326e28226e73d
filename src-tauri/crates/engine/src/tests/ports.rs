//! The ports of one life of the app: once it is killed, nothing goes through them any more.

use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use runwatch_core::account::Account;
use runwatch_core::action::Action;
use runwatch_core::close::kept::{CapturedAttempt, CloseId, KeptClose};
use runwatch_core::close::plan::PlanDraft;
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::{CallError, Effect, StoreError, Trouble};
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use runwatch_core::network::Route;
use runwatch_core::notification::{ClickTarget, InboxItem};
use runwatch_core::observation::{
    ListedStep, Listing, NamedRun, ProcessInfo, RunInfo, RunObservation, Step, StepObservation,
};
use runwatch_core::ports::{Notifier, SolveXia, Store};
use runwatch_core::run::{EndedAttempt, Run};
use runwatch_core::settings::kept_settings::KeptSettings;
use runwatch_core::transaction::{Committed, Transaction};
use runwatch_core::words::NotificationText;

use super::faulty_store::wait;
use super::server::{Call, error};
use super::simulated_run::Truth;
use super::world::World;
use crate::sync::lock;

const DISK: Duration = Duration::from_millis(2);

/// Where the app is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kill {
    /// Before this write reaches the disk, counted from 0.
    BeforeWrite(usize),
    /// When this write is on the disk and nobody knows it yet.
    AfterWrite(usize),
    /// Before the next POST leaves.
    BeforePost,
    /// When the next POST took effect, before its answer.
    AfterPost,
    /// Before the next notification is shown.
    BeforeShow,
    /// When it is shown and not marked so.
    AfterShow,
}

/// One life of the app, as its ports see it.
pub struct Port {
    pub world: World,
    dead: AtomicBool,
    writes: AtomicUsize,
    pub sign_ins: AtomicUsize,
    kill: Mutex<Option<Kill>>,
}

impl Port {
    pub fn new(world: World) -> Self {
        Self {
            world,
            dead: AtomicBool::new(false),
            writes: AtomicUsize::new(0),
            sign_ins: AtomicUsize::new(0),
            kill: Mutex::default(),
        }
    }

    /// Kills it when it comes to this.
    pub fn kill_at(&self, kill: Kill) {
        *lock(&self.kill) = Some(kill);
        self.writes.store(0, Ordering::SeqCst);
    }

    pub fn die(&self) {
        self.dead.store(true, Ordering::SeqCst);
    }

    pub fn is_dead(&self) -> bool {
        self.dead.load(Ordering::SeqCst)
    }

    /// A dead app does nothing more.
    async fn breathe(&self) {
        if self.is_dead() {
            std::future::pending().await
        }
    }

    async fn at(&self, point: Kill) {
        if *lock(&self.kill) == Some(point) {
            self.die();
        }
        self.breathe().await;
    }

    async fn ask<T>(
        &self,
        run: &RunId,
        call: Call,
        make: impl FnOnce(&mut Truth) -> T,
    ) -> Result<T, CallError> {
        let is_post = call.is_post();
        if is_post {
            self.at(Kill::BeforePost).await;
        }
        self.breathe().await;
        let answer = self.world.server.ask(run, call, make).await;
        if is_post {
            self.at(Kill::AfterPost).await;
        }
        self.breathe().await;
        answer
    }

    async fn read<T>(&self, work: impl Future<Output = T>) -> T {
        self.breathe().await;
        wait(work)
    }
}

#[async_trait]
impl SolveXia for Port {
    async fn run(&self, run: &RunId) -> Result<RunInfo, CallError> {
        let info = |truth: &mut Truth| RunInfo {
            name: truth.name.clone(),
            process: truth.process.clone(),
            date_created: truth.created.map(|at| at + truth.zone),
            ..RunInfo::default()
        };
        self.ask(run, Call::Info, info).await
    }
    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        self.ask(run, Call::Status, |truth| truth.observation(run))
            .await
    }
    async fn run_steps(&self, run: &RunId) -> Result<Listing<ListedStep>, CallError> {
        self.ask(run, Call::Steps, |truth| truth.listed()).await
    }
    async fn step_status(&self, run: &RunId, step: &StepId) -> Result<StepObservation, CallError> {
        let missing = || error(Trouble::NotFound, Effect::None);
        let call = Call::Step(step.to_string());
        let answer = self.ask(run, call, |truth| truth.step(step)).await?;
        answer.ok_or_else(missing)
    }
    async fn start(&self, run: &RunId) -> Result<(), CallError> {
        self.begin(run, Call::Start).await
    }
    async fn start_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.begin(run, Call::StartOld).await
    }
    async fn cancel(&self, run: &RunId) -> Result<(), CallError> {
        self.stop(run, Call::Cancel).await
    }
    async fn cancel_deprecated(&self, run: &RunId) -> Result<(), CallError> {
        self.stop(run, Call::CancelOld).await
    }
    async fn restart_from(&self, run: &RunId, step: &StepId) -> Result<(), CallError> {
        self.begin(run, Call::Restart(step.to_string())).await
    }
    async fn processes(&self, _: &str) -> Result<Listing<ProcessInfo>, CallError> {
        Ok(Vec::new().into())
    }
    async fn process_runs(&self, process: &ProcessId) -> Result<Listing<NamedRun>, CallError> {
        self.breathe().await;
        let runs = self.world.server.runs_of(process).await;
        self.breathe().await;
        Ok(Listing {
            entries: runs?,
            is_cut: self.world.server.cuts_lists(),
        })
    }
    async fn create_run(&self, process: &ProcessId, name: &str) -> Result<NamedRun, CallError> {
        let at = self.world.there();
        let answer = self.world.server.create(process, name, at).await;
        // The dead hear no answer.
        self.breathe().await;
        answer
    }
    async fn sign_in(&self) -> Result<(), CallError> {
        self.sign_ins.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
    fn scopes(&self) -> Option<Vec<String>> {
        None
    }
    fn by_route(&self, _: &Route) -> Result<Arc<dyn SolveXia>, CallError> {
        unreachable!("the engine does not ask this")
    }
    fn clock_ahead(&self) -> Option<SignedDuration> {
        Some(self.world.clock.ahead())
    }
}

impl Port {
    async fn begin(&self, run: &RunId, call: Call) -> Result<(), CallError> {
        let now = self.world.there();
        let begin = |truth: &mut Truth| {
            if !truth.sluggish {
                truth.begin("Running", now);
            }
        };
        self.ask(run, call, begin).await
    }

    async fn stop(&self, run: &RunId, call: Call) -> Result<(), CallError> {
        let now = self.world.there();
        let stop = |truth: &mut Truth| {
            let goes = matches!(truth.status.as_str(), "Running" | "Scheduled");
            if goes && !truth.sluggish {
                truth.end("Cancelled", &["Cancelled"], now);
            }
        };
        self.ask(run, call, stop).await
    }
}

#[async_trait]
impl Store for Port {
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.read(self.world.shelf.db().accounts()).await
    }
    async fn save_account(&self, account: Account) -> Result<(), StoreError> {
        // Others may come between.
        tokio::time::sleep(DISK).await;
        self.breathe().await;
        self.world.shelf.save_account(account)
    }
    async fn remove_account(&self, id: &AccountId, all: bool) -> Result<(), StoreError> {
        self.breathe().await;
        self.world.shelf.remove_account(id, all)
    }
    async fn settings(&self) -> Result<KeptSettings, StoreError> {
        self.read(self.world.shelf.db().settings()).await
    }
    async fn runs(&self) -> Result<Vec<Run>, StoreError> {
        self.read(self.world.shelf.db().runs()).await
    }
    async fn steps(&self, key: &RunKey) -> Result<Vec<Step>, StoreError> {
        self.read(self.world.shelf.db().steps(key)).await
    }
    async fn write(&self, write: Transaction) -> Result<Committed, StoreError> {
        let n = self.writes.fetch_add(1, Ordering::SeqCst);
        self.at(Kill::BeforeWrite(n)).await;
        // A disk takes its time, before and after: others may come between.
        tokio::time::sleep(DISK).await;
        self.breathe().await;
        let written = self.world.shelf.write(write);
        tokio::time::sleep(DISK + self.world.shelf.late_by()).await;
        self.at(Kill::AfterWrite(n)).await;
        written
    }
    async fn latest_attempt(&self, key: &RunKey) -> Result<u32, StoreError> {
        self.read(self.world.shelf.db().latest_attempt(key)).await
    }
    async fn ended_attempts(&self, key: &RunKey) -> Result<Vec<EndedAttempt>, StoreError> {
        self.read(self.world.shelf.db().ended_attempts(key)).await
    }
    async fn duration_samples(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        self.read(
            self.world
                .shelf
                .db()
                .duration_samples(account, process, most),
        )
        .await
    }
    async fn inbox(&self, most: u32) -> Result<Vec<InboxItem>, StoreError> {
        self.read(self.world.shelf.db().inbox(most)).await
    }
    async fn mark_read(&self, ids: Vec<i64>) -> Result<Vec<i64>, StoreError> {
        self.read(self.world.shelf.db().mark_read(ids)).await
    }
    async fn mark_read_of_run(&self, key: &RunKey) -> Result<Vec<i64>, StoreError> {
        self.read(self.world.shelf.db().mark_read_of_run(key)).await
    }
    async fn unshown(&self) -> Result<Vec<InboxItem>, StoreError> {
        self.read(self.world.shelf.db().unshown()).await
    }
    async fn mark_shown(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        self.breathe().await;
        self.world.shelf.mark_shown(ids)
    }
    async fn activity(&self, most: u32) -> Result<Vec<Action>, StoreError> {
        self.read(self.world.shelf.db().activity(most)).await
    }
    async fn unanswered(&self) -> Result<Vec<Action>, StoreError> {
        self.read(self.world.shelf.db().unanswered()).await
    }
    async fn samples_of_account(
        &self,
        account: &AccountId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        self.read(self.world.shelf.db().samples_of_account(account, most))
            .await
    }
    async fn plans(&self) -> Result<Vec<PlanDraft>, StoreError> {
        self.read(self.world.shelf.db().plans()).await
    }
    async fn closes(&self) -> Result<Vec<KeptClose>, StoreError> {
        self.read(self.world.shelf.db().closes()).await
    }
    async fn forecasts(&self) -> Result<Vec<(CloseId, PublishedForecast)>, StoreError> {
        self.read(self.world.shelf.db().forecasts()).await
    }
    async fn captured(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<CapturedAttempt>, StoreError> {
        self.read(self.world.shelf.db().captured(account, process, most))
            .await
    }
    async fn told_of_close(&self, close: &CloseId) -> Result<Vec<InboxItem>, StoreError> {
        self.read(self.world.shelf.db().told_of_close(close)).await
    }
    async fn actions_of_run(&self, key: &RunKey) -> Result<Vec<Action>, StoreError> {
        self.read(self.world.shelf.db().actions_of_run(key)).await
    }
}

#[async_trait]
impl Notifier for Port {
    async fn show(&self, note: NotificationText, opens: Option<ClickTarget>) -> Result<(), String> {
        self.at(Kill::BeforeShow).await;
        let answer = self.world.desk.show(note, opens);
        self.world.desk.answer().await;
        self.at(Kill::AfterShow).await;
        answer
    }
}
