//! The state machine of a run. It has no clock: callers pass the time and the work done since.

use jiff::Timestamp;

use super::action_counts::ActionCounts;
use super::seeds::{AfterFailure, RunPlan};
use super::status::{RunStatus, StepStatus};
use super::step::Step;
use super::work_time::WorkInterval;

/// Limit for a run that repeats without end within one interval.
const MOST_EVENTS_PER_INTERVAL: usize = 50_000;

/// Why an action was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
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
    /// Work left until the time limit.
    limit_left: Option<f64>,
}

/// What the run is doing, with the work left until the next event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Phase {
    Idle,
    Queued { left: f64 },
    RunningStep { index: usize, left: f64 },
    Resting { left: f64 },
}

/// The fields of a run that do not depend on its behaviour.
#[derive(Debug, Clone)]
pub struct RunIdentity {
    pub id: String,
    pub name: String,
    pub process: String,
    pub description: String,
    pub created: Timestamp,
}

impl Run {
    /// A run that waits to be started.
    pub fn waiting(identity: RunIdentity, plan: RunPlan, steps: Vec<Step>) -> Self {
        let mut steps = steps;
        super::step::sort_by_order(&mut steps);
        Self {
            id: identity.id,
            name: identity.name,
            process: identity.process,
            description: identity.description,
            last_modified_by: "finance.automation".to_owned(),
            created: identity.created,
            modified: identity.created,
            status: RunStatus::NotStarted,
            started: None,
            finished: None,
            steps,
            counts: ActionCounts::default(),
            frozen: false,
            plan,
            phase: Phase::Idle,
            limit_left: None,
        }
    }

    /// Whether it is under way: it can be cancelled, and not be started.
    pub fn is_active(&self) -> bool {
        match self.status {
            RunStatus::Scheduled | RunStatus::Running => true,
            RunStatus::Other(_) => self.finished.is_none(),
            _ => false,
        }
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Starts it; an ended run starts from the beginning.
    pub fn start(&mut self, now: Timestamp) -> Result<(), ActionError> {
        if self.is_active() {
            return Err(ActionError::AlreadyGoing);
        }
        self.counts.starts += 1;
        self.modified = now;
        self.schedule();
        Ok(())
    }

    /// Cancels it, and the step that is running.
    pub fn cancel(&mut self, now: Timestamp) -> Result<(), ActionError> {
        if !self.is_active() {
            return Err(ActionError::NotGoing);
        }
        self.counts.cancels += 1;
        self.modified = now;
        self.abort(RunStatus::Cancelled, now);
        Ok(())
    }

    /// Restarts it from one of its steps. Returns that step as it was before, because SolveXia's
    /// own response repeats the old dates.
    pub fn restart_from(&mut self, step: &str, now: Timestamp) -> Result<Step, ActionError> {
        let index = self
            .steps
            .iter()
            .position(|each| each.id == step)
            .ok_or(ActionError::NoSuchStep)?;
        if self.is_active() {
            return Err(ActionError::AlreadyGoing);
        }
        if self.status == RunStatus::NotStarted {
            return Err(ActionError::NeverRan);
        }
        let before = self.steps[index].clone();
        if !before.enabled {
            return Err(ActionError::DisabledStep);
        }
        self.counts.restarts += 1;
        self.modified = now;
        self.steps[index..].iter_mut().for_each(Step::reset);
        self.begin_at_step(index, now);
        Ok(before)
    }

    /// Applies the events that fall into `interval`.
    pub fn advance(&mut self, interval: WorkInterval) {
        if self.frozen {
            return;
        }
        let mut left = interval.work;
        for _ in 0..MOST_EVENTS_PER_INTERVAL {
            let Some(until_next) = self.work_until_next_event() else {
                return;
            };
            if until_next > left {
                self.do_work(left);
                return;
            }
            self.do_work(until_next);
            left -= until_next;
            self.take_next_event(interval.moment(interval.work - left));
        }
    }

    /// Sets it to `Running` with the step just begun.
    pub fn begin_at_step(&mut self, index: usize, at: Timestamp) {
        self.frozen = false;
        self.status = RunStatus::Running;
        self.started = Some(at);
        self.finished = None;
        self.limit_left = self.plan.time_limit_seconds;
        self.begin_next_step(index, at);
    }

    /// Sets it to `Scheduled`, with all steps reset.
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

    /// Ends it early.
    pub fn abort(&mut self, status: RunStatus, at: Timestamp) {
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
            Phase::Idle => None,
            Phase::Queued { left } | Phase::Resting { left } => Some(left),
            Phase::RunningStep { left, .. } => Some(self.limit_left.map_or(left, |l| l.min(left))),
        }
    }

    fn do_work(&mut self, work: f64) {
        match &mut self.phase {
            Phase::Idle => {}
            Phase::Queued { left } | Phase::Resting { left } => *left -= work,
            Phase::RunningStep { left, .. } => {
                *left -= work;
                self.limit_left = self.limit_left.map(|limit| limit - work);
            }
        }
    }

    fn take_next_event(&mut self, at: Timestamp) {
        match self.phase {
            Phase::Idle => {}
            Phase::Queued { .. } => self.begin_at_step(0, at),
            Phase::Resting { .. } => self.schedule(),
            Phase::RunningStep { index, left } if left <= 0.0 => self.finish_step(index, at),
            Phase::RunningStep { .. } => self.abort(RunStatus::TimedOut, at),
        }
    }

    fn finish_step(&mut self, index: usize, at: Timestamp) {
        self.steps[index].finish(at);
        let failed = self.steps[index].status == StepStatus::Failed;
        if !failed || self.plan.after_failure == AfterFailure::Continue {
            return self.begin_next_step(index + 1, at);
        }
        if self.plan.after_failure == AfterFailure::Cancel {
            self.steps[index + 1..]
                .iter_mut()
                .filter(|s| s.is_due())
                .for_each(|s| s.cancel(at));
        }
        self.end(self.plan.ends_as.clone(), at);
    }

    /// Begins the next step that is due, or ends the run.
    pub(super) fn begin_next_step(&mut self, from: usize, at: Timestamp) {
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
        self.phase = Phase::RunningStep {
            index,
            left: self.steps[index].seconds,
        };
    }

    fn end(&mut self, status: RunStatus, at: Timestamp) {
        self.status = status;
        self.finished = Some(at);
        self.phase = match self.plan.cycle_seconds {
            Some(left) => Phase::Resting { left },
            None => Phase::Idle,
        };
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
