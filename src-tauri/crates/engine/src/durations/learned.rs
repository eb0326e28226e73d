//! What the runs that ended here, and earlier ones, taught of how long the runs of a process take.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use runwatch_core::duration_model::DurationModel;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Store;
use runwatch_core::run::Run;

use crate::runs::process_key::{ProcessKey, process_of};
use crate::sync::lock;

/// A model is learned from the newest runs: processes change.
const NEWEST: usize = 30;

/// The durations of all processes that have a run in the list.
pub(crate) struct Durations {
    store: Arc<dyn Store>,
    learned: Mutex<HashMap<ProcessKey, Learned>>,
}

/// What was learned of one process.
#[derive(Debug, Clone, Default)]
struct Learned {
    /// Newest first.
    samples: Vec<DurationSample>,
    model: Option<Arc<DurationModel>>,
    /// Its earlier runs were read, or are being read.
    backfilled: bool,
}

impl Learned {
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

impl Durations {
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            learned: Mutex::default(),
        }
    }

    /// How long a run's process takes, where that says something of this attempt: a restarted run does
    /// only a part of the work.
    pub fn model(&self, run: &Run) -> Option<Arc<DurationModel>> {
        let process = process_of(run).filter(|_| run.attempt_number() <= 1)?;
        lock(&self.learned).get(&process)?.model.clone()
    }

    /// The durations that a process was learned from, newest first.
    pub fn samples(&self, process: &ProcessKey) -> Vec<DurationSample> {
        let learned = lock(&self.learned);
        learned
            .get(process)
            .map_or_else(Vec::new, |learned| learned.samples.clone())
    }

    /// Loads what earlier runs of a run's process taught.
    pub async fn load(&self, run: &Run) -> Result<(), StoreError> {
        let Some(process) = process_of(run) else {
            return Ok(());
        };
        if lock(&self.learned).contains_key(&process) {
            return Ok(());
        }
        let most = NEWEST as u32;
        let samples = self
            .store
            .duration_samples(&process.0, &process.1, most)
            .await?;
        lock(&self.learned)
            .entry(process)
            .or_default()
            .add(&samples);
        Ok(())
    }

    /// Takes in what was just learned.
    pub fn learn(&self, samples: &[DurationSample]) {
        for sample in samples {
            let process = (sample.key.account.clone(), sample.process.clone());
            lock(&self.learned)
                .entry(process)
                .or_default()
                .add(std::slice::from_ref(sample));
        }
    }

    /// Whether a process is to be learned from its earlier runs: true once, where fewer than `enough`
    /// are known.
    pub fn begin_backfill(&self, process: &ProcessKey, enough: usize) -> bool {
        let mut learned = lock(&self.learned);
        let learned = learned.entry(process.clone()).or_default();
        if learned.backfilled || learned.samples.len() >= enough {
            return false;
        }
        learned.backfilled = true;
        true
    }

    /// Its earlier runs could not be read: the next watch of the process tries again.
    pub fn backfill_failed(&self, process: &ProcessKey) {
        if let Some(learned) = lock(&self.learned).get_mut(process) {
            learned.backfilled = false;
        }
    }

    /// Forgets what was learned of an account's processes.
    pub fn forget_account(&self, account: &AccountId) {
        lock(&self.learned).retain(|(of, _), _| of != account);
    }
}
