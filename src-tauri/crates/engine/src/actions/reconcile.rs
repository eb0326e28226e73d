//! Actions whose answer was lost: what their run shows of them by now (docs/RULES.md, 11).

use jiff::Timestamp;
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::attempt::{Attempt, Phase, is_proving_over};
use runwatch_core::notification::Notification;
use runwatch_core::status::RunStatus;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;
use runwatch_core::words::notification;

use crate::actions::told::told_of;
use crate::engine::Engine;
use crate::event::Event;
use crate::runs::tracked_run::{OpenAction, TrackedRun};

impl Engine {
    /// Says of actions without an answer what their run shows by now.
    pub(crate) async fn reconcile_actions(&self, tracked: &TrackedRun) {
        let state = tracked.state();
        // While an action is under way, its own answer comes first.
        let (false, Some(attempt)) = (state.busy, state.run.attempt) else {
            return;
        };
        for open in state.open_actions {
            if let Some(found) = found_out(&open.action, &attempt, self.now()) {
                self.reconcile(tracked, open, found).await;
            }
        }
    }

    async fn reconcile(
        &self,
        tracked: &TrackedRun,
        open: OpenAction,
        found: (ActionResult, String),
    ) {
        let (result, message) = found;
        let action = Action {
            result,
            message,
            answered: Some(self.now()),
            ..open.action
        };
        let note = notification::found_out(
            &action.run_name,
            &action.kind,
            action.result,
            &action.message,
        );
        let notification = told_of(&action, note, self.now(), true);
        let notifications: Vec<Notification> =
            open.tell.then_some(notification).into_iter().collect();
        let with = Transaction {
            action: Some(action.clone()),
            notify: notifications,
            ..Transaction::default()
        };
        let known = |state: &mut crate::runs::tracked_run::TrackedState| {
            state
                .open_actions
                .retain(|open| open.action.id != action.id);
        };
        // Where it cannot be written, it is told from memory.
        let _ = self.save(tracked, with, known).await;
        self.events.emit(Event::Action(Box::new(action)));
    }
}

/// What a run's attempt proves of an action whose answer was lost; none while nothing.
fn found_out(action: &Action, attempt: &Attempt, now: Timestamp) -> Option<(ActionResult, String)> {
    let word = words::status(&attempt.stamp.status);
    let seen = || {
        let message = format!("The answer was lost, but SolveXia shows the run as {word} now.");
        Some((ActionResult::Ok, message))
    };
    let since = match attempt.phase {
        Phase::Proving { since, .. } => since,
        _ => action.asked,
    };
    let overdue = is_proving_over(since, now);
    let unknown = |text: String| Some((ActionResult::Unknown, text));
    match action.kind {
        ActionKind::Start | ActionKind::Restart { .. }
            if !attempt.stamp.same_as(&action.baseline) =>
        {
            seen()
        }
        ActionKind::Cancel if attempt.stamp.status == RunStatus::Cancelled => seen(),
        ActionKind::Cancel if attempt.stamp.ended() => unknown(format!(
            "The answer was lost. The run ended by itself and is {word} now."
        )),
        _ if overdue => unknown(format!(
            "The answer was lost, and SolveXia still shows the run as {word}. \
             It may have arrived or not: look at the run in SolveXia."
        )),
        _ => None,
    }
}
