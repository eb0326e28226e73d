//! What earlier runs of a process say, as it is kept in memory.

use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::close::steps_before::EarlierSteps;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::RunId;

/// What earlier runs of a process say. Dates are SolveXia's, as they came.
#[derive(Debug, Default)]
pub(crate) struct ProcessHistory {
    pub samples: Vec<DurationSample>,
    /// Newest first.
    pub captured: Vec<CapturedAttempt>,
    /// The steps of the newest complete runs.
    pub earlier_steps: Vec<(RunId, EarlierSteps)>,
}
