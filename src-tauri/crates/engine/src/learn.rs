//! How long the runs of a process take, as the runs that ended here and earlier ones taught it.

use std::sync::Arc;

use runwatch_core::duration_model::DurationModel;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;
use runwatch_core::forecast::{Forecast, forecast, is_long, running_for};
use runwatch_core::ids::RunKey;
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::run::Run;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;

use crate::cell::Cell;
use crate::engine::{Engine, EngineError};
use crate::lock;

/// A habit is learned from the newest runs: processes change.
const NEWEST: usize = 30;

/// What is known of one process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Newest first.
    pub samples: Vec<DurationSample>,
    pub model: Option<Arc<DurationModel>>,
    /// Its earlier runs were read, or are being read.
    pub studied: bool,
}

impl Known {
    fn add(&mut self, new: &[DurationSample]) {
        self.samples
            .retain(|known| !new.iter().any(|sample| sample.key == known.key));
        self.samples.extend(new.iter().cloned());
        self.samples
            .sort_by_key(|sample| std::cmp::Reverse(sample.ended));
        self.samples.truncate(NEWEST);
        let seconds: Vec<f64> = self.samples.iter().map(|sample| sample.seconds).collect();
        self.model = DurationModel::learn(&seconds).map(Arc::new);
    }
}

impl Engine {
    /// How long its process takes, where that says something of this attempt: a restarted run does
    /// only a part of the work.
    pub(crate) fn model(&self, run: &Run) -> Option<Arc<DurationModel>> {
        let process = run
            .info
            .process
            .clone()
            .filter(|_| run.attempt_number() <= 1)?;
        let known = lock(&self.inner.known);
        known
            .get(&(run.key.account.clone(), process))?
            .model
            .clone()
    }

    /// What earlier runs say about a run of the table, by this computer's clock.
    ///
    /// # Errors
    /// [`EngineError::NoSuchRun`].
    pub fn forecast(&self, key: &RunKey) -> Result<Forecast, EngineError> {
        let ahead = self.clock_ahead(&key.account);
        let state = self.cell(key)?.state().by_this_clock(ahead);
        // What is gone does not go on.
        let model = self.model(&state.run).filter(|_| !state.gone);
        let place = state
            .run
            .info
            .process
            .clone()
            .map(|process| (key.account.clone(), process));
        let samples = place.and_then(|place| {
            let known = lock(&self.inner.known);
            let samples = known.get(&place)?.samples.iter().cloned();
            Some(
                samples
                    .map(|sample| sample.by_this_clock(ahead))
                    .collect::<Vec<_>>(),
            )
        });
        Ok(forecast(
            &state.run,
            &state.steps,
            model.as_deref(),
            &samples.unwrap_or_default(),
            self.now(),
        ))
    }

    /// Tells once an attempt that a watched run takes much longer than usual.
    pub(crate) async fn tell_if_long(&self, cell: &Cell) {
        let state = cell.state();
        let (run, now) = (state.run, self.now());
        let wanted = run.watched && lock(&self.inner.choices).long;
        if !wanted || state.long == Some(run.attempt_number()) {
            return;
        }
        let elapsed = running_for(&run, self.now_there(&run.key.account));
        let Some((model, elapsed)) = self.model(&run).zip(elapsed) else {
            return;
        };
        if !is_long(&model, elapsed) {
            return;
        }
        let note = words::notification::long(&run.info.name, elapsed, model.when_left(0.5));
        let notification = Notification {
            kind: NotificationKind::Long,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            mark: i64::from(run.attempt_number()),
            outcome: None,
            title: note.title,
            body: note.body,
            at: now,
            away: false,
        };
        let with = Transaction {
            tell: vec![notification.clone()],
            ..Transaction::default()
        };
        let written = self
            .save(cell, with, |state| state.long = Some(run.attempt_number()))
            .await;
        self.tell(written, vec![notification]);
    }

    /// Remembers what earlier runs of a run's process taught.
    pub(crate) async fn recall(&self, run: &Run) -> Result<(), StoreError> {
        let Some(process) = run.info.process.clone() else {
            return Ok(());
        };
        let place = (run.key.account.clone(), process);
        if lock(&self.inner.known).contains_key(&place) {
            return Ok(());
        }
        let store = &self.inner.ports.store;
        let samples = store
            .duration_samples(&place.0, &place.1, NEWEST as u32)
            .await?;
        lock(&self.inner.known)
            .entry(place)
            .or_default()
            .add(&samples);
        Ok(())
    }

    /// Takes in what was just learned.
    pub(crate) fn learned(&self, samples: &[DurationSample]) {
        for sample in samples {
            let place = (sample.key.account.clone(), sample.process.clone());
            let mut known = lock(&self.inner.known);
            known
                .entry(place)
                .or_default()
                .add(std::slice::from_ref(sample));
        }
    }
}
