//! The processes and runs that a test or the demo creates.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::status::{RunStatus, StepStatus};

/// A process to create.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProcessSeed {
    /// `p-…`; generated when missing.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// When it was created; now when missing.
    pub date_created: Option<Timestamp>,
    /// The steps of its new runs.
    pub steps: Vec<StepSeed>,
}

/// A run to create. Without a `status` it waits to be started.
///
/// `Running` has just started its first step. An ended status runs the plan to its end between the
/// two dates; `Cancelled` and `TimedOut` end it early, at `date_finished`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunSeed {
    /// `pr-…`; generated when missing. A run that has this id already is replaced.
    pub id: Option<String>,
    /// Its name; made from its process when missing.
    pub name: Option<String>,
    /// Its process; one is made when it is missing or unknown.
    pub process: Option<String>,
    /// Free text.
    pub description: String,
    /// Its status.
    pub status: Option<RunStatus>,
    /// When it was started.
    pub date_started: Option<Timestamp>,
    /// When it ended.
    pub date_finished: Option<Timestamp>,
    /// When it was made; now (or the start, if that is earlier) when missing.
    pub date_created: Option<Timestamp>,
    /// Its steps; those of its process when empty.
    pub steps: Vec<StepSeed>,
    /// How it behaves as a whole.
    #[serde(flatten)]
    pub plan: RunPlan,
    /// Whether it stands still. When missing: true for a running run without steps.
    pub frozen: Option<bool>,
}

/// How a run behaves as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunPlan {
    /// How long it stays `Scheduled` after a start.
    pub queue_seconds: f64,
    /// It is `TimedOut` after that much work.
    pub time_limit_seconds: Option<f64>,
    /// What happens to the steps after a failed one.
    pub after_failure: AfterFailure,
    /// The status that it ends with.
    pub ends_as: RunStatus,
    /// If set, it starts again that long after it ended.
    pub cycle_seconds: Option<f64>,
}

impl Default for RunPlan {
    fn default() -> Self {
        Self {
            queue_seconds: 1.0,
            time_limit_seconds: None,
            after_failure: AfterFailure::Stop,
            ends_as: RunStatus::Finished,
            cycle_seconds: None,
        }
    }
}

/// What happens to the steps after a failed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterFailure {
    /// They stay `NotStarted`.
    #[default]
    Stop,
    /// They become `Cancelled`.
    Cancel,
    /// They run anyway.
    Continue,
}

/// Data steps are listed by the API; action steps never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// `ds-…`.
    Data,
    /// `as-…`.
    Action,
}

impl StepKind {
    /// The kind by the prefix of an id.
    pub fn of_id(id: &str) -> Self {
        if id.starts_with("as-") {
            Self::Action
        } else {
            Self::Data
        }
    }

    /// The prefix of such steps' ids.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Data => "ds",
            Self::Action => "as",
        }
    }
}

/// How one attempt of a step ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    /// The status.
    pub ends: StepStatus,
    /// Its completion message.
    #[serde(default)]
    pub completion_message: String,
}

/// A step of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StepSeed {
    /// `ds-…` or `as-…`; generated when missing.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its order, as "1.2".
    pub order: String,
    /// Its kind; when missing, by its id, else a data step.
    pub kind: Option<StepKind>,
    /// How much work it is, in seconds.
    pub seconds: f64,
    /// How its first attempt ends.
    pub ends: StepStatus,
    /// Its completion message then.
    pub completion_message: String,
    /// How its second attempt ends, its third, …; the last ending repeats.
    pub then: Vec<Ending>,
    /// A step that is not enabled is listed and never runs.
    pub enabled: bool,
    /// Its properties, as the API shows them; ids are generated when missing.
    pub properties: Vec<Value>,
    /// Its status, independent of the run's.
    pub status: Option<StepStatus>,
    /// When it was started, independent of the run's dates.
    pub date_started: Option<Timestamp>,
    /// When it ended, independent of the run's dates.
    pub date_finished: Option<Timestamp>,
}

impl Default for StepSeed {
    fn default() -> Self {
        Self {
            id: None,
            name: "Step".to_owned(),
            order: "1.1".to_owned(),
            kind: None,
            seconds: 5.0,
            ends: StepStatus::Success,
            completion_message: String::new(),
            then: Vec::new(),
            enabled: true,
            properties: Vec::new(),
            status: None,
            date_started: None,
            date_finished: None,
        }
    }
}

impl StepSeed {
    /// A data step that succeeds.
    pub fn new(order: &str, name: &str, seconds: f64) -> Self {
        Self {
            name: name.to_owned(),
            order: order.to_owned(),
            seconds,
            ..Self::default()
        }
    }

    /// The same step with an id of its own.
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    /// The same step as an action step.
    pub fn action(mut self) -> Self {
        self.kind = Some(StepKind::Action);
        self
    }

    /// The same step, ending otherwise.
    pub fn ends(mut self, status: StepStatus, message: &str) -> Self {
        self.ends = status;
        self.completion_message = message.to_owned();
        self
    }

    /// The same step; its next attempt ends like this.
    pub fn then(mut self, ends: StepStatus, message: &str) -> Self {
        self.then.push(Ending {
            ends,
            completion_message: message.to_owned(),
        });
        self
    }

    /// The same step, not enabled.
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }
}

impl RunSeed {
    /// A run that waits to be started.
    pub fn new(id: &str, steps: Vec<StepSeed>) -> Self {
        Self {
            id: Some(id.to_owned()),
            steps,
            ..Self::default()
        }
    }

    /// The same run with a status.
    pub fn status(mut self, status: RunStatus) -> Self {
        self.status = Some(status);
        self
    }
}
