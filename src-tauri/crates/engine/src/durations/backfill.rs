//! Reads earlier runs of a process once, when it is first watched, to learn how long they take.

use std::future::Future;
use std::sync::Arc;

use runwatch_core::close::kept::{CapturedAttempt, CloseWrite};
use runwatch_core::duration_sample::{self, DurationSample};
use runwatch_core::error::CallError;
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::observation::merge_listed;
use runwatch_core::ports::SolveXia;
use runwatch_core::server_dates::ServerDates;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::transaction::Transaction;
use tokio::time::Instant;

use crate::close::capture::captured_earlier;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::{ProcessKey, process_of};

/// Earlier runs that teach enough.
const ENOUGH: usize = 10;
/// Earlier runs that are looked at: the newest may be going, not started, or failed.
const MOST: usize = 30;
/// Requests that learning a process may cost, its list of runs among them. A run costs one for its
/// status and, if it may teach, one for its list of steps and one for each step.
const COST: usize = 300;

impl Engine {
    /// Learns from earlier runs when a process is first watched, beside everything else.
    pub(crate) fn backfill_durations(&self, key: &RunKey) {
        let tracked = self.runs.get(key).ok();
        let process = tracked.and_then(|tracked| tracked.read(|state| process_of(&state.run)));
        if let Some(process) = process {
            self.backfill_process(process);
        }
    }

    /// Learns from the earlier runs of a process, once.
    pub(crate) fn backfill_process(&self, process: ProcessKey) {
        if !self.durations.begin_backfill(&process, ENOUGH) {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            if let Err(error) = engine.read_earlier(&process).await {
                tracing::debug!(%error, "earlier runs could not be read");
                engine.durations.backfill_failed(&process);
            }
        });
    }

    async fn read_earlier(&self, place: &ProcessKey) -> Result<(), EngineError> {
        let (account, process) = place;
        let api = self.accounts.api(account)?;
        let runs = self.learn_from(account, api.process_runs(process).await)?;
        let known = self.durations.samples(place);
        let mut earlier = duration_sample::newest_first(runs.entries);
        // Runs of the list teach by themselves, when they end.
        let ours = self.runs.of_account(account);
        earlier.retain(|run| {
            let is_known = known.iter().any(|sample| sample.key.run == *run);
            !is_known && !ours.iter().any(|tracked| tracked.key.run == *run)
        });
        earlier.truncate(MOST);
        let (mut samples, mut captured) = (Vec::new(), Vec::new());
        let mut reader = Reader {
            engine: self,
            account,
            left: COST - 1,
        };
        for run in earlier {
            let enough = known.len() + samples.len() >= ENOUGH;
            // Learning gives way to watched runs, and to a host that asks to be left alone.
            if enough || !self.askable(account, Instant::now()) {
                break;
            }
            if let Some((sample, kept)) = reader.sample(&api, place, &run).await {
                samples.push(sample);
                captured.push(CloseWrite::CapturedEarlier(Box::new(kept)));
            }
        }
        // Its account may have been removed meanwhile.
        if samples.is_empty() || self.accounts.get(account).is_none() {
            return Ok(());
        }
        self.durations.learn(&samples);
        self.reschedule_all();
        let with = Transaction {
            samples,
            closes: captured,
            ..Transaction::default()
        };
        self.history.write(with).await?;
        self.closes.history_changed(place);
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
    /// What a run teaches, and what is kept of it; nothing where it could not be read to its end.
    async fn sample(
        &mut self,
        api: &Arc<dyn SolveXia>,
        place: &ProcessKey,
        run: &RunId,
    ) -> Option<(DurationSample, CapturedAttempt)> {
        let seen = self.ask(api.run_status(run)).await?;
        if seen.run != *run || !duration_sample::may_teach(&seen, &self.dates()) {
            return None;
        }
        let mut steps = merge_listed(self.ask(api.run_steps(run)).await?, &[]);
        // A cut list proves nothing, so the rest need not be read.
        if steps.is_cut {
            return None;
        }
        for step in steps.entries.iter_mut().filter(|step| step.counts()) {
            step.seen = Some(self.ask(api.step_status(run, &step.id)).await?);
        }
        let stamp = StatusStamp::of(&seen);
        self.engine
            .learn_zone_by_steps(self.account, &stamp, &steps.entries)
            .await;
        let (account, process) = place;
        let (sample, judgement) =
            duration_sample::of_earlier(account, process, &seen, &steps, &self.dates())?;
        let kept = captured_earlier(place, &seen, judgement, steps, self.engine.now());
        Some((sample, kept))
    }

    fn dates(&self) -> ServerDates {
        self.engine.server_dates(self.account)
    }

    async fn ask<T>(&mut self, call: impl Future<Output = Result<T, CallError>>) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        self.engine.learn_from(self.account, call.await).ok()
    }
}
