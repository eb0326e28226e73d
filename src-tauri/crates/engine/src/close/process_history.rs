//! What earlier runs of a process say, as it is kept in memory.

use jiff::Timestamp;
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
    /// The newest complete runs.
    pub earlier_steps: Vec<CompleteRun>,
}

/// What a complete run shows.
#[derive(Debug)]
pub(crate) struct CompleteRun {
    pub run: RunId,
    /// When it ended, as SolveXia wrote it.
    pub finished: Option<Timestamp>,
    pub steps: EarlierSteps,
}
