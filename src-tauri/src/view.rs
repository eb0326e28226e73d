//! What the engine knows, as the page shows it. Plain translation, no decisions.

use jiff::{SignedDuration, Timestamp};
use runwatch_contract::{
    Ability, AccountState, AccountView, ActionKind, ActionReply, ActionResult, ActivityRow,
    AppError, Colour, InboxItem, InboxKind, Keeping, Muted, Outcome, RunDetail, RunRow,
    SignInMethod, StepRow,
};
use runwatch_core::account::{self, Method};
use runwatch_core::action::{self, Action};
use runwatch_core::attempt::Phase;
use runwatch_core::forecast::Forecast;
use runwatch_core::notification::{self, NotificationKind};
use runwatch_core::observation::Step;
use runwatch_core::step_order::{StepOrder, gaps};
use runwatch_core::{action_availability, clock_offset, outcome, words};

use runwatch_engine::accounts::session::{Session, SignInState};
use runwatch_engine::actions::answer::ActionAnswer;
use runwatch_engine::runs::tracked_run::TrackedState;

use crate::errors::ForPage;
use crate::insight;

/// Lists show this many of the newest.
pub const LATEST: u32 = 500;

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}

/// An account; `keeping_reason` is why its secret is kept for this session only, `ahead` by how much
/// its SolveXia's clock is ahead of this computer's, `muted` whether nothing is shown of it.
pub fn account(
    session: &Session,
    keeping_reason: Option<String>,
    ahead: SignedDuration,
    muted: Option<Muted>,
    is_sample: bool,
) -> AccountView {
    let Session {
        account,
        sign_in: standing,
        api,
        ..
    } = session;
    AccountView {
        id: account.id.0.clone(),
        label: account.label.clone(),
        colour: colour(account.colour),
        origin: account.environment.origin().to_owned(),
        method: match account.method {
            Method::Browser => SignInMethod::Browser,
            Method::Client => SignInMethod::Client,
            Method::Token => SignInMethod::Token,
        },
        identity: account.identity().to_owned(),
        state: match standing {
            SignInState::Locked => AccountState::Locked,
            SignInState::NoKeychain => AccountState::NoKeychain,
            // A pasted token of an earlier start of the app: nobody signed out.
            _ if api.is_none() && account.token_expires.is_some() && !account.signed_out => {
                AccountState::Expired
            }
            _ if api.is_none() => AccountState::SignedOut,
            SignInState::Ready => AccountState::Ready,
            SignInState::Offline => AccountState::Offline,
            SignInState::SignedOut => AccountState::Expired,
        },
        keeping: keeping(session, keeping_reason.is_some()),
        keeping_reason,
        token_expires_at: millis(account.token_expires),
        scopes: api.as_ref().and_then(|api| api.scopes()),
        read_only: session.read_only(),
        clock_off: clock_offset::words(ahead),
        callback_port: account.callback_port,
        muted,
        is_sample,
    }
}

/// Where its secret is; `is_here` says that it is in memory alone.
pub fn keeping(session: &Session, is_here: bool) -> Keeping {
    let account = &session.account;
    match session.sign_in {
        _ if account.secrets_left => Keeping::Left,
        _ if account.signed_out => Keeping::Deleted,
        _ if is_here => Keeping::SessionOnly,
        SignInState::SignedOut if session.api.is_none() => Keeping::Unread,
        _ => Keeping::Keychain,
    }
}

fn colour(colour: account::Colour) -> Colour {
    match colour {
        account::Colour::Blue => Colour::Blue,
        account::Colour::Teal => Colour::Teal,
        account::Colour::Green => Colour::Green,
        account::Colour::Amber => Colour::Amber,
        account::Colour::Red => Colour::Red,
        account::Colour::Purple => Colour::Purple,
        account::Colour::Grey => Colour::Grey,
    }
}

