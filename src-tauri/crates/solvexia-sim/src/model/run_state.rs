//! The true state of a run for tests, independent of how the API shows it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::action_counts::ActionCounts;
use super::run::Run;
use super::seeds::StepKind;
use super::status::{RunStatus, StepStatus};
use super::step::Step;

/// The true state of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are those of the API")]
pub struct RunState {
    pub id: String,
    pub name: String,
    pub process: String,
    pub status: RunStatus,
    pub date_started: Option<Timestamp>,
    pub date_finished: Option<Timestamp>,
    pub counts: ActionCounts,
    pub frozen: bool,
    pub steps: Vec<StepState>,
}

/// The true state of a step of either kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are those of the API")]
pub struct StepState {
    pub id: String,
    pub name: String,
    pub order: String,
    pub kind: StepKind,
    pub is_enabled: bool,
    pub status: StepStatus,
    pub date_started: Option<Timestamp>,
    pub date_finished: Option<Timestamp>,
    pub completion_message: String,
    pub attempts: u32,
}

impl From<&Run> for RunState {
    fn from(run: &Run) -> Self {
        Self {
            id: run.id.clone(),
            name: run.name.clone(),
            process: run.process.clone(),
            status: run.status.clone(),
            date_started: run.started,
            date_finished: run.finished,
            counts: run.counts,
            frozen: run.frozen,
            steps: run.steps.iter().map(StepState::from).collect(),
        }
    }
}

impl From<&Step> for StepState {
    fn from(step: &Step) -> Self {
        Self {
            id: step.id.clone(),
            name: step.name.clone(),
            order: step.order.clone(),
            kind: step.kind,
            is_enabled: step.enabled,
            status: step.status.clone(),
            date_started: step.started,
            date_finished: step.finished,
            completion_message: step.message.clone(),
            attempts: step.attempts,
        }
    }
}
