//! One step of a run: its plan and its state.

use jiff::Timestamp;
use serde_json::Value;

use super::seeds::{Ending, StepKind, StepSeed};
use super::status::StepStatus;

/// The completion message while it runs.
pub const RUNNING_MESSAGE: &str = "step is currently running";

/// One step of a run or of a process's template.
#[derive(Debug, Clone)]
pub struct Step {
    pub id: String,
    pub name: String,
    pub order: String,
    pub kind: StepKind,
    pub enabled: bool,
    /// How much work it is, in seconds.
    pub seconds: f64,
    /// How its first attempt ends, how its second does, …; the last one repeats. Never empty.
    endings: Vec<Ending>,
    pub properties: Vec<Value>,
    pub status: StepStatus,
    pub started: Option<Timestamp>,
    pub finished: Option<Timestamp>,
    pub message: String,
    pub attempts: u32,
}

impl Step {
    /// The step of `seed` with this id, not begun.
    pub fn planned(id: String, seed: StepSeed) -> Self {
        let first = Ending {
            ends: seed.ends,
            completion_message: seed.completion_message,
        };
        let endings = std::iter::once(first).chain(seed.then).collect();
        Self {
            kind: seed.kind.unwrap_or_else(|| StepKind::of_id(&id)),
            id,
            name: seed.name,
            order: seed.order,
            enabled: seed.enabled,
            seconds: seed.seconds,
            endings,
            properties: seed.properties,
            status: StepStatus::NotStarted,
            started: None,
            finished: None,
            message: String::new(),
            attempts: 0,
        }
    }

    /// Whether the API lists it.
    pub fn is_listed(&self) -> bool {
        self.kind == StepKind::Data
    }

    /// Whether it is still to run.
    pub fn is_due(&self) -> bool {
        self.enabled && self.status == StepStatus::NotStarted
    }

    pub fn reset(&mut self) {
        self.status = StepStatus::NotStarted;
        self.started = None;
        self.finished = None;
        self.message.clear();
    }

    pub fn begin(&mut self, at: Timestamp) {
        self.status = StepStatus::Running;
        self.started = Some(at);
        self.finished = None;
        self.message = RUNNING_MESSAGE.to_owned();
        self.attempts += 1;
    }

    pub fn finish(&mut self, at: Timestamp) {
        let attempt = self.attempts.saturating_sub(1) as usize;
        if let Some(ending) = self.endings.get(attempt).or(self.endings.last()) {
            self.status = ending.ends.clone();
            self.message = ending.completion_message.clone();
        }
        self.finished = Some(at);
    }

    pub fn cancel(&mut self, at: Timestamp) {
        self.status = StepStatus::Cancelled;
        self.finished = self.started.map(|_| at);
        self.message.clear();
    }
}

/// Sorts steps as SolveXia numbers them: part by part, so that 1.2 comes before 1.10.
pub fn sort_by_order(steps: &mut [Step]) {
    steps.sort_by_cached_key(|step| order_key(&step.order));
}

fn order_key(order: &str) -> Vec<u64> {
    order
        .split('.')
        .map(|part| part.trim().parse().unwrap_or(u64::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::order_key;

    #[test]
    fn steps_are_ordered_by_number_and_not_by_letter() {
        let mut orders = ["1.10", "2.1", "1.2", "1.1"];
        orders.sort_by_key(|order| order_key(order));
        assert_eq!(orders, ["1.1", "1.2", "1.10", "2.1"]);
    }
}
