//! The words for what was done from here. The page's words for results are generated from these.

use crate::action::{Action, ActionKind, ActionResult};

/// An action, as the table of Activity names it.
pub fn action(action: &Action) -> &'static str {
    match (&action.kind, action.deprecated) {
        (ActionKind::Start, false) => "Start",
        (ActionKind::Start, true) => "Start (older call)",
        (ActionKind::Cancel, false) => "Cancel",
        (ActionKind::Cancel, true) => "Cancel (older call)",
        (ActionKind::Restart { .. }, _) => "Restart from a step",
        (ActionKind::Create, _) => "Create",
        (ActionKind::DealtWith { .. }, _) => "Mark as dealt with",
        (ActionKind::NotDealtWith, _) => "Undo “dealt with”",
    }
}

/// What is known of its effect, in a word or three.
pub fn result(result: ActionResult) -> &'static str {
    match result {
        ActionResult::Pending => "Waiting for an answer",
        // Accepted, or seen in the run where the answer was lost.
        ActionResult::Ok => "Done",
        ActionResult::Refused => "Refused",
        ActionResult::Unknown => "Answer lost",
    }
}
