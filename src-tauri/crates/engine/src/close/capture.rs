//! Attempts as they end, kept as evidence: SolveXia may delete old runs.

use jiff::Timestamp;
use runwatch_core::attempt::Phase;
use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::error::StoreError;
use runwatch_core::ids::ProcessId;
use runwatch_core::observation::{Listing, RunObservation, Step};
use runwatch_core::outcome::{Judgement, Outcome};
use runwatch_core::run::Run;
use runwatch_core::server_dates::ServerDates;
use runwatch_core::status_stamp::StatusStamp;

use crate::close::earlier_runs::MOST_CAPTURED;
use crate::engine::Engine;
use crate::runs::process_key::{ProcessKey, process_of};
use crate::runs::tracked_run::{TrackedRun, TrackedState};

impl Engine {
    /// What is kept of an attempt of the list that has just ended; nothing where no plan has its process.
    pub(crate) fn captured(
        &self,
        run: &Run,
        seconds: Option<f64>,
        judgement: &Judgement,
        steps: &[Step],
    ) -> Option<CapturedAttempt> {
        let of = process_of(run).filter(|of| self.closes.has_process(of))?;
        let kept = attempt_of(run, of.1, judgement.outcome, steps, self.now())?;
        Some(CapturedAttempt {
            because: judgement.because.clone(),
            seconds,
            ..kept
        })
    }

    /// Whether what is seen is the very end that was captured as this attempt.
    pub(crate) async fn is_captured(
        &self,
        tracked: &TrackedRun,
        attempt: u32,
        seen: &RunObservation,
    ) -> Result<bool, StoreError> {
        let stamp = StatusStamp::of(seen);
        let of = tracked.read(|state| process_of(&state.run));
        let has_dates = stamp.ended() && stamp.started.is_some();
        let Some((account, process)) = of.filter(|_| attempt > 0 && has_dates) else {
            return Ok(false);
        };
        let store = self.history.store();
        let captured = store.captured(&account, &process, MOST_CAPTURED).await?;
        let is_it = |kept: &CapturedAttempt| {
            kept.key == tracked.key && kept.attempt == attempt && kept.stamp == stamp
        };
        Ok(captured.iter().any(is_it))
    }
}

/// What is known of an attempt that ended while its process was in no plan; nothing where it has not ended.
pub(crate) fn captured_late(
    process: &ProcessId,
    state: &TrackedState,
    dates: &ServerDates,
    now: Timestamp,
) -> Option<CapturedAttempt> {
    let run = &state.run;
    let attempt = run.attempt.as_ref()?;
    let Phase::Ended { outcome, .. } = attempt.phase else {
        return None;
    };
    let judgement = run.judgement.as_ref();
    let because = judgement.map_or_else(
        || "What this rests on was not kept as it ended.".to_owned(),
        |judgement| judgement.because.clone(),
    );
    let seen = run.seen_at.unwrap_or(now);
    let kept = attempt_of(run, process.clone(), outcome, &state.steps_read(), seen)?;
    Some(CapturedAttempt {
        because,
        seconds: state.seconds(dates),
        ..kept
    })
}

/// The present attempt of a run of the list, as it is kept; nothing where it has none.
fn attempt_of(
    run: &Run,
    process: ProcessId,
    outcome: Outcome,
    steps: &[Step],
    captured: Timestamp,
) -> Option<CapturedAttempt> {
    Some(CapturedAttempt {
        key: run.key.clone(),
        process,
        attempt: run.attempt_number(),
        run_name: run.info.name.clone(),
        created: run.info.date_created,
        stamp: run.attempt.as_ref()?.stamp.clone(),
        outcome,
        because: String::new(),
        seconds: None,
        steps: steps.to_vec(),
        steps_are_cut: run.steps_are_cut,
        captured,
    })
}

/// What is kept of an earlier run that was read to learn from it.
pub(crate) fn captured_earlier(
    of: &ProcessKey,
    seen: &RunObservation,
    judgement: Judgement,
    steps: Listing<Step>,
    now: Timestamp,
) -> CapturedAttempt {
    let (account, process) = of;
    CapturedAttempt {
        key: runwatch_core::ids::RunKey {
            account: account.clone(),
            run: seen.run.clone(),
        },
        process: process.clone(),
        attempt: 1,
        run_name: seen.run.to_string(),
        created: None,
        stamp: StatusStamp::of(seen),
        outcome: judgement.outcome,
        because: judgement.because,
        seconds: seen.duration_seconds,
        steps: steps.entries,
        steps_are_cut: steps.is_cut,
        captured: now,
    }
}
