//! How an attempt ended, written down and told in one go.

use runwatch_core::attempt::Phase;
use runwatch_core::close::kept::CloseWrite;
use runwatch_core::duration_sample::{self, DurationSample};
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::outcome::{Judgement, Outcome};
use runwatch_core::run::{EndedAttempt, Run};
use runwatch_core::steps_read::starts_at_end;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

/// Which end is concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The present attempt's.
    Seen,
    /// That of an attempt that was started here and never showed.
    Unseen,
    /// An end that was told, judged again.
    Corrected,
}

impl Engine {
    /// Writes outcome, history and what is to be told in one transaction (docs/RULES.md, 13 and 14).
    pub(crate) async fn conclude(&self, tracked: &TrackedRun, judgement: Judgement, end: End) {
        let state = tracked.state();
        let silent = match state.phase() {
            Some(Phase::Pending { silent, .. } | Phase::Ended { silent, .. }) => *silent,
            _ => false,
        };
        let outcome = judgement.outcome;
        let steps = state.steps_read();
        if let Some(attempt) = state.run.attempt.as_ref().filter(|_| end != End::Unseen) {
            self.learn_zone_by_steps(&tracked.key.account, &attempt.stamp, &steps)
                .await;
        }
        // An attempt that never showed has no duration: what is known is the one before's.
        let here = state.run_by_this_clock(&self.server_dates(&tracked.key.account));
        let seconds = here.seconds().filter(|_| end != End::Unseen);
        let notification = self.end_notification(&state.run, &judgement, seconds, state.away);
        let notification = match end {
            End::Seen | End::Unseen => Some(notification),
            End::Corrected if outcome.is_correction() => {
                let note =
                    words::notification::correction(&state.run.info.name, &judgement, seconds);
                Some(Notification {
                    kind: NotificationKind::Correction,
                    title: note.title,
                    body: note.body,
                    ..notification
                })
            }
            End::Corrected => None,
        };
        let notification = notification.filter(|_| !silent);
        let sample = duration_sample::of_run(&state.run, &here, outcome, &steps)
            .filter(|_| end != End::Unseen);
        let samples: Vec<DurationSample> = sample.into_iter().collect();
        self.durations.learn(&samples);
        let captured = self
            .captured(&state.run, seconds, &judgement, &steps)
            .filter(|_| end != End::Unseen);
        let process = captured.as_ref().map(|kept| kept.process.clone());
        let captured = captured.map(|kept| CloseWrite::Captured(Box::new(kept)));
        let with = Transaction {
            closes: captured.into_iter().collect(),
            ended_attempt: (end != End::Unseen)
                .then(|| ended_attempt(&state.run, seconds, outcome, self.now())),
            samples,
            ..Transaction::default()
        };
        // `History` reports the failure (`Event::Store`); the end is told from memory.
        let _ = self
            .save_end(tracked, with, notification, |state| {
                let step_starts = starts_at_end(&state.steps_read());
                if let Some(attempt) = &mut state.run.attempt {
                    attempt.phase = match end {
                        End::Unseen => Phase::Unseen,
                        End::Seen | End::Corrected => Phase::Ended { outcome, silent },
                    };
                    if end != End::Unseen {
                        attempt.step_starts = step_starts;
                    }
                }
                state.run.judgement = Some(judgement);
                state.unverified_at = (outcome == Outcome::Unverified).then(Instant::now);
            })
            .await;
        if let Some(process) = process {
            let of = (tracked.key.account.clone(), process);
            self.closes.history_changed(&of);
        }
    }

    /// What to tell of an end, where the run is watched.
    pub(crate) fn end_notification(
        &self,
        run: &Run,
        judgement: &Judgement,
        seconds: Option<f64>,
        away: bool,
    ) -> Notification {
        let note = words::notification::ended(&run.info.name, judgement, seconds);
        Notification {
            kind: NotificationKind::Ended,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            close: None,
            starts: None,
            mark: i64::from(run.attempt_number()),
            outcome: Some(judgement.outcome),
            title: note.title,
            body: note.body,
            at: self.now(),
            away,
        }
    }
}

pub(crate) fn ended_attempt(
    run: &Run,
    seconds: Option<f64>,
    outcome: Outcome,
    now: jiff::Timestamp,
) -> EndedAttempt {
    let stamp = run.attempt.as_ref().map(|attempt| &attempt.stamp);
    EndedAttempt {
        key: run.key.clone(),
        attempt: run.attempt_number(),
        started: stamp.and_then(|stamp| stamp.started),
        finished: stamp.and_then(|stamp| stamp.finished),
        seconds,
        outcome,
        recorded: now,
    }
}