/// A colour that the page chose.
pub fn chosen_colour(colour: Colour) -> account::Colour {
    match colour {
        Colour::Blue => account::Colour::Blue,
        Colour::Teal => account::Colour::Teal,
        Colour::Green => account::Colour::Green,
        Colour::Amber => account::Colour::Amber,
        Colour::Red => account::Colour::Red,
        Colour::Purple => account::Colour::Purple,
        Colour::Grey => account::Colour::Grey,
    }
}

/// A run's row; `state` is by this computer's clock.
pub fn row(state: &TrackedState, insight: &Forecast, muted: Option<Muted>) -> RunRow {
    let run = &state.run;
    let attempt = run.attempt.as_ref();
    let because = run
        .judgement
        .as_ref()
        .map(|judgement| judgement.because.as_str());
    RunRow {
        account_id: run.key.account.0.clone(),
        run_id: run.key.run.to_string(),
        name: run.info.name.clone(),
        process_id: run.info.process.as_ref().map(ToString::to_string),
        watched: run.watched,
        muted,
        status: attempt
            .map(|attempt| attempt.stamp.status.word().to_owned())
            .unwrap_or_default(),
        // While a start is proved, what has ended is the attempt before it.
        ended: attempt.is_some_and(|attempt| {
            attempt.stamp.ended() && !matches!(attempt.phase, Phase::Proving { .. })
        }),
        gone: state.gone,
        outcome: attempt
            .and_then(|attempt| attempt.phase.outcome())
            .map(outcome),
        summary: match attempt.and_then(|attempt| attempt.phase.outcome()) {
            None if state.gone => words::gone(attempt),
            _ => words::summary(attempt, because),
        },
        started: millis(attempt.and_then(|attempt| attempt.stamp.started)),
        finished: millis(attempt.and_then(|attempt| attempt.stamp.finished)),
        duration_seconds: run.seconds(),
        ends: millis(insight.ends),
        is_long: insight.is_long,
        seen_at: millis(run.seen_at),
        attempt: run.attempt_number(),
        problem: state.problem.as_ref().map(ForPage::for_page),
        busy: state.busy,
        seq: state.change,
    }
}

/// A run, opened; `state` is by this computer's clock, `standing` is what can be done with it.
pub fn detail(
    row: RunRow,
    state: &TrackedState,
    insight: &Forecast,
    standing: &action_availability::ActionContext<'_>,
) -> RunDetail {
    let info = &state.run.info;
    let orders: Vec<StepOrder> = state
        .steps
        .iter()
        .filter_map(|step| step.order.clone())
        .collect();
    RunDetail {
        row,
        description: info.description.clone(),
        last_modified_by: info.last_modified_by.clone(),
        date_created: millis(info.date_created),
        date_modified: millis(info.date_modified),
        steps: state
            .steps
            .iter()
            .map(|step| step_row(state, step, standing.restart(step)))
            .collect(),
        gaps: gaps(&orders),
        steps_read_at: millis(state.run.steps_read_at),
        steps_problem: state.steps_problem.as_ref().map(ForPage::for_page),
        insight: insight::view(insight),
        start: can(standing.start()),
        cancel: can(standing.cancel()),
    }
}

fn step_row(
    state: &TrackedState,
    step: &Step,
    restart: action_availability::Availability,
) -> StepRow {
    let seen = step.seen.as_ref();
    StepRow {
        step_id: step.id.to_string(),
        name: step.name.clone(),
        order: step.order.as_ref().map(ToString::to_string),
        enabled: step.enabled,
        by_hand: step.by_hand,
        status: seen
            .map(|seen| seen.status.word().to_owned())
            .unwrap_or_default(),
        started: millis(seen.and_then(|seen| seen.started)),
        finished: millis(seen.and_then(|seen| seen.finished)),
        duration_seconds: seen.and_then(|seen| seen.duration_seconds),
        message: seen.map(|seen| seen.message.clone()).unwrap_or_default(),
        problem: state.step_problems.get(&step.id).map(ForPage::for_page),
        restart: can(restart),
    }
}

