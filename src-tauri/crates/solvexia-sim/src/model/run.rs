//! The state machine of a run. It holds no clock: who calls it says when something happens and
//! how much work was done since.

use jiff::Timestamp;

use super::seed::{AfterFailure, RunPlan};
use super::state::ActionCounts;
use super::status::{RunStatus, StepStatus};
use super::step::Step;
use super::time::Stretch;

/// A run that cycles without end in one stretch is left where it is after so many events.
const MOST_EVENTS_IN_A_STRETCH: usize = 50_000;

/// Why an action was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("The process run is already running.")]
    AlreadyGoing,
    #[error("The process run is not running.")]
    NotGoing,
    #[error("The process run has never been started.")]
    NeverRan,
    #[error("The step is disabled.")]
    DisabledStep,
    #[error("The step does not exist in this process run.")]
    NoSuchStep,
}

/// A process run.
#[derive(Debug, Clone)]
pub struct Run {
    pub id: String,
    pub name: String,
    pub process: String,
    pub description: String,
    pub last_modified_by: String,
    pub created: Timestamp,
    pub modified: Timestamp,
    pub status: RunStatus,
    pub started: Option<Timestamp>,
    pub finished: Option<Timestamp>,
    /// In the order in which they run; both kinds.
    pub steps: Vec<Step>,
    pub counts: ActionCounts,
    pub frozen: bool,
    pub plan: RunPlan,
    pub(super) phase: Phase,
    /// Work until the time limit strikes.
    limit_left: Option<f64>,
}

/// What the run is doing, with the work that is left until something changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Phase {
    Still,
    Queued { left: f64 },
    Stepping { index: usize, left: f64 },
    Resting { left: f64 },
}

/// What identifies a run, apart from how it behaves.
#[derive(Debug, Clone)]
pub struct About {
    pub id: String,
    pub name: String,
    pub process: String,
    pub description: String,
    pub created: Timestamp,
}

impl Run {
    /// A run that waits to be started.
    pub fn waiting(about: About, plan: RunPlan, steps: Vec<Step>) -> Self {
        let mut steps = steps;
        super::step::sort_by_order(&mut steps);
        Self {
            id: about.id,
            name: about.name,
            process: about.process,
            description: about.description,
            last_modified_by: "finance.automation".to_owned(),
            created: about.created,
            modified: about.created,
            status: RunStatus::NotStarted,
            started: None,
            finished: None,
            steps,
            counts: ActionCounts::default(),
            frozen: false,
            plan,
            phase: Phase::Still,
            limit_left: None,
        }
    }

