//! Actions as the page shows them: the Activity list, and the answer to one.

use jiff::Timestamp;
use runwatch_contract::{ActionName, ActionReply, ActivityRow, AppError};
use runwatch_core::action::{Action, ActionKind};
use runwatch_engine::actions::answer::ActionAnswer;

use crate::api::errors::ForPage;

/// A line of the Activity list.
pub fn row(action: &Action) -> ActivityRow {
    let kind = match &action.kind {
        ActionKind::Start => ActionName::Start,
        ActionKind::Cancel => ActionName::Cancel,
        ActionKind::Restart { .. } => ActionName::Restart,
        ActionKind::Create => ActionName::Create,
        ActionKind::DealtWith { .. } => ActionName::DealtWith,
        ActionKind::NotDealtWith => ActionName::NotDealtWith,
    };
    let step = action.kind.step();
    ActivityRow {
        id: action.id,
        account_id: action.account.0.clone(),
        account_label: action.account_label.clone(),
        identity: action.identity.clone(),
        os_user: action.os_user.clone(),
        run_id: action
            .run
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        run_name: action.run_name.clone(),
        attempt: action.attempt,
        step_id: step.map(|(id, _)| id.to_string()),
        step_name: step.map(|(_, name)| name.to_owned()),
        action: kind,
        deprecated: action.deprecated,
        result: action.result,
        message: action.message.clone(),
        note: action.kind.note().to_owned(),
        support_id: action.support_id.clone(),
        reason: action.reason.clone(),
        asked_at: action.asked.as_millisecond(),
        answered_at: action.answered.map(Timestamp::as_millisecond),
    }
}

/// The answer to an action.
pub fn reply(reply: ActionAnswer) -> ActionReply {
    let message = reply.message;
    ActionReply {
        result: reply.result,
        problem: reply.problem.map(|error| AppError {
            message: message.clone(),
            ..error.for_page()
        }),
        message,
        offer_deprecated: reply.offer_deprecated,
    }
}
