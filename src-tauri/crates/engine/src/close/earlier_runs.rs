//! What earlier runs of a process say, as the close board needs it: more of them than a forecast of one run.

use std::sync::Arc;

use runwatch_core::close::steps_before::EarlierSteps;
use runwatch_core::error::StoreError;

use crate::close::process_history::{CompleteRun, ProcessHistory};
use crate::engine::Engine;
use crate::runs::process_key::ProcessKey;

/// Two years of a process that runs each working day.
const MOST_SAMPLES: u32 = 600;
/// Ended attempts that are looked through.
pub(crate) const MOST_CAPTURED: u32 = 100;
/// Complete runs whose steps are compared with those of a run: two years of months.
const MOST_STEPS_OF: usize = 24;

impl Engine {
    /// What is kept of a process, read once until it changes.
    pub(crate) async fn process_history(
        &self,
        of: &ProcessKey,
    ) -> Result<Arc<ProcessHistory>, StoreError> {
        if let Some(known) = self.closes.history(of) {
            return Ok(known);
        }
        let (account, process) = of;
        let store = self.history.store();
        let samples = store.duration_samples(account, process, MOST_SAMPLES);
        let samples = samples.await?;
        let captured = store.captured(account, process, MOST_CAPTURED).await?;
        let complete = captured
            .iter()
            .filter(|kept| kept.outcome.is_success() && kept.attempt == 1);
        let earlier_steps = complete
            .take(MOST_STEPS_OF)
            .map(|kept| CompleteRun {
                run: kept.key.run.clone(),
                finished: kept.stamp.finished,
                steps: EarlierSteps::of(process, &kept.steps),
            })
            .collect();
        let history = Arc::new(ProcessHistory {
            samples,
            captured,
            earlier_steps,
        });
        self.closes.put_history(of.clone(), Arc::clone(&history));
        Ok(history)
    }
}