    /// Whether it can be cancelled, and cannot be started.
    pub fn is_going(&self) -> bool {
        match self.status {
            RunStatus::Scheduled | RunStatus::Running => true,
            RunStatus::Other(_) => self.finished.is_none(),
            _ => false,
        }
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Starts it; a run that has ended begins all over again.
    pub fn start(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if self.is_going() {
            return Err(Refusal::AlreadyGoing);
        }
        self.counts.starts += 1;
        self.modified = now;
        self.schedule();
        Ok(())
    }

    /// Cancels it, and the step that is running.
    pub fn cancel(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if !self.is_going() {
            return Err(Refusal::NotGoing);
        }
        self.counts.cancels += 1;
        self.modified = now;
        self.break_off(RunStatus::Cancelled, now);
        Ok(())
    }

    /// Runs it again from one of its steps on. Answers that step as it was before, because
    /// SolveXia's own answer repeats the step's old dates.
    pub fn restart_from(&mut self, step: &str, now: Timestamp) -> Result<Step, Refusal> {
        let index = self
            .steps
            .iter()
            .position(|each| each.id == step)
            .ok_or(Refusal::NoSuchStep)?;
        if self.is_going() {
            return Err(Refusal::AlreadyGoing);
        }
        if self.status == RunStatus::NotStarted {
            return Err(Refusal::NeverRan);
        }
        let before = self.steps[index].clone();
        if !before.enabled {
            return Err(Refusal::DisabledStep);
        }
        self.counts.restarts += 1;
        self.modified = now;
        self.steps[index..].iter_mut().for_each(Step::reset);
        self.run_from(index, now);
        Ok(before)
    }

    /// Lets it take the steps that fall into `stretch`.
    pub fn advance(&mut self, stretch: Stretch) {
        if self.frozen {
            return;
        }
        let mut left = stretch.work;
        for _ in 0..MOST_EVENTS_IN_A_STRETCH {
            let Some(until_next) = self.work_until_next_event() else {
                return;
            };
            if until_next > left {
                self.spend(left);
                return;
            }
            self.spend(until_next);
            left -= until_next;
            self.take_next_event(stretch.moment(stretch.work - left));
        }
    }

    /// Puts it into `Running` with its first step just begun, whatever it did before.
    pub fn run_from(&mut self, index: usize, at: Timestamp) {
        self.frozen = false;
        self.status = RunStatus::Running;
        self.started = Some(at);
        self.finished = None;
        self.limit_left = self.plan.time_limit_seconds;
        self.step_on_from(index, at);
    }

    /// Puts it into `Scheduled`, its steps as if they had never run.
    pub fn schedule(&mut self) {
        self.steps.iter_mut().for_each(Step::reset);
        self.frozen = false;
        self.status = RunStatus::Scheduled;
        self.started = None;
        self.finished = None;
        self.phase = Phase::Queued {
            left: self.plan.queue_seconds,
        };
    }

    /// Ends it before its plan does.
    pub fn break_off(&mut self, status: RunStatus, at: Timestamp) {
        for step in self
            .steps
            .iter_mut()
            .filter(|step| step.status == StepStatus::Running)
        {
            step.cancel(at);
        }
        self.end(status, at);
    }

    fn work_until_next_event(&self) -> Option<f64> {
        match self.phase {
            Phase::Still => None,
            Phase::Queued { left } | Phase::Resting { left } => Some(left),
            Phase::Stepping { left, .. } => Some(self.limit_left.map_or(left, |l| l.min(left))),
        }
    }

    fn spend(&mut self, work: f64) {
        match &mut self.phase {
            Phase::Still => {}
            Phase::Queued { left } | Phase::Resting { left } => *left -= work,
            Phase::Stepping { left, .. } => {
                *left -= work;
                self.limit_left = self.limit_left.map(|limit| limit - work);
            }
        }
    }

    fn take_next_event(&mut self, at: Timestamp) {
        match self.phase {
            Phase::Still => {}
            Phase::Queued { .. } => self.run_from(0, at),
            Phase::Resting { .. } => self.schedule(),
            Phase::Stepping { index, left } if left <= 0.0 => self.finish_step(index, at),
            Phase::Stepping { .. } => self.break_off(RunStatus::TimedOut, at),
        }
    }

    fn finish_step(&mut self, index: usize, at: Timestamp) {
        self.steps[index].finish(at);
        let failed = self.steps[index].status == StepStatus::Failed;
        if !failed || self.plan.after_failure == AfterFailure::Continue {
            return self.step_on_from(index + 1, at);
        }
        if self.plan.after_failure == AfterFailure::Cancel {
            self.steps[index + 1..]
                .iter_mut()
                .filter(|s| s.is_due())
                .for_each(|s| s.cancel(at));
        }
        self.end(self.plan.ends_as.clone(), at);
    }

    /// Begins the first step from there on that is due, or ends the run.
    pub(super) fn step_on_from(&mut self, from: usize, at: Timestamp) {
        let due = self
            .steps
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, step)| step.is_due());
        let Some(index) = due.map(|(index, _)| index) else {
            return self.end(self.plan.ends_as.clone(), at);
        };
        self.steps[index].begin(at);
        self.phase = Phase::Stepping {
            index,
            left: self.steps[index].seconds,
        };
    }

    fn end(&mut self, status: RunStatus, at: Timestamp) {
        self.status = status;
        self.finished = Some(at);
        self.phase = match self.plan.cycle_seconds {
            Some(left) => Phase::Resting { left },
            None => Phase::Still,
        };
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
