//! Applies direct changes to a run, past its state machine.

use jiff::Timestamp;

use super::patches::{RunPatch, StepPatch};
use super::run::{Phase, Run};
use super::status::{RunStatus, StepStatus};

impl Run {
    /// Applies the changes.
    pub fn apply_patch(&mut self, patch: RunPatch, now: Timestamp) {
        if let Some(name) = patch.name {
            self.name = name;
            self.modified = now;
        }
        if let Some(status) = patch.status {
            self.set_status(status, now);
        }
        self.started = patch.date_started.unwrap_or(self.started);
        self.finished = patch.date_finished.unwrap_or(self.finished);
        for each in patch.steps {
            self.patch_step(each, now);
        }
        if let Some(frozen) = patch.frozen {
            self.frozen = frozen;
        }
        if !self.frozen && self.status == RunStatus::Running {
            self.resume(now);
        }
    }

    /// Makes the run's phase match its steps after they were changed.
    fn resume(&mut self, now: Timestamp) {
        let running = self
            .steps
            .iter()
            .position(|step| step.status == StepStatus::Running);
        match (running, &self.phase) {
            (Some(index), Phase::RunningStep { index: current, .. }) if index == *current => {}
            (Some(index), _) => {
                self.phase = Phase::RunningStep {
                    index,
                    left: self.steps[index].seconds,
                };
            }
            (None, _) => self.begin_next_step(0, now),
        }
    }

    fn set_status(&mut self, status: RunStatus, now: Timestamp) {
        self.frozen = true;
        self.phase = Phase::Idle;
        match status {
            RunStatus::NotStarted | RunStatus::Scheduled => {
                self.started = None;
                self.finished = None;
            }
            RunStatus::Finished | RunStatus::Cancelled | RunStatus::TimedOut => {
                self.started = self.started.or(Some(now));
                self.finished = self.finished.or(Some(now));
            }
            RunStatus::Running | RunStatus::Other(_) => {
                self.started = self.started.or(Some(now));
                self.finished = None;
            }
        }
        self.status = status;
    }

    fn patch_step(&mut self, patch: StepPatch, now: Timestamp) {
        let Some(step) = self.steps.iter_mut().find(|step| step.id == patch.id) else {
            return;
        };
        if let Some(status) = patch.status {
            step.started = step
                .started
                .or((status != StepStatus::NotStarted).then_some(now));
            step.finished = status.has_ended().then_some(step.finished.unwrap_or(now));
            step.status = status;
        }
        step.started = patch.date_started.unwrap_or(step.started);
        step.finished = patch.date_finished.unwrap_or(step.finished);
        step.enabled = patch.is_enabled.unwrap_or(step.enabled);
        if let Some(message) = patch.completion_message {
            step.message = message;
        }
    }
}
