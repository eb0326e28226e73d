//! Learning once how long the runs of a process take, from those that ended before it was first
//! watched.

use std::future::Future;
use std::sync::Arc;

use runwatch_core::duration_sample::{self, DurationSample};
use runwatch_core::error::CallError;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::ports::SolveXia;
use runwatch_core::transaction::Transaction;
use tokio::time::Instant;

use crate::engine::{Engine, EngineError};
use crate::lock;
use crate::steps::merge;

/// Earlier runs that teach enough.
const ENOUGH: usize = 10;
/// Earlier runs that are looked at: the newest may be going, not started, or failed.
const MOST: usize = 30;
/// Requests that learning a process may cost, its list of runs among them. A run costs one for its
/// status and, if it may teach, one for its list of steps and one for each step.
const COST: usize = 300;

impl Engine {
    /// Learns from earlier runs when a process is first watched, beside everything else.
    pub(crate) fn study(&self, key: &RunKey) {
        let process = self
            .cell(key)
            .ok()
            .and_then(|cell| cell.peek(|state| state.run.info.process.clone()));
        let Some(process) = process else {
            return;
        };
        let place = (key.account.clone(), process);
        {
            let mut known = lock(&self.inner.known);
            let known = known.entry(place.clone()).or_default();
            if known.studied || known.samples.len() >= ENOUGH {
                return;
            }
            known.studied = true;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            let (account, process) = &place;
            if let Err(error) = engine.read_earlier(account, process).await {
                tracing::debug!(%error, "earlier runs could not be read");
                // The next watch of the process tries again.
                if let Some(known) = lock(&engine.inner.known).get_mut(&place) {
                    known.studied = false;
                }
            }
        });
    }

    async fn read_earlier(
        &self,
        account: &AccountId,
        process: &ProcessId,
    ) -> Result<(), EngineError> {
        let api = self.api(account)?;
        let runs = self.asked(account, api.process_runs(process).await)?;
        let place = (account.clone(), process.clone());
        let taught = lock(&self.inner.known)
            .get(&place)
            .map_or_else(Vec::new, |known| known.samples.clone());
        let mut earlier = duration_sample::newest_first(runs);
        // Runs of the table teach by themselves, when they end.
        let ours = self.cells_of(account);
        earlier.retain(|run| {
            let known = taught.iter().any(|sample| sample.key.run == *run);
            !known && !ours.iter().any(|cell| cell.key.run == *run)
        });
        earlier.truncate(MOST);
        let mut samples = Vec::new();
        let mut reader = Reader {
            engine: self,
            account,
            left: COST - 1,
        };
        for run in earlier {
            let enough = taught.len() + samples.len() >= ENOUGH;
            // What is watched comes first; where the host wants to be left alone, this can wait.
            if enough || !self.askable(account, Instant::now()) {
                break;
            }
            samples.extend(reader.sample(&api, process, &run).await);
        }
        // Its account may have been removed meanwhile.
        if samples.is_empty() || self.session(account).is_none() {
            return Ok(());
        }
        self.learned(&samples);
        self.reschedule_all();
        let with = Transaction {
            samples,
            ..Transaction::default()
        };
        self.write(with).await?;
        Ok(())
    }
}

/// Reads earlier runs, one request after the other, until they have cost enough.
struct Reader<'a> {
    engine: &'a Engine,
    account: &'a AccountId,
    /// Requests that may still be made.
    left: usize,
}

impl Reader<'_> {
    /// What a run teaches; nothing where it could not be read to its end.
    async fn sample(
        &mut self,
        api: &Arc<dyn SolveXia>,
        process: &ProcessId,
        run: &RunId,
    ) -> Option<DurationSample> {
        let seen = self.ask(api.run_status(run)).await?;
        if seen.run != *run || !duration_sample::may_teach(&seen) {
            return None;
        }
        let mut steps = merge(self.ask(api.run_steps(run)).await?, &[]);
        for step in steps.iter_mut().filter(|step| step.counts()) {
            step.seen = Some(self.ask(api.step_status(run, &step.id)).await?);
        }
        duration_sample::of_earlier(self.account, process, &seen, &steps)
    }

    async fn ask<T>(&mut self, call: impl Future<Output = Result<T, CallError>>) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        self.engine.asked(self.account, call.await).ok()
    }
}