fn can(ability: action_availability::Availability) -> Ability {
    match ability {
        action_availability::Availability::Yes => Ability {
            allowed: true,
            reason: None,
            warning: None,
        },
        action_availability::Availability::Warn(text) => Ability {
            allowed: true,
            reason: None,
            warning: Some(text),
        },
        action_availability::Availability::No(text) => Ability {
            allowed: false,
            reason: Some(text),
            warning: None,
        },
    }
}

/// How a run ended.
pub fn outcome(outcome: outcome::Outcome) -> Outcome {
    match outcome {
        outcome::Outcome::Succeeded => Outcome::Succeeded,
        outcome::Outcome::Warnings => Outcome::Warnings,
        outcome::Outcome::Failed => Outcome::Failed,
        outcome::Outcome::Cancelled => Outcome::Cancelled,
        outcome::Outcome::TimedOut => Outcome::TimedOut,
        outcome::Outcome::Unverified => Outcome::Unverified,
    }
}

/// An item of the Inbox.
pub fn inbox_item(told: &notification::InboxItem) -> InboxItem {
    let notification = &told.notification;
    InboxItem {
        id: told.id,
        kind: match notification.kind {
            NotificationKind::Ended => InboxKind::Ended,
            NotificationKind::Correction => InboxKind::Correction,
            NotificationKind::Action => InboxKind::Action,
            NotificationKind::Outage => InboxKind::Sight,
            NotificationKind::Long => InboxKind::Long,
        },
        account_id: notification.account.0.clone(),
        run_id: notification.run.as_ref().map(ToString::to_string),
        outcome: notification.outcome.map(outcome),
        title: notification.title.clone(),
        body: notification.body.clone(),
        at: notification.at.as_millisecond(),
        read: told.read,
    }
}

/// A line of the Activity list.
pub fn activity(action: &Action) -> ActivityRow {
    let (kind, step) = match &action.kind {
        action::ActionKind::Start => (ActionKind::Start, None),
        action::ActionKind::Cancel => (ActionKind::Cancel, None),
        action::ActionKind::Restart { step, step_name } => {
            (ActionKind::Restart, Some((step, step_name)))
        }
    };
    ActivityRow {
        id: action.id,
        account_id: action.key.account.0.clone(),
        account_label: action.account_label.clone(),
        identity: action.identity.clone(),
        os_user: action.os_user.clone(),
        run_id: action.key.run.to_string(),
        run_name: action.run_name.clone(),
        step_id: step.map(|(id, _)| id.to_string()),
        step_name: step.map(|(_, name)| name.clone()),
        action: kind,
        deprecated: action.deprecated,
        result: result(action.result),
        message: action.message.clone(),
        support_id: action.support_id.clone(),
        asked_at: action.asked.as_millisecond(),
        answered_at: millis(action.answered),
    }
}

fn result(result: action::ActionResult) -> ActionResult {
    match result {
        action::ActionResult::Pending => ActionResult::Pending,
        action::ActionResult::Ok => ActionResult::Ok,
        action::ActionResult::Refused => ActionResult::Refused,
        action::ActionResult::Unknown => ActionResult::Unknown,
    }
}

/// The answer to an action.
pub fn reply(reply: ActionAnswer) -> ActionReply {
    let message = reply.message;
    ActionReply {
        result: result(reply.result),
        problem: reply.problem.map(|error| AppError {
            message: message.clone(),
            ..error.for_page()
        }),
        message,
        offer_deprecated: reply.offer_deprecated,
    }
}

#[cfg(test)]
mod tests {
    use runwatch_core::account::Account;

    use super::*;
    use crate::testing;

    #[test]
    fn a_pasted_token_that_ended_before_this_start_has_expired_and_is_no_sign_out() {
        let state = |signed_out| {
            let pasted = Account {
                method: Method::Token,
                token_expires: Some(Timestamp::UNIX_EPOCH),
                signed_out,
                ..testing::account()
            };
            let session = Session::new(pasted, None);
            account(&session, None, SignedDuration::ZERO, None, false).state
        };
        assert_eq!(state(false), AccountState::Expired);
        assert_eq!(state(true), AccountState::SignedOut);
    }
}
