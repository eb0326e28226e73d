//! A finance team's runs, a SolveXia that runs them, and the engine that watches.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use runwatch_core::account::{Account, Colour, Method};
use runwatch_core::action::Action;
use runwatch_core::attempt::observe;
use runwatch_core::environment::Environment;
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use runwatch_core::lesson::Lesson;
use runwatch_core::observation::{
    ListedStep, NamedRun, ProcessInfo, RunInfo, RunObservation, Step, StepObservation,
};
use runwatch_core::ports::{Clock, Notifier, SolveXia, Store};
use runwatch_core::status::{RunStatus, StepStatus};
use runwatch_core::story::{Run, Told, Write, Written};
use runwatch_core::words::Note;
use runwatch_engine::{Engine, Ports};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Answer;

/// How long SolveXia takes to answer.
const ANSWER: Duration = Duration::from_millis(20);

/// One run, and the earlier ones of its process.
pub struct Job {
    /// How long it takes.
    pub seconds: f64,
    /// How long those took.
    pub earlier: Vec<f64>,
    /// It has just begun; else it waits to be started.
    pub running: bool,
}

struct Seen {
    job: Job,
    reads: usize,
    delay: Option<f64>,
}

/// All of it.
pub struct Office {
    start: Instant,
    jobs: Mutex<HashMap<RunId, Seen>>,
    /// What is remembered of them: a store of its own, as a paused clock waits for no disk.
    remembered: Vec<(Run, Vec<Lesson>)>,
}

/// What the engine is given of it.
struct Window(Arc<Office>);

/// The office with its engine.
pub struct Running {
    office: Arc<Office>,
    engine: Engine,
}

fn account() -> Answer<Account> {
    Ok(Account {
        id: AccountId("a".into()),
        label: "Close team".into(),
        colour: Colour::Blue,
        environment: Environment::parse("app")?,
        method: Method::Client,
        client_id: "client".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
    })
}

impl Office {
    /// Opens it, with everything watched.
    pub async fn open(jobs: Vec<Job>) -> Answer<Running> {
        let mut office = Self {
            start: Instant::now(),
            jobs: Mutex::default(),
            remembered: Vec::new(),
        };
        for (job, n) in jobs.into_iter().zip(1..) {
            let id = RunId::parse(&format!("pr-{n}"))?;
            let remembered = office.remember(&id, n, &job)?;
            office.remembered.push(remembered);
            let seen = Seen {
                job,
                reads: 0,
                delay: None,
            };
            office.with(|jobs| jobs.insert(id, seen));
        }
        let office = Arc::new(office);
        let window = Arc::new(Window(Arc::clone(&office)));
        let ports = Ports {
            store: window.clone(),
            notifier: window.clone(),
            clock: window.clone(),
            os_user: String::new(),
        };
        let (engine, outbox) = Engine::load(ports).await?;
        engine.set_session(account()?, Some(window));
        tokio::spawn(engine.clone().tell_all(outbox));
        Ok(Running { office, engine })
    }

    /// A run as it was watched a moment ago, and what its process taught.
    fn remember(&self, id: &RunId, n: usize, job: &Job) -> Answer<(Run, Vec<Lesson>)> {
        let key = RunKey {
            account: AccountId("a".into()),
            run: id.clone(),
        };
        let process = ProcessId::parse(&format!("p-{n}"))?;
        let lesson = |(i, seconds): (usize, &f64)| {
            Ok(Lesson {
                key: RunKey {
                    run: RunId::parse(&format!("pr-{}", 1_000_000 * (i + 1) + n))?,
                    ..key.clone()
                },
                process: process.clone(),
                ended: self.now(),
                seconds: *seconds,
            })
        };
        let lessons: Answer<Vec<Lesson>> = job.earlier.iter().enumerate().map(lesson).collect();
        let mut run = Run::new(key.clone());
        run.info.process = Some(process.clone());
        run.watched = true;
        run.course = Some(observe(None, &self.status(id, job), self.now()).0);
        Ok((run, lessons?))
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<RunId, Seen>) -> T) -> T {
        work(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.start.elapsed()).unwrap_or_default();
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + elapsed
    }

    fn status(&self, run: &RunId, job: &Job) -> RunObservation {
        let begun = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
        let over = self.start.elapsed().as_secs_f64() >= job.seconds;
        let status = match (job.running, over) {
            (false, _) => RunStatus::NotStarted,
            (true, false) => RunStatus::Running,
            (true, true) => RunStatus::Finished,
        };
        let ended = begun + SignedDuration::from_secs_f64(job.seconds);
        RunObservation {
            run: run.clone(),
            started: job.running.then_some(begun),
            finished: (status == RunStatus::Finished).then_some(ended),
            status,
            duration_seconds: None,
        }
    }
}

