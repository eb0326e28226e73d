//! What was read from SolveXia, after all its spellings have been made one.

use jiff::Timestamp;

use crate::ids::{ProcessId, RunId, StepId};
use crate::status::{RunStatus, StepStatus};
use crate::step_order::StepOrder;

/// An answer to `GET /processruns/{runId}`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunInfo {
    /// SolveXia's name of the run.
    pub name: String,
    /// The process that it is a run of.
    pub process: Option<ProcessId>,
    /// Free text.
    pub description: Option<String>,
    /// Who changed it last.
    pub last_modified_by: Option<String>,
    /// When it was changed last.
    pub date_modified: Option<Timestamp>,
    /// When it was created.
    pub date_created: Option<Timestamp>,
}

/// An answer to `GET /processruns/{runId}/runstatus`.
#[derive(Debug, Clone, PartialEq)]
pub struct RunObservation {
    /// The run that the answer names.
    pub run: RunId,
    /// Its status.
    pub status: RunStatus,
    /// When it started.
    pub started: Option<Timestamp>,
    /// When it finished. None does not mean that it goes on.
    pub finished: Option<Timestamp>,
    /// SolveXia's own duration, in seconds.
    pub duration_seconds: Option<f64>,
}

impl RunObservation {
    /// Whether this is the status of an ended run (docs/RULES.md, 3).
    pub fn ended(&self) -> bool {
        match self.status {
            RunStatus::Finished | RunStatus::Cancelled | RunStatus::TimedOut => true,
            RunStatus::NotStarted | RunStatus::Scheduled | RunStatus::Running => false,
            RunStatus::Unknown(_) => self.finished.is_some(),
        }
    }
}

/// A list of SolveXia's, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// Its first entries.
    pub entries: Vec<T>,
    /// SolveXia lists more than these.
    pub is_cut: bool,
}

impl<T> Listing<T> {
    /// All its entries; none where there are more than were read.
    pub fn whole(self) -> Option<Vec<T>> {
        (!self.is_cut).then_some(self.entries)
    }
}

impl<T> From<Vec<T>> for Listing<T> {
    /// A list that was read whole.
    fn from(entries: Vec<T>) -> Self {
        Self {
            entries,
            is_cut: false,
        }
    }
}

/// The steps that are read of one run or process. Each costs a request, and hardly a process has a tenth
/// of that.
pub const MOST_STEPS: usize = 2_000;

/// One entry of `GET /processruns/{runId}/steps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStep {
    /// The step.
    pub id: StepId,
    /// SolveXia's name of it.
    pub name: String,
    /// Its place in the order.
    pub order: Option<StepOrder>,
    /// Missing in the answer means enabled (docs/RULES.md, 2).
    pub enabled: bool,
}

/// An answer to `GET /processruns/{runId}/steps/{stepId}/runstatus`.
#[derive(Debug, Clone, PartialEq)]
pub struct StepObservation {
    /// The step's status.
    pub status: StepStatus,
    /// When it started.
    pub started: Option<Timestamp>,
    /// When it finished.
    pub finished: Option<Timestamp>,
    /// SolveXia's own duration, in seconds.
    pub duration_seconds: Option<f64>,
    /// SolveXia's message, plain text.
    pub message: String,
    /// Its dates name their zone: they can tell that of its run's.
    pub names_zone: bool,
}

/// A step as it is known here: listed or added by hand, read or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The step.
    pub id: StepId,
    /// Its name; the id for one added by hand.
    pub name: String,
    /// Its place; none for one added by hand.
    pub order: Option<StepOrder>,
    /// False where SolveXia has it switched off.
    pub enabled: bool,
    /// True where the user added it.
    pub by_hand: bool,
    /// Its status; none while unread.
    pub seen: Option<StepObservation>,
}

impl Step {
    /// Whether the outcome depends on it (docs/RULES.md, 2).
    pub fn counts(&self) -> bool {
        self.by_hand || self.enabled
    }

    /// Whether it was read, and shows this status.
    pub fn shows(&self, status: &StepStatus) -> bool {
        self.seen
            .as_ref()
            .is_some_and(|seen| seen.status == *status)
    }
}

/// Listed steps in numeric order, then those added by hand. Nothing is read yet.
pub fn merge_listed(listed: Listing<ListedStep>, known: &[Step]) -> Listing<Step> {
    let mut steps: Vec<Step> = listed
        .entries
        .into_iter()
        .map(|step| Step {
            by_hand: known.iter().any(|k| k.by_hand && k.id == step.id),
            id: step.id,
            name: step.name,
            order: step.order,
            enabled: step.enabled,
            seen: None,
        })
        .collect();
    // Stable: steps without a place keep SolveXia's order, after those with one.
    steps.sort_by_key(|step| (step.order.is_none(), step.order.clone()));
    let by_hand = known.iter().filter(|step| step.by_hand);
    let added: Vec<Step> = by_hand
        .filter(|step| !steps.iter().any(|listed| listed.id == step.id))
        .map(|step| Step {
            seen: None,
            ..step.clone()
        })
        .collect();
    steps.extend(added);
    Listing {
        entries: steps,
        is_cut: listed.is_cut,
    }
}

/// A process, as lists give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessInfo {
    /// The process.
    pub id: ProcessId,
    /// SolveXia's name of it.
    pub name: String,
    /// Free text; only when asked for one process.
    pub description: Option<String>,
    /// Who changed it last; only when asked for one process.
    pub last_modified_by: Option<String>,
    /// When it was changed last; only when asked for one process.
    pub date_modified: Option<Timestamp>,
}

/// A run, as the list of a process gives it, or as it was just created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRun {
    /// The run.
    pub id: RunId,
    /// SolveXia's name of it.
    pub name: String,
}
