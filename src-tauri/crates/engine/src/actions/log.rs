//! The log rows of actions: written before an action is sent, completed after (docs/RULES.md, 10).

use runwatch_core::account::Account;
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::attempt::{Phase, begin_here};
use runwatch_core::ids::AccountId;
use runwatch_core::run::Run;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::step_freshness::Beginning;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;

use crate::actions::answer::{action_kind, unlogged};
use crate::actions::request::{ActionRequest, RequestedAction};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;
use crate::runs::tracked_run::{OpenAction, TrackedRun, TrackedState};

impl Engine {
    /// An action on a run that is asked for now.
    pub(crate) fn action_on(&self, run: &Run, kind: ActionKind, baseline: StatusStamp) -> Action {
        Action {
            run: Some(run.key.run.clone()),
            run_name: run.info.name.clone(),
            attempt: run.attempt.as_ref().map(|attempt| attempt.number),
            ..self.new_action(&run.key.account, kind, baseline)
        }
    }

    /// An action that is asked for now, by whoever is signed in and sits here.
    pub(super) fn new_action(
        &self,
        account: &AccountId,
        kind: ActionKind,
        baseline: StatusStamp,
    ) -> Action {
        let session = self.accounts.get(account).map(|session| session.account);
        let said =
            |text: fn(&Account) -> &str| session.as_ref().map(|account| text(account).to_owned());
        Action {
            id: 0,
            account: account.clone(),
            run: None,
            account_label: said(|account| &account.label).unwrap_or_default(),
            environment: said(|account| account.environment.origin()),
            identity: said(Account::identity).unwrap_or_default(),
            os_user: self.ports.os_user.clone(),
            run_name: String::new(),
            attempt: None,
            kind,
            deprecated: false,
            baseline,
            result: ActionResult::Pending,
            message: String::new(),
            support_id: None,
            reason: None,
            asked: self.now(),
            answered: None,
        }
    }

    /// No log row, no action (docs/RULES.md, 10). A start here is watched before it is sent (8).
    pub(super) async fn write_down(
        &self,
        tracked: &TrackedRun,
        request: &ActionRequest,
    ) -> Result<Action, EngineError> {
        let state = tracked.state();
        let Some(attempt) = state.run.attempt.clone() else {
            return Err(EngineError::NotNow(words::run::NOT_READ.into()));
        };
        let kind = action_kind(&request.action, &state);
        let begins = request.action != RequestedAction::Cancel;
        let begun = match &request.action {
            RequestedAction::Restart(step) => Beginning::From(step.clone()),
            RequestedAction::Start | RequestedAction::Cancel => Beginning::Whole,
        };
        let next = match begins {
            true => begin_here(&attempt, begun, self.now()),
            false => attempt.clone(),
        };
        let action = Action {
            deprecated: request.deprecated,
            attempt: Some(next.number),
            reason: request.reason.clone(),
            ..self.action_on(&state.run, kind, attempt.stamp)
        };
        let before = state.run;
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        let begin = |state: &mut TrackedState| {
            if begins {
                state.watched_for_action = !std::mem::replace(&mut state.run.watched, true);
                state.shown_for_action = std::mem::take(&mut state.run.archived);
                state.run.attempt = Some(next);
                state.run.judgement = None;
            }
        };
        let undo = |state: &mut TrackedState, ()| {
            state.undo_for_action();
            state.run.attempt = before.attempt;
            state.run.judgement = before.judgement;
        };
        let written = self.save_or_undo(tracked, with, begin, undo).await;
        // The window already says that history is not kept; here it is the reason of the refusal.
        let written = written.map_err(|error| EngineError::NotNow(unlogged(request, &error)))?;
        let Some(id) = written.action_id else {
            return Err(EngineError::NoSuchRun);
        };
        let action = Action { id, ..action };
        self.events.emit(Event::Action(Box::new(action.clone())));
        Ok(action)
    }

    pub(super) async fn complete(&self, tracked: &TrackedRun, action: Action) {
        let action = Action {
            answered: Some(self.now()),
            ..action
        };
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        // Where this cannot be written, the row stays open and is resolved at the next start.
        let _ = self.save(tracked, with, |_| ()).await;
        self.events.emit(Event::Action(Box::new(action)));
    }

    /// The two minutes of the lock count from here (docs/RULES.md, 11).
    pub(super) async fn leave_open(&self, tracked: &TrackedRun, action: Action) {
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
            .save(tracked, with, |state| {
                state.open_actions.push(open);
                if let Some(attempt) = &mut state.run.attempt
                    && let Phase::Proving { since, .. } = &mut attempt.phase
                {
                    *since = now;
                }
            })
            .await;
        self.events.emit(Event::Action(Box::new(action)));
    }
}
