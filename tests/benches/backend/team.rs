//! A finance team's runs: in the simulated SolveXia, and in the history of the app that watches them.

use std::path::Path;

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::rngs::StdRng;
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::environment::Environment;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::ports::Store;
use runwatch_core::run::Run;
use runwatch_core::transaction::Transaction;
use runwatch_store::Db;
use runwatch_tests::scene::{CLIENT_ID, CLIENT_SECRET};
use runwatch_tests::simulator::{simulate, wait};
use solvexia_sim::{Client, RunSeed, RunStatus, SimHandle, SimOptions, StepSeed};

/// Steps of each run.
const STEPS: u32 = 4;

/// One watched run, of a process of its own.
pub struct Job {
    /// Its number.
    pub n: usize,
    /// How long it has been running, and how long it goes on; none before it is started.
    pub running: Option<(f64, f64)>,
    /// How long the earlier runs of its process took.
    pub earlier: Vec<f64>,
}

impl Job {
    /// Its id.
    pub fn id(&self) -> String {
        format!("pr-{}", self.n)
    }

    /// Its name: in no other one's.
    pub fn name(&self) -> String {
        format!("Reconciliation {:05}", self.n)
    }
}

/// A duration of this mean and coefficient of variation.
pub fn lognormal(random: &mut StdRng, mean: f64, variation: f64) -> f64 {
    let spread = (1.0 + variation * variation).ln().sqrt();
    let (a, b): (f64, f64) = (random.random_range(f64::EPSILON..1.0), random.random());
    let normal = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
    (mean.ln() - spread * spread / 2.0 + spread * normal).exp()
}

/// A simulated SolveXia with nothing in it yet.
pub fn solvexia() -> Result<SimHandle> {
    simulate(SimOptions {
        clients: vec![Client::new(CLIENT_ID, CLIENT_SECRET)],
        ..SimOptions::empty()
    })
}

/// Puts the runs into the simulated SolveXia as they are now.
pub fn seed<'a>(sim: &SimHandle, jobs: impl IntoIterator<Item = &'a Job>) {
    for job in jobs {
        let left = job.running.map_or(60.0, |(_, left)| left);
        let step = |n| {
            let id = format!("ds-{}{n}", job.n);
            StepSeed::new(&format!("1.{n}"), "Match", left / f64::from(STEPS)).id(&id)
        };
        let began = |(age, _)| Timestamp::now() - SignedDuration::from_secs_f64(age);
        sim.seed_run(RunSeed {
            name: Some(job.name()),
            status: job.running.map(|_| RunStatus::Running),
            date_started: job.running.map(began),
            ..RunSeed::new(&job.id(), (1..=STEPS).map(step).collect())
        });
    }
}

/// An account of the simulated SolveXia.
fn account(origin: &str) -> Result<Account> {
    Ok(Account {
        id: AccountId("team".into()),
        label: "Close team".into(),
        colour: Colour::Blue,
        environment: Environment::parse(origin)?,
        method: SignInMethod::Client,
        client_id: CLIENT_ID.into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    })
}

/// Makes a history of an account that watches all of them.
pub fn remember<'a>(
    history: &Path,
    origin: &str,
    jobs: impl IntoIterator<Item = &'a Job>,
) -> Result<()> {
    wait(async {
        let store = Db::open(history)?;
        let account = account(origin)?;
        store.save_account(account.clone()).await?;
        watch(&store, &account.id, jobs).await
    })
}

/// Writes the runs down as watched, with what their processes taught.
pub async fn watch<'a>(
    store: &Db,
    account: &AccountId,
    jobs: impl IntoIterator<Item = &'a Job>,
) -> Result<()> {
    let mut samples = Vec::new();
    for job in jobs {
        let key = |run: String| -> Result<RunKey> {
            Ok(RunKey {
                account: account.clone(),
                run: RunId::parse(&run)?,
            })
        };
        let process = ProcessId::parse(&format!("p-{}", job.n))?;
        for (seconds, earlier) in job.earlier.iter().zip(1..) {
            samples.push(DurationSample {
                key: key(format!("pr-{}000{earlier}", job.n))?,
                process: process.clone(),
                ended: Timestamp::now(),
                seconds: *seconds,
            });
        }
        let mut run = Run::new(key(job.id())?);
        run.info.name = job.name();
        run.info.process = Some(process);
        run.watched = true;
        let run = Some(run);
        store
            .write(Transaction {
                run,
                ..Transaction::default()
            })
            .await?;
    }
    store
        .write(Transaction {
            samples,
            ..Transaction::default()
        })
        .await?;
    Ok(())
}
