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
use runwatch_core::attempt::{Phase, begin_here};
use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::run::Run;
use runwatch_core::status::RunStatus;
use runwatch_core::step_freshness::Beginning;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;
use tokio::time::Instant;

use crate::busy::Busy;
use crate::cell::{Cell, CellState, OpenAction};
use crate::engine::{Engine, EngineError, Event};
use crate::order::{Order, Wish};
use crate::reply::{Reply, accepted, kind, lost, refused, reply, unlogged};

/// What SolveXia said is told as the action's answer.
const NO_RIGHT: &str = "SolveXia did not let your sign-in act on this run. Once an administrator has \
                        changed that, sign in again.";

impl Engine {
    /// Does it, once. Goes on to its end even where the caller stops waiting.
    ///
    /// # Errors
    /// [`EngineError`] where nothing was sent.
    pub async fn act(&self, order: Order) -> Result<Reply, EngineError> {
        let engine = self.clone();
        let done = tokio::spawn(async move { engine.act_to_the_end(order).await }).await;
        done.unwrap_or_else(|_| {
            Err(EngineError::NotNow(
                "Runwatch failed while doing this. Look at the run before you try again.".into(),
            ))
        })
    }

    async fn act_to_the_end(&self, order: Order) -> Result<Reply, EngineError> {
        let cell = self.cell(&order.key)?;
        let _busy = Busy::take(self, &cell)?;
        let _turn = cell.turn.lock().await;
        if !self.holds(&cell) {
            return Err(EngineError::NoSuchRun);
        }
        self.read_status(&cell).await.map_err(unsent)?;
        self.check(&cell, &order)?;
        let before = cell.state();
        let action = self.write_down(&cell, &order).await?;
        let answer = self.send(&order).await;
        if order.wish != Wish::Cancel {
            self.study(&order.key);
        }
        cell.change(|state| {
            state.acted = Some(Instant::now());
            state.due = Instant::now();
        });
        self.inner.wake.notify_one();
        let reply = self.take_answer(&cell, &order, action, before.run, answer);
        Ok(reply.await)
    }

    /// Writes the answer down, and says what is known now.
    async fn take_answer(
        &self,
        cell: &Arc<Cell>,
        order: &Order,
        action: Action,
        before: Run,
        answer: Result<(), CallError>,
    ) -> Reply {
        // It may be this run alone or all that the account has: nobody says, so it is this run's.
        let forbidden = matches!(&answer, Err(error) if error.trouble == Trouble::Forbidden);
        cell.change(|state| state.refused = forbidden.then_some(NO_RIGHT));
        let Err(error) = answer else {
            let answered = Action {
                result: ActionResult::Ok,
                message: "SolveXia accepted it.".to_owned(),
                ..action
            };
            self.complete(cell, answered).await;
            let message = accepted(order, cell, self.is_paused());
            return reply(ActionResult::Ok, message, None);
        };
        let action = Action {
            support_id: error.support_id.clone(),
            ..action
        };
        match error.effect {
            Effect::None => {
                cell.change(|state| {
                    state.run.attempt = before.attempt;
                    state.run.judgement = before.judgement;
                    state.run.watched = before.watched;
                });
                let answered = Action {
                    result: ActionResult::Refused,
                    message: error.message.clone(),
                    ..action
                };
                self.complete(cell, answered).await;
                refused(order, error)
            }
            Effect::Unknown => {
                let unanswered = Action {
                    result: ActionResult::Unknown,
                    message: format!("The answer was lost: {}", error.message),
                    ..action
                };
                self.leave_open(cell, unanswered).await;
                // What the run shows now is all that can be known: say that.
                let seen = self.read_status(cell).await;
                let message = lost(order, &error, seen.is_ok().then_some(cell));
                reply(ActionResult::Unknown, message, Some(error))
            }
        }
    }

    /// The run must still be as the confirmation showed it, and the action must make sense.
    fn check(&self, cell: &Cell, order: &Order) -> Result<(), EngineError> {
        let state = cell.state();
        let status = state
            .run
            .attempt
            .as_ref()
            .map_or("", |attempt| attempt.stamp.status.word());
        if status != order.status || state.run.attempt_number() != order.attempt {
            return Err(EngineError::Changed(format!(
                "“{}” has changed: SolveXia shows it as {} now, it was {} when you were asked. \
                 Nothing was sent.",
                state.run.info.name,
                words::status(&RunStatus::from_word(status)),
                words::status(&RunStatus::from_word(&order.status))
            )));
        }
        let own_turn = CellState {
            busy: false,
            ..state
        };
        let standing = own_turn.standing(None, self.now());
        let ability = match &order.wish {
            Wish::Start => standing.start(),
            Wish::Cancel => standing.cancel(),
            Wish::Restart(step) => match own_turn.steps.iter().find(|known| known.id == *step) {
                Some(step) => standing.restart(step),
                None => Availability::No("This step is not in the list any more.".into()),
            },
        };
        match ability {
            Availability::No(reason) => Err(EngineError::NotNow(reason)),
            Availability::Yes | Availability::Warn(_) => Ok(()),
        }
    }

