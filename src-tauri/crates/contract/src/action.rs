//! Actions asked for here, and the list of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::AppError;
use runwatch_core::action::ActionResult;

/// What can be done to a run (`data-action`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActionName {
    /// Start the run.
    Start,
    /// Cancel the run.
    Cancel,
    /// Restart it from a step.
    Restart,
    /// Create it.
    Create,
    /// Mark it as dealt with, here alone.
    DealtWith,
    /// Take that mark back.
    NotDealtWith,
}

/// What the confirmation showed. An action goes ahead only while this still holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedState {
    /// SolveXia's word for the status.
    pub status: String,
    /// The attempt that was shown.
    pub attempt: u32,
}

/// An action on a run, as it was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunAction {
    /// The run's account.
    pub account_id: String,
    /// The run, `pr-…`.
    pub run_id: String,
    /// What the confirmation showed.
    pub expected: ExpectedState,
    /// Why, as it was typed at the confirmation; it stands in Activity and in evidence packs.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// A restart from a step, as it was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepAction {
    /// The run's account.
    pub account_id: String,
    /// The run, `pr-…`.
    pub run_id: String,
    /// The step to begin from.
    pub step_id: String,
    /// What the confirmation showed.
    pub expected: ExpectedState,
    /// Why, as it was typed at the confirmation; it stands in Activity and in evidence packs.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// The answer to an action, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionReply {
    /// What is known of its effect.
    pub result: ActionResult,
    /// What happened and what it means, one or two sentences.
    pub message: String,
    /// What went wrong, where something did; its message says the same as the one above.
    pub problem: Option<AppError>,
    /// SolveXia does not know the current call (404 or 405): the older one may be offered as a
    /// second, separately confirmed action.
    pub offer_deprecated: bool,
}

/// One line of the Activity list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRow {
    /// Our own id of the action.
    pub id: i64,
    /// The account that it was done with.
    pub account_id: String,
    /// That account's name at that time.
    pub account_label: String,
    /// Who did it for SolveXia: the client id, or "access token".
    pub identity: String,
    /// Who sat at this computer.
    pub os_user: String,
    /// The run, `pr-…`; empty while it is not known which one was created.
    pub run_id: String,
    /// Its name at that time; what it was to be called, while it is not known.
    pub run_name: String,
    /// Which attempt of it was begun, or was there; none where that is not known.
    pub attempt: Option<u32>,
    /// The step that a restart began from.
    pub step_id: Option<String>,
    /// That step's name at that time.
    pub step_name: Option<String>,
    /// What was done.
    pub action: ActionName,
    /// Whether the older call was used.
    pub deprecated: bool,
    /// What is known of its effect.
    pub result: ActionResult,
    /// SolveXia's answer, or what is known without one.
    pub message: String,
    /// What its person wrote down with a mark; empty where nothing.
    pub note: String,
    /// SolveXia's support id, where it gave one.
    pub support_id: Option<String>,
    /// Why, as it was typed at the confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// When it was written down, just before it was sent (UTC ms).
    pub asked_at: i64,
    /// When its answer was known (UTC ms).
    pub answered_at: Option<i64>,
}