impl Running {
    /// Lets time pass, until all have ended.
    pub async fn run(&self, seconds: u64) {
        let stop = CancellationToken::new();
        let watching = tokio::spawn(self.engine.clone().watch(stop.clone()));
        let end = Instant::now() + Duration::from_secs(seconds);
        let goes = |seen: &Seen| seen.delay.is_none();
        while Instant::now() < end && self.office.with(|jobs| jobs.values().any(goes)) {
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
        stop.cancel();
        let _ = watching.await;
    }

    /// Delay and requests of each job whose end was seen.
    pub fn seen(&self) -> Vec<(f64, f64)> {
        let of = |seen: &Seen| Some((seen.delay?, seen.reads as f64));
        self.office
            .with(|jobs| jobs.values().filter_map(of).collect())
    }

    /// All reads.
    pub fn requests(&self) -> usize {
        self.office
            .with(|jobs| jobs.values().map(|seen| seen.reads).sum())
    }
}

impl Clock for Window {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

#[async_trait]
impl Notifier for Window {
    async fn show(&self, _: Note, _: Option<RunKey>) -> Result<(), String> {
        Ok(())
    }
}

#[async_trait]
impl Store for Window {
    async fn runs(&self) -> Result<Vec<Run>, StoreError> {
        let runs = self.0.remembered.iter().map(|(run, _)| run.clone());
        Ok(runs.collect())
    }
    async fn lessons(
        &self,
        _: &AccountId,
        process: &ProcessId,
        _: u32,
    ) -> Result<Vec<Lesson>, StoreError> {
        let mut all = self.0.remembered.iter();
        let found = all.find(|(run, _)| run.info.process.as_ref() == Some(process));
        Ok(found
            .map(|(_, lessons)| lessons.clone())
            .unwrap_or_default())
    }
    async fn write(&self, _: Write) -> Result<Written, StoreError> {
        Ok(Written::default())
    }
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(Vec::new())
    }
    async fn save_account(&self, _: Account) -> Result<(), StoreError> {
        Ok(())
    }
    async fn remove_account(&self, _: &AccountId, _: bool) -> Result<(), StoreError> {
        Ok(())
    }
    async fn setting(&self, _: &'static str) -> Result<Option<String>, StoreError> {
        Ok(None)
    }
    async fn save_setting(&self, _: &'static str, _: String) -> Result<(), StoreError> {
        Ok(())
    }
    async fn steps(&self, _: &RunKey) -> Result<Vec<Step>, StoreError> {
        Ok(Vec::new())
    }
    async fn latest_attempt(&self, _: &RunKey) -> Result<u32, StoreError> {
        Ok(0)
    }
    async fn inbox(&self, _: u32) -> Result<Vec<Told>, StoreError> {
        Ok(Vec::new())
    }
    async fn mark_read(&self, _: Vec<i64>) -> Result<(), StoreError> {
        Ok(())
    }
    async fn unshown(&self) -> Result<Vec<Told>, StoreError> {
        Ok(Vec::new())
    }
    async fn mark_shown(&self, _: Vec<i64>) -> Result<(), StoreError> {
        Ok(())
    }
    async fn activity(&self, _: u32) -> Result<Vec<Action>, StoreError> {
        Ok(Vec::new())
    }
    async fn unanswered(&self) -> Result<Vec<Action>, StoreError> {
        Ok(Vec::new())
    }
}

fn not_here<T>() -> Result<T, CallError> {
    Err(CallError::unsent(
        Trouble::NotFound,
        "Nobody asks this here.",
    ))
}

#[async_trait]
impl SolveXia for Window {
    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        tokio::time::sleep(ANSWER).await;
        let elapsed = self.0.start.elapsed().as_secs_f64();
        self.0.with(|jobs| {
            let Some(seen) = jobs.get_mut(run) else {
                return not_here();
            };
            let status = self.0.status(run, &seen.job);
            // The read that every start of the app makes is not the schedule's; nor is what follows
            // the end.
            if elapsed > 2.0 && seen.delay.is_none() {
                seen.reads += 1;
                let over = status.status == RunStatus::Finished;
                seen.delay = over.then_some(elapsed - seen.job.seconds);
            }
            Ok(status)
        })
    }
    async fn run_steps(&self, _: &RunId) -> Result<Vec<ListedStep>, CallError> {
        tokio::time::sleep(ANSWER).await;
        let id = StepId::parse("ds-1").or_else(|_| not_here())?;
        Ok(vec![ListedStep {
            id,
            name: String::new(),
            order: None,
            enabled: true,
        }])
    }
    async fn step_status(&self, _: &RunId, _: &StepId) -> Result<StepObservation, CallError> {
        tokio::time::sleep(ANSWER).await;
        Ok(StepObservation {
            status: StepStatus::Success,
            started: None,
            finished: None,
            duration_seconds: None,
            message: String::new(),
        })
    }
    async fn run(&self, _: &RunId) -> Result<RunInfo, CallError> {
        not_here()
    }
    async fn start(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn start_deprecated(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn cancel(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn cancel_deprecated(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn restart_from(&self, _: &RunId, _: &StepId) -> Result<(), CallError> {
        not_here()
    }
    async fn processes(&self, _: &str) -> Result<Vec<ProcessInfo>, CallError> {
        not_here()
    }
    async fn process(&self, _: &ProcessId) -> Result<ProcessInfo, CallError> {
        not_here()
    }
    async fn process_runs(&self, _: &ProcessId) -> Result<Vec<NamedRun>, CallError> {
        not_here()
    }
    async fn process_steps(&self, _: &ProcessId) -> Result<Vec<ListedStep>, CallError> {
        not_here()
    }
    async fn create_run(&self, _: &ProcessId, _: &str) -> Result<NamedRun, CallError> {
        not_here()
    }
    async fn sign_in(&self) -> Result<(), CallError> {
        Ok(())
    }
    fn scopes(&self) -> Option<Vec<String>> {
        None
    }
    fn clock_ahead(&self) -> Option<SignedDuration> {
        None
    }
}