    /// No log row, no action (docs/RULES.md, 10). A start here is watched before it is sent (8).
    async fn write_down(&self, cell: &Cell, order: &Order) -> Result<Action, EngineError> {
        let state = cell.state();
        let Some(attempt) = state.run.attempt.clone() else {
            return Err(EngineError::NotNow(
                "Its status has not been read yet.".into(),
            ));
        };
        let session = self.session(&order.key.account);
        let account = session.map(|session| session.account);
        let action = Action {
            id: 0,
            key: order.key.clone(),
            account_label: account
                .as_ref()
                .map(|a| a.label.clone())
                .unwrap_or_default(),
            identity: account
                .as_ref()
                .map(|a| a.identity().to_owned())
                .unwrap_or_default(),
            os_user: self.inner.ports.os_user.clone(),
            run_name: state.run.info.name.clone(),
            kind: kind(&order.wish, &state),
            deprecated: order.deprecated,
            baseline: attempt.stamp.clone(),
            result: ActionResult::Pending,
            message: String::new(),
            support_id: None,
            asked: self.now(),
            answered: None,
        };
        let begins = order.wish != Wish::Cancel;
        let begun = match &order.wish {
            Wish::Restart(step) => Beginning::From(step.clone()),
            Wish::Start | Wish::Cancel => Beginning::Whole,
        };
        let (before, now) = (state.run, self.now());
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        let begin = |state: &mut CellState| {
            let watched = state.run.watched;
            if begins {
                state.run.watched = true;
                state.run.attempt = Some(begin_here(&attempt, begun, now));
                state.run.judgement = None;
            }
            watched
        };
        let undo = |state: &mut CellState, watched: bool| {
            state.run.watched = watched;
            state.run.attempt = before.attempt;
            state.run.judgement = before.judgement;
        };
        let written = self.save_or_undo(cell, with, begin, undo).await;
        // The window says for itself that history is not kept: this is the answer of the action.
        let written = written.map_err(|error| EngineError::NotNow(unlogged(order, &error)))?;
        let Some(id) = written.action_id else {
            return Err(EngineError::NoSuchRun);
        };
        let action = Action { id, ..action };
        self.emit(Event::Action(Box::new(action.clone())));
        Ok(action)
    }

    /// The one POST.
    async fn send(&self, order: &Order) -> Result<(), CallError> {
        let run = &order.key.run;
        let api = self
            .api(&order.key.account)
            .map_err(|error| CallError::unsent(Trouble::SignedOut, error.to_string()))?;
        let post = async {
            match (&order.wish, order.deprecated) {
                (Wish::Start, false) => api.start(run).await,
                (Wish::Start, true) => api.start_deprecated(run).await,
                (Wish::Cancel, false) => api.cancel(run).await,
                (Wish::Cancel, true) => api.cancel_deprecated(run).await,
                (Wish::Restart(step), _) => api.restart_from(run, step).await,
            }
        };
        // Whatever broke in there, it may have been sent: that is a lost answer, and no less.
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
        self.asked(&order.key.account, answer.unwrap_or_else(broke))
    }

    async fn complete(&self, cell: &Cell, action: Action) {
        let action = Action {
            answered: Some(self.now()),
            ..action
        };
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        // Where this cannot be written, the row stays open and is resolved at the next start.
        let _ = self.save(cell, with, |_| ()).await;
        self.emit(Event::Action(Box::new(action)));
    }

    /// The two minutes of the lock count from here (docs/RULES.md, 11).
    async fn leave_open(&self, cell: &Cell, action: Action) {
        let now = self.now();
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        let open = OpenAction {
            action: action.clone(),
            tell: false,
        };
        let _ = self
            .save(cell, with, |state| {
                state.open_actions.push(open);
                if let Some(attempt) = &mut state.run.attempt
                    && let Phase::Proving { since, .. } = &mut attempt.phase
                {
                    *since = now;
                }
            })
            .await;
        self.emit(Event::Action(Box::new(action)));
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
