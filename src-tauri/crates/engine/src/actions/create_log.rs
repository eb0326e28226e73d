//! The log rows of creates: written before one is sent, and completed by what became of it. There is no way
//! back, so that what cannot be written is kept in memory.

use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::error::CallError;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::transaction::Transaction;
use runwatch_core::unanswered_create::UnansweredCreate;

use crate::actions::create_under_way::CreateUnderWay;
use crate::actions::creates::LoggedCreate;
use crate::engine::Engine;
use crate::event::Event;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Writes down what is about to be sent.
    pub(super) async fn log_create(
        &self,
        under_way: &CreateUnderWay,
        create: &UnansweredCreate,
        name_prefix: &str,
    ) -> Action {
        let (account, process) = &under_way.key;
        let name = match name_prefix {
            "" => self.process_names.get(&under_way.key),
            prefix => Some(prefix.to_owned()),
        };
        let action = Action {
            run_name: name.unwrap_or_else(|| process.to_string()),
            asked: create.asked,
            ..self.new_action(account, ActionKind::Create, StatusStamp::not_started())
        };
        under_way.sends(LoggedCreate {
            create: create.clone(),
            action: None,
        });
        let id = self.keep_creates(Some(action.clone())).await.unwrap_or(0);
        let action = Action { id, ..action };
        if id != 0 {
            under_way.sends(LoggedCreate {
                create: create.clone(),
                action: Some(action.clone()),
            });
            self.events.emit(Event::Action(Box::new(action.clone())));
        }
        action
    }

    /// SolveXia made this run.
    pub(super) async fn log_created(
        &self,
        under_way: &CreateUnderWay,
        tracked: &TrackedRun,
        action: Action,
    ) {
        let created = Action {
            result: ActionResult::Ok,
            message: "SolveXia created it.".into(),
            ..action
        };
        self.log_made(tracked, created).await;
        under_way.is_answered();
        self.creates.is_of_another(&under_way.key, &tracked.key.run);
        self.keep_creates(None).await;
    }

    /// Completes the row of a create whose run is in the list now.
    pub(super) async fn log_made(&self, tracked: &TrackedRun, action: Action) {
        let action = Action {
            run: Some(tracked.key.run.clone()),
            run_name: tracked.read(|state| state.run.info.name.clone()),
            answered: Some(self.now()),
            ..action
        };
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        let written = self.save(tracked, with, |_| ()).await;
        let id = written.ok().and_then(|written| written.action_id);
        self.say_create(id, action);
    }

    /// SolveXia made none.
    pub(super) async fn log_refused(
        &self,
        under_way: &CreateUnderWay,
        action: Action,
        error: &CallError,
    ) {
        under_way.is_answered();
        let refused = Action {
            result: ActionResult::Refused,
            message: error.message.clone(),
            support_id: error.support_id.clone(),
            answered: Some(self.now()),
            ..action
        };
        let id = self.keep_creates(Some(refused.clone())).await;
        self.say_create(id, refused);
    }

    /// Nobody knows whether it made one.
    pub(super) async fn log_lost(
        &self,
        under_way: &CreateUnderWay,
        action: Action,
        error: &CallError,
    ) {
        let lost = Action {
            result: ActionResult::Unknown,
            message: format!("The answer was lost: {}", error.message),
            support_id: error.support_id.clone(),
            ..action
        };
        under_way.has_logged(&lost);
        let id = self.keep_creates(Some(lost.clone())).await;
        self.say_create(id, lost);
    }

    /// The creates that were under way when Runwatch ended are lost.
    pub(crate) async fn log_creates_of_last_time(&self) {
        for action in self.creates.pending_of_last_time() {
            let lost = Action {
                result: ActionResult::Unknown,
                message: "Runwatch ended before the answer came.".into(),
                ..action
            };
            self.creates.take_action(&lost);
            self.keep_creates(Some(lost)).await;
        }
    }

    /// Writes the unanswered creates down as they are now, with a row of the log. Returns its id; none where it
    /// could not be written, which the history says by itself.
    pub(crate) async fn keep_creates(&self, action: Option<Action>) -> Option<i64> {
        let _turn = self.creates.keeping.lock().await;
        let with = Transaction {
            action,
            setting: Some(self.creates.to_keep()),
            ..Transaction::default()
        };
        self.history.write(with).await.ok()?.action_id
    }

    fn say_create(&self, id: Option<i64>, action: Action) {
        // In memory alone it needs a number of its own; what the store gives is above zero.
        let id = id.unwrap_or(match action.id {
            0 => -action.asked.as_millisecond(),
            id => id,
        });
        self.events
            .emit(Event::Action(Box::new(Action { id, ..action })));
    }
}
