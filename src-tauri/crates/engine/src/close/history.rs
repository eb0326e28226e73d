//! What earlier runs of a process say, as the close board needs it: more of them than a forecast of one run.

use std::sync::Arc;

use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;

use crate::durations::learned::ProcessKey;
use crate::engine::Engine;

/// Two years of a process that runs each working day.
const MOST_SAMPLES: u32 = 600;
/// Ended attempts that are looked at for their steps.
const MOST_CAPTURED: u32 = 100;

/// What earlier runs of a process say. Dates are SolveXia's, as they came.
#[derive(Debug, Default)]
pub(crate) struct ProcessHistory {
    pub samples: Vec<DurationSample>,
    /// Newest first.
    pub captured: Vec<CapturedAttempt>,
}

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
        let history = Arc::new(ProcessHistory {
            samples: store
                .duration_samples(account, process, MOST_SAMPLES)
                .await?,
            captured: store.captured(account, process, MOST_CAPTURED).await?,
        });
        self.closes.put_history(of.clone(), Arc::clone(&history));
        Ok(history)
    }
}
