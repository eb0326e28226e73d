//! How a run is put into a state that its plan does not lead to.

use jiff::Timestamp;

use super::patch::{RunPatch, StepPatch};
use super::run::{Phase, Run};
use super::status::{RunStatus, StepStatus};

impl Run {
    /// Forces what a test wants to see.
    pub fn force(&mut self, patch: RunPatch, now: Timestamp) {
        if let Some(name) = patch.name {
            self.name = name;
            self.modified = now;
        }
        if let Some(status) = patch.status {
            self.force_status(status, now);
        }
        self.started = patch.date_started.unwrap_or(self.started);
        self.finished = patch.date_finished.unwrap_or(self.finished);
        for each in patch.steps {
            self.force_step(each, now);
        }
        if let Some(frozen) = patch.frozen {
            self.frozen = frozen;
        }
        if !self.frozen && self.status == RunStatus::Running {
            self.go_on(now);
        }
    }

    /// Makes the machine agree with the steps after these were forced.
    fn go_on(&mut self, now: Timestamp) {
        let running = self
            .steps
            .iter()
            .position(|step| step.status == StepStatus::Running);
        match (running, &self.phase) {
            (Some(index), Phase::Stepping { index: current, .. }) if index == *current => {}
            (Some(index), _) => {
                self.phase = Phase::Stepping {
                    index,
                    left: self.steps[index].seconds,
                };
            }
            (None, _) => self.step_on_from(0, now),
        }
    }

    fn force_status(&mut self, status: RunStatus, now: Timestamp) {
        self.frozen = true;
        self.phase = Phase::Still;
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

    fn force_step(&mut self, patch: StepPatch, now: Timestamp) {
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
