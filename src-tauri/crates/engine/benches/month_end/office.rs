//! A finance team's runs, a SolveXia that runs them, and the engine that watches.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::attempt::observe;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::environment::Environment;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::notification::{InboxItem, Notification, NotificationKind};
use runwatch_core::observation::RunObservation;
use runwatch_core::run::Run;
use runwatch_core::status::RunStatus;
use runwatch_engine::{Engine, Ports};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Answer;
use super::window::Window;

/// One run, and the earlier ones of its process.
pub struct Job {
    /// How long it takes.
    pub seconds: f64,
    /// How long those took.
    pub earlier: Vec<f64>,
}

/// What became of a run. Delays count from its end in SolveXia.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Reads of its status that the schedule made, the one that showed the end included.
    pub reads: usize,
    /// Seconds to that read.
    pub read: Option<f64>,
    /// Seconds to its notification.
    pub shown: Option<f64>,
}

/// All of it.
pub struct Office {
    start: Instant,
    jobs: Mutex<HashMap<RunId, (Job, Seen)>>,
    /// What is remembered of them: a store of its own, as a paused clock waits for no disk.
    pub remembered: Vec<(Run, Vec<DurationSample>)>,
    told: Mutex<Vec<Notification>>,
}

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
        method: SignInMethod::Client,
        client_id: "client".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    })
}

impl Office {
    /// Opens it, with everything watched between these limits.
    pub async fn open(jobs: Vec<Job>, limits: PollLimits) -> Answer<Running> {
        let mut office = Self {
            start: Instant::now(),
            jobs: Mutex::default(),
            remembered: Vec::new(),
            told: Mutex::default(),
        };
        for (job, n) in jobs.into_iter().zip(1..) {
            let id = RunId::parse(&format!("pr-{n}"))?;
            let remembered = office.remember(&id, n, &job)?;
            office.remembered.push(remembered);
            office.with(|jobs| jobs.insert(id, (job, Seen::default())));
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
        engine.set_poll_limits(limits).await?;
        engine.set_session(account()?, Some(window));
        tokio::spawn(engine.clone().dispatch_notifications(outbox));
        Ok(Running { office, engine })
    }

    /// A run as it was watched a moment ago, and what its process taught.
    fn remember(&self, id: &RunId, n: usize, job: &Job) -> Answer<(Run, Vec<DurationSample>)> {
        let key = RunKey {
            account: AccountId("a".into()),
            run: id.clone(),
        };
        let process = ProcessId::parse(&format!("p-{n}"))?;
        let sample = |(i, seconds): (usize, &f64)| {
            Ok(DurationSample {
                key: RunKey {
                    run: RunId::parse(&format!("pr-{}", 1_000_000 * (i + 1) + n))?,
                    ..key.clone()
                },
                process: process.clone(),
                ended: self.now(),
                seconds: *seconds,
            })
        };
        let samples: Answer<Vec<DurationSample>> =
            job.earlier.iter().enumerate().map(sample).collect();
        let mut run = Run::new(key.clone());
        run.info.process = Some(process.clone());
        run.watched = true;
        run.attempt = Some(
            observe(
                None,
                &self.status(id, job),
                self.now(),
                &runwatch_core::server_dates::ServerDates::default(),
            )
            .0,
        );
        Ok((run, samples?))
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<RunId, (Job, Seen)>) -> T) -> T {
        work(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The time of day.
    pub fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.start.elapsed()).unwrap_or_default();
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + elapsed
    }

    fn status(&self, run: &RunId, job: &Job) -> RunObservation {
        let begun = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
        let over = self.start.elapsed().as_secs_f64() >= job.seconds;
        let status = if over {
            RunStatus::Finished
        } else {
            RunStatus::Running
        };
        let ended = begun + SignedDuration::from_secs_f64(job.seconds);
        RunObservation {
            run: run.clone(),
            started: Some(begun),
            finished: (status == RunStatus::Finished).then_some(ended),
            status,
            duration_seconds: None,
        }
    }

    /// SolveXia is asked how a run is.
    pub fn ask(&self, run: &RunId) -> Option<RunObservation> {
        let elapsed = self.start.elapsed().as_secs_f64();
        self.with(|jobs| {
            let (job, seen) = jobs.get_mut(run)?;
            let status = self.status(run, job);
            // The read that every start of the app makes is not the schedule's; nor is what follows
            // the end.
            if elapsed > 2.0 && seen.read.is_none() {
                seen.reads += 1;
                let over = status.status == RunStatus::Finished;
                seen.read = over.then_some(elapsed - job.seconds);
            }
            Some(status)
        })
    }

    /// The Inbox takes these in.
    pub fn tell(&self, tell: Vec<Notification>) -> Vec<InboxItem> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let number = |notification: Notification| {
            told.push(notification.clone());
            let id = told.len() as i64;
            InboxItem {
                id,
                notification,
                read: false,
            }
        };
        tell.into_iter().map(number).collect()
    }

    /// These were shown just now.
    pub fn shown(&self, ids: &[i64]) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed = self.start.elapsed().as_secs_f64();
        for id in ids {
            let notification = usize::try_from(*id - 1).ok().and_then(|at| told.get(at));
            let end =
                notification.filter(|notification| notification.kind == NotificationKind::Ended);
            let Some(run) = end.and_then(|notification| notification.run.clone()) else {
                continue;
            };
            self.with(|jobs| {
                if let Some((job, seen)) = jobs.get_mut(&run) {
                    seen.shown = Some(elapsed - job.seconds);
                }
            });
        }
    }
}

impl Running {
    /// Lets time pass until all ends were shown, and says what became of each run.
    pub async fn run(&self) -> Vec<Seen> {
        let stop = CancellationToken::new();
        let watching = tokio::spawn(self.engine.clone().watch(stop.clone()));
        let goes = |(_, seen): &(Job, Seen)| seen.shown.is_none();
        while self.office.with(|jobs| jobs.values().any(goes)) {
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
        stop.cancel();
        let _ = watching.await;
        self.office
            .with(|jobs| jobs.values().map(|(_, seen)| *seen).collect())
    }
}
