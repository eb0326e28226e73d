//! Takes in what a read of the status brought, a failure too: the one place where it changes a run.

use jiff::Timestamp;
use runwatch_core::attempt::{AttemptChange, Phase, observe};
use runwatch_core::close::kept::CloseWrite;
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::notification::Notification;
use runwatch_core::observation::RunObservation;
use runwatch_core::outage::Visibility;
use runwatch_core::outcome::Judgement;
use runwatch_core::status::RunStatus;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;

use crate::engine::Engine;
use crate::polling::conclude::ended_attempt;
use crate::runs::process_key::process_of;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

/// What a status changed, for those who react to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct AppliedStatus {
    pub change: AttemptChange,
    /// It shows an end that was not known before.
    pub has_ended: bool,
}

/// What a failed read changed, for those who react to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct AppliedFailure {
    /// SolveXia turned out not to know the run any more.
    pub found_gone: Option<FoundGone>,
}

/// A run that SolveXia does not know any more, as it stood then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FoundGone {
    /// It had ended, and how was being read.
    Pending,
    /// Its end was awaited.
    Awaited,
    /// Nobody waits for anything of it.
    Unawaited,
}

impl FoundGone {
    fn of(state: &TrackedState) -> Self {
        match state.awaited() {
            _ if state.pending() => Self::Pending,
            true => Self::Awaited,
            false => Self::Unawaited,
        }
    }
}

impl Engine {
    /// Moves the run's attempt on, and writes down what changed.
    pub(super) async fn apply_status(
        &self,
        tracked: &TrackedRun,
        seen: &RunObservation,
        asked: Timestamp,
    ) -> Result<AppliedStatus, StoreError> {
        let first = self.first_attempt(tracked, seen).await?;
        let now = self.now();
        let before = tracked.state();
        self.learn_zone(&before, seen).await;
        let dates = self.server_dates(&tracked.key.account);
        let (mut attempt, change) = observe(before.run.attempt.as_ref(), seen, now, &dates);
        attempt.number = attempt.number.max(first);
        let began = matches!(change, AttemptChange::NewAttempt { .. });
        let ended = matches!(attempt.phase, Phase::Pending { silent: false, .. });
        let was_proving = matches!(before.phase(), Some(Phase::Proving { .. }));
        let has_ended = ended && change != AttemptChange::None;
        let (with, end) = match change {
            AttemptChange::NewAttempt { end_missed: true } => self.overtaken(&before),
            _ => (Transaction::default(), None),
        };
        let moved = before.run.attempt.as_ref() != Some(&attempt)
            // The duration of a run that goes changes with each read, and need not be written.
            || (attempt.stamp.ended() && before.run.duration_seconds != seen.duration_seconds)
            || before.problem.is_some();
        let apply = |state: &mut TrackedState| {
            state.run.attempt = Some(attempt);
            state.run.duration_seconds = seen.duration_seconds;
            state.run.seen_at = Some(now);
            state.note_shown(seen, now);
            state.asked = Some(asked);
            state.problem = None;
            state.failures = 0;
            state.visibility = Visibility::Readable;
            state.gone = false;
            let running = seen.status == RunStatus::Running;
            if began || was_proving {
                (state.seen_running, state.seen_ended) = (None, None);
            }
            state.seen_running = state.seen_running.or(running.then_some(now));
            state.seen_ended = state.seen_ended.or(has_ended.then_some(now));
            if began {
                state.run.judgement = None;
                state.run.archived = false;
                state.unverified_at = None;
            }
        };
        let is_captured = !with.closes.is_empty();
        if moved {
            // `History` reports the failure (`Event::Store`); what was seen stands.
            let _ = self.save_end(tracked, with, end, apply).await;
            if let Some(of) = process_of(&before.run).filter(|_| is_captured) {
                self.closes.history_changed(&of);
            }
        } else {
            tracked.update(apply);
            self.runs.changed(&tracked.key);
        }
        Ok(AppliedStatus { change, has_ended })
    }

    /// Takes in that the status could not be read. What is known of the run stays as it was.
    pub(super) fn apply_failure(&self, tracked: &TrackedRun, error: &CallError) -> AppliedFailure {
        let missing = |error: &CallError| error.trouble == Trouble::NotFound;
        let applied = tracked.update(|state| {
            // A single 404 may be SolveXia’s mistake; a second in a row is believed.
            let again = state.problem.as_ref().is_some_and(missing) && missing(error);
            let found_gone = (again && !state.gone).then(|| FoundGone::of(state));
            state.problem = Some(error.clone());
            state.failures += 1;
            state.visibility = Visibility::Unreadable;
            state.gone |= again;
            AppliedFailure { found_gone }
        });
        self.runs.changed(&tracked.key);
        applied
    }

    /// A run that was taken off the list and added again goes on counting: each attempt is told
    /// once and has its own row in the history, where those of the earlier ones still are.
    async fn first_attempt(
        &self,
        tracked: &TrackedRun,
        seen: &RunObservation,
    ) -> Result<u32, StoreError> {
        if tracked.read(|state| state.run.attempt.is_some()) {
            return Ok(1);
        }
        let latest = self.history.store().latest_attempt(&tracked.key).await?;
        match self.is_captured(tracked, latest, seen).await? {
            true => Ok(latest),
            false => Ok(latest.saturating_add(1)),
        }
    }

    /// The attempt before ended, and the next one began before anybody could read how: what is written of that, and how
    /// it is told.
    fn overtaken(&self, before: &TrackedState) -> (Transaction, Option<Notification>) {
        let run = &before.run;
        let judgement = Judgement::unverified(words::outcomes::overtaken());
        // While it went, SolveXia's figure was no duration yet.
        let seconds = run.attempt.as_ref().filter(|attempt| attempt.stamp.ended());
        let dates = self.server_dates(&run.key.account);
        let seconds = seconds.and_then(|_| before.seconds(&dates));
        let notification = self.end_notification(run, &judgement, seconds, before.away);
        let captured = self.captured(run, seconds, &judgement, &before.steps_read());
        let captured = captured.map(|kept| CloseWrite::Captured(Box::new(kept)));
        let with = Transaction {
            closes: captured.into_iter().collect(),
            ended_attempt: Some(ended_attempt(run, seconds, judgement.outcome, self.now())),
            ..Transaction::default()
        };
        (with, Some(notification))
    }
}
