//! What is said of an action once its answer came, or did not.

use std::sync::Arc;

use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::words;

use crate::actions::request::{ActionRequest, RequestedAction};
use crate::runs::tracked_run::{TrackedRun, TrackedState};

/// What is known of an action once its answer came, or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionAnswer {
    /// What is known of its effect.
    pub result: ActionResult,
    /// What happened and what it means.
    pub message: String,
    /// What went wrong, where something did.
    pub problem: Option<CallError>,
    /// The older call may be offered.
    pub offer_deprecated: bool,
}

pub(crate) fn action_kind(action: &RequestedAction, state: &TrackedState) -> ActionKind {
    match action {
        RequestedAction::Start => ActionKind::Start,
        RequestedAction::Cancel => ActionKind::Cancel,
        RequestedAction::Restart(step) => ActionKind::Restart {
            step: step.clone(),
            step_name: state
                .steps
                .iter()
                .find(|known| known.id == *step)
                .map_or_else(|| step.to_string(), |known| known.name.clone()),
        },
    }
}

pub(crate) fn reply(
    result: ActionResult,
    message: String,
    problem: Option<CallError>,
) -> ActionAnswer {
    ActionAnswer {
        result,
        message,
        problem,
        offer_deprecated: false,
    }
}

pub(crate) fn accepted(request: &ActionRequest, tracked: &TrackedRun, is_paused: bool) -> String {
    let name = tracked.read(|state| words::name(&state.run.info.name, 80));
    match request.action {
        RequestedAction::Start | RequestedAction::Restart(_) if is_paused => {
            format!(
                "SolveXia has accepted it. Watching is paused: Runwatch tells you how “{name}” ended \
                 once you resume watching."
            )
        }
        RequestedAction::Start | RequestedAction::Restart(_) => {
            format!(
                "SolveXia has accepted it. Runwatch is watching “{name}” and tells you when it ends."
            )
        }
        RequestedAction::Cancel => {
            format!("SolveXia has accepted it. “{name}” stops at once or after its present step.")
        }
    }
}

pub(crate) fn refused(request: &ActionRequest, error: CallError) -> ActionAnswer {
    let unknown_call = matches!(error.trouble, Trouble::NotFound | Trouble::NotAllowed);
    let has_older = !matches!(request.action, RequestedAction::Restart(_));
    ActionAnswer {
        result: ActionResult::Refused,
        message: format!(
            "Nothing was {}. {}",
            words::done(&plain(&request.action)),
            error.message
        ),
        problem: Some(error),
        offer_deprecated: unknown_call && has_older && !request.deprecated,
    }
}

/// Why nothing was sent where the action could not be written down (docs/RULES.md, 10).
pub(crate) fn unlogged(request: &ActionRequest, why: &StoreError) -> String {
    let (why, next) = match why {
        StoreError::Full => ("the disk is full", "Free some space, then try again."),
        StoreError::Protected => (
            "the history file is write-protected",
            "Ask your IT for the right to change it, then try again.",
        ),
        StoreError::Locked => (
            "another program holds the history file locked",
            "Let it finish, or close it, then try again.",
        ),
        StoreError::Newer(_) => (
            "the history file was written by a newer version of Runwatch",
            "Install that version, then try again.",
        ),
        StoreError::Damaged(_) | StoreError::NotCopied(_) | StoreError::Other(_) => (
            "the history file cannot be used",
            "Restart Runwatch, then try again.",
        ),
    };
    let done = words::done(&plain(&request.action));
    format!(
        "Nothing was {done}: Runwatch writes each action down before it is sent, and {why}. {next}"
    )
}

fn plain(action: &RequestedAction) -> ActionKind {
    match action {
        RequestedAction::Start => ActionKind::Start,
        RequestedAction::Cancel => ActionKind::Cancel,
        RequestedAction::Restart(step) => ActionKind::Restart {
            step: step.clone(),
            step_name: String::new(),
        },
    }
}

/// What is known where nobody can tell from the answer: why not, which says that too, and what the
/// run shows now.
pub(crate) fn lost(
    request: &ActionRequest,
    why: &CallError,
    seen: Option<&Arc<TrackedRun>>,
) -> String {
    let why = &why.message;
    let attempt = seen.and_then(|tracked| tracked.read(|state| state.run.attempt.clone()));
    match attempt.map(|attempt| attempt.stamp.status) {
        Some(status) if status.word() == request.status => format!(
            "{why} SolveXia still shows it as {}. Runwatch keeps looking.",
            words::status(&status)
        ),
        Some(status) => format!(
            "{why} SolveXia shows the run as {} now.",
            words::status(&status)
        ),
        None => {
            format!("{why} SolveXia cannot be asked at the moment. Runwatch keeps looking.")
        }
    }
}
