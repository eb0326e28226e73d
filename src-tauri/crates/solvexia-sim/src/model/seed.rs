//! What a test or the demo says of the processes and runs that it wants.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::status::{RunStatus, StepStatus};

/// A process to be known to the simulation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProcessSeed {
    /// `p-…`; made up when missing.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Since when it exists; now when missing.
    pub date_created: Option<Timestamp>,
    /// The steps of its new runs.
    pub steps: Vec<StepSeed>,
}

/// A run to be known to the simulation. Without a `status` it waits to be started.
///
/// `Running` begins with the first step just started; an ended status plays the plan to its end
/// between the two dates, and `Cancelled` and `TimedOut` break it off at `date_finished`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunSeed {
    /// `pr-…`; made up when missing. A run that has this id already is replaced.
    pub id: Option<String>,
    /// Its name; made from its process when missing.
    pub name: Option<String>,
    /// Its process; one is made when it is missing or unknown.
    pub process: Option<String>,
    /// Free text.
    pub description: String,
    /// How far it is.
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
    /// Never moves by itself. Without it: true for a going run that has no steps.
    pub frozen: Option<bool>,
}

/// How a run behaves as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunPlan {
    /// How long it is `Scheduled` after a start.
    pub queue_seconds: f64,
    /// After so much work it is `TimedOut`.
    pub time_limit_seconds: Option<f64>,
    /// What becomes of the steps behind a failed one.
    pub after_failure: AfterFailure,
    /// The status that it ends with.
    pub ends_as: RunStatus,
    /// Starts again by itself after having rested so long.
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

/// What becomes of the steps behind a failed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterFailure {
    /// They stay `NotStarted`.
    #[default]
    Stop,
    /// They become `Cancelled`.
    Cancel,
    /// They run all the same.
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
    /// The kind that an id's prefix tells.
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
    /// What the step says of it.
    #[serde(default)]
    pub completion_message: String,
}

/// A step of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StepSeed {
    /// `ds-…` or `as-…`; made up when missing.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its place, as "1.2".
    pub order: String,
    /// Which kind; told by the id, else a data step.
    pub kind: Option<StepKind>,
    /// How much work it is.
    pub seconds: f64,
    /// How its first attempt ends.
    pub ends: StepStatus,
    /// What it says then.
    pub completion_message: String,
    /// How its second attempt ends, its third, …; the last ending repeats.
    pub then: Vec<Ending>,
    /// A step that is not enabled is listed and never runs.
    pub enabled: bool,
    /// Its properties, as the API shows them; ids are made up when missing.
    pub properties: Vec<Value>,
    /// How far it is, whatever the run's status says.
    pub status: Option<StepStatus>,
    /// When it was started, whatever the run's dates say.
    pub date_started: Option<Timestamp>,
    /// When it ended, whatever the run's dates say.
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
