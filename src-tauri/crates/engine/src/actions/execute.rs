//! One action on one run: start, cancel, restart (docs/RULES.md, 8–12).
//!
//! The order is what keeps it safe: read the status and compare it with what the confirmation
//! showed, write the action (and the watch) down, send it once, write its answer down, and then
//! only read. No answer is ever followed by another POST.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use runwatch_core::action::{Action, ActionResult};
use runwatch_core::action_availability::Availability;
use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::run::Run;
use runwatch_core::status::RunStatus;
use runwatch_core::words;
use tokio::time::Instant;

use crate::actions::answer::{ActionAnswer, accepted, lost, refused, reply};
use crate::actions::exclusive::ExclusiveRun;
use crate::actions::request::{ActionRequest, RequestedAction};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

/// What SolveXia said is told as the action's answer.
const NO_RIGHT: &str = "SolveXia did not let your sign-in act on this run. Once an administrator has \
                        changed that, sign in again.";

impl Engine {
    /// Does it, once. Goes on to its end even where the caller stops waiting.
    ///
    /// # Errors
    /// [`EngineError`] where nothing was sent.
    pub async fn act(&self, request: ActionRequest) -> Result<ActionAnswer, EngineError> {
        let engine = self.clone();
        let act = async move { engine.act_to_the_end(request).await };
        let done = self.acting.spawn(act).await;
        done.unwrap_or_else(|_| {
            Err(EngineError::NotNow(
                "Runwatch failed while doing this. Look at the run before you try again.".into(),
            ))
        })
    }

    async fn act_to_the_end(&self, request: ActionRequest) -> Result<ActionAnswer, EngineError> {
        let tracked = self.runs.get(&request.key)?;
        let _busy = ExclusiveRun::take(self, &tracked)?;
        let _turn = tracked.turn.lock().await;
        if !self.runs.holds(&tracked) {
            return Err(EngineError::NoSuchRun);
        }
        self.observe_for_action(&tracked).await.map_err(unsent)?;
        self.check(&tracked, &request)?;
        let before = tracked.state();
        let action = self.write_down(&tracked, &request).await?;
        let answer = self.send(&request).await;
        if request.action != RequestedAction::Cancel {
            self.backfill_durations(&request.key);
        }
        tracked.update(|state| {
            state.acted_at = Some(Instant::now());
            state.due = Instant::now();
        });
        self.scheduler.wake();
        let reply = self.take_answer(&tracked, &request, action, before.run, answer);
        Ok(reply.await)
    }

    /// Writes the answer down, and says what is known now.
    async fn take_answer(
        &self,
        tracked: &Arc<TrackedRun>,
        request: &ActionRequest,
        action: Action,
        before: Run,
        answer: Result<(), CallError>,
    ) -> ActionAnswer {
        // SolveXia does not say whether 403 is about the run or the account; taken as this run’s.
        let forbidden = matches!(&answer, Err(error) if error.trouble == Trouble::Forbidden);
        tracked.update(|state| state.refused = forbidden.then_some(NO_RIGHT));
        let Err(error) = answer else {
            tracked.update(TrackedState::keep_for_action);
            let answered = Action {
                result: ActionResult::Ok,
                message: "SolveXia accepted it.".to_owned(),
                ..action
            };
            self.complete(tracked, answered).await;
            let message = accepted(request, tracked, self.is_paused());
            return reply(ActionResult::Ok, message, None);
        };
        let action = Action {
            support_id: error.support_id.clone(),
            ..action
        };
        match error.effect {
            Effect::None => {
                tracked.update(|state| {
                    state.run.attempt = before.attempt;
                    state.run.judgement = before.judgement;
                    state.undo_for_action();
                });
                let answered = Action {
                    result: ActionResult::Refused,
                    message: error.message.clone(),
                    ..action
                };
                self.complete(tracked, answered).await;
                refused(request, error)
            }
            Effect::Unknown => {
                tracked.update(TrackedState::keep_for_action);
                let unanswered = Action {
                    result: ActionResult::Unknown,
                    message: format!("The answer was lost: {}", error.message),
                    ..action
                };
                self.leave_open(tracked, unanswered).await;
                // What the run shows now is all that can be known: say that.
                let seen = self.observe_for_action(tracked).await;
                let message = lost(request, &error, seen.is_ok().then_some(tracked));
                reply(ActionResult::Unknown, message, Some(error))
            }
        }
    }

    /// The run must still be as the confirmation showed it, and the action must make sense.
    fn check(&self, tracked: &TrackedRun, request: &ActionRequest) -> Result<(), EngineError> {
        let state = tracked.state();
        let status = state
            .run
            .attempt
            .as_ref()
            .map_or("", |attempt| attempt.stamp.status.word());
        if status != request.status || state.run.attempt_number() != request.attempt {
            return Err(EngineError::Changed(format!(
                "“{}” has changed: SolveXia shows it as {} now, it was {} when you were asked. \
                 Nothing was sent.",
                words::name(&state.run.info.name, 80),
                words::status(&RunStatus::from_word(status)),
                words::status(&RunStatus::from_word(&request.status))
            )));
        }
        let own_turn = TrackedState {
            busy: false,
            ..state
        };
        let elsewhere = self.elsewhere(&tracked.key);
        let context = own_turn.action_context(None, &elsewhere, self.now());
        let ability = match &request.action {
            RequestedAction::Start => context.start(),
            RequestedAction::Cancel => context.cancel(),
            RequestedAction::Restart(step) => {
                match own_turn.steps.iter().find(|known| known.id == *step) {
                    Some(step) => context.restart(step),
                    None => Availability::No("This step is not in the list any more.".into()),
                }
            }
        };
        match ability {
            Availability::No(reason) => Err(EngineError::NotNow(reason)),
            Availability::Yes | Availability::Warn(_) => Ok(()),
        }
    }

    /// The one POST.
    async fn send(&self, request: &ActionRequest) -> Result<(), CallError> {
        let run = &request.key.run;
        let api = self
            .accounts
            .action_api(&request.key.account)
            .map_err(|error| CallError::unsent(Trouble::SignedOut, error.to_string()))?;
        let post = async {
            match (&request.action, request.deprecated) {
                (RequestedAction::Start, false) => api.start(run).await,
                (RequestedAction::Start, true) => api.start_deprecated(run).await,
                (RequestedAction::Cancel, false) => api.cancel(run).await,
                (RequestedAction::Cancel, true) => api.cancel_deprecated(run).await,
                (RequestedAction::Restart(step), _) => api.restart_from(run, step).await,
            }
        };
        // It may have been sent before the panic: treat it as a lost answer.
        let broke = |_| {
            let message =
                "Runwatch failed while sending it. Whether it took effect is not known yet.";
            let error = CallError::unsent(Trouble::BadAnswer, message);
            Err(CallError {
                effect: Effect::Unknown,
                ..error
            })
        };
        let answer = AssertUnwindSafe(post).catch_unwind().await;
        self.learn_from(&request.key.account, answer.unwrap_or_else(broke))
    }
}

/// The status could not be read first: the user must know that nothing followed.
fn unsent(error: EngineError) -> EngineError {
    match error {
        EngineError::Call(error) => EngineError::Call(CallError {
            message: format!("Nothing was sent. {}", error.message),
            ..error
        }),
        other => other,
    }
}
