//! A run as SolveXia has it, and what really happened to it.

use jiff::{SignedDuration, Timestamp};
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::observation::{ListedStep, Listing, RunObservation, StepObservation};
use runwatch_core::outcome::Outcome;
use runwatch_core::status::{RunStatus, StepStatus};
use runwatch_core::step_order::StepOrder;

/// A step as SolveXia has it.
#[derive(Debug, Clone)]
pub struct StepTruth {
    pub id: String,
    pub enabled: bool,
    pub status: String,
    pub message: String,
    /// Not in the list, as action steps are.
    pub unlisted: bool,
    /// When it began; none means when its run did.
    pub started: Option<Timestamp>,
}

/// A run as SolveXia has it.
#[derive(Debug, Clone)]
pub struct Truth {
    pub name: String,
    /// The process that it is a run of.
    pub process: Option<ProcessId>,
    /// When it was created.
    pub created: Option<Timestamp>,
    pub status: String,
    pub started: Option<Timestamp>,
    pub finished: Option<Timestamp>,
    /// How long SolveXia says that it took, or has taken so far.
    pub seconds: Option<f64>,
    pub steps: Vec<StepTruth>,
    /// As they were at the end of the attempt before.
    pub steps_before: Vec<StepTruth>,
    /// What is accepted has no effect yet.
    pub sluggish: bool,
    /// How far the zone in which SolveXia writes the dates of runs is ahead of UTC.
    pub zone: SignedDuration,
    /// It lists more steps than are read.
    pub lists_more: bool,
    /// Answers name this run instead.
    pub answers_as: Option<String>,
    /// What really happened.
    pub attempts: Vec<Attempt>,
}

/// One attempt, as it really was.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    pub started: Timestamp,
    /// When and how it ended.
    pub ended: Option<(Timestamp, Outcome)>,
    /// When the next one began.
    pub overtaken: Option<Timestamp>,
}

/// How a run of this status and these steps ended: rules 1 and 2, written a second time.
fn really(status: &str, steps: &[&str]) -> Outcome {
    match status {
        "Cancelled" => Outcome::Cancelled,
        "TimedOut" => Outcome::TimedOut,
        "Finished" if steps.contains(&"Failed") => Outcome::Failed,
        "Finished" if steps.contains(&"Warning") => Outcome::Warnings,
        "Finished" if steps.contains(&"Success") => Outcome::Succeeded,
        _ => Outcome::Unverified,
    }
}

impl Truth {
    /// Its steps ds-1, ds-2, … have these statuses.
    pub fn set_steps(&mut self, words: &[&str]) {
        let step = |(word, n): (&&str, usize)| StepTruth {
            id: format!("ds-{n}"),
            enabled: true,
            status: (*word).to_owned(),
            message: format!("{word} it is"),
            unlisted: false,
            started: None,
        };
        self.steps = words.iter().zip(1..).map(step).collect();
    }

    pub fn begin(&mut self, status: &str, now: Timestamp) {
        self.status = status.to_owned();
        for step in &mut self.steps {
            step.started = step.started.or(self.started);
        }
        self.steps_before.clone_from(&self.steps);
        (self.started, self.finished) = (Some(now), None);
        for step in &mut self.steps {
            step.status = "NotStarted".to_owned();
            step.started = None;
        }
        if let Some(before) = self.attempts.last_mut() {
            before.overtaken = Some(now);
        }
        self.attempts.push(Attempt {
            started: now,
            ended: None,
            overtaken: None,
        });
    }

    /// It ends like this, its steps too.
    pub fn end(&mut self, status: &str, steps: &[&str], now: Timestamp) {
        self.status = status.to_owned();
        self.finished = Some(now);
        self.set_steps(steps);
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.ended = Some((now, really(status, steps)));
        }
    }

    pub fn observation(&self, run: &RunId) -> RunObservation {
        let named = self.answers_as.as_deref();
        RunObservation {
            run: named.map_or_else(|| run.clone(), |id| RunId::parse(id).unwrap()),
            status: RunStatus::from_word(&self.status),
            started: self.started.map(|at| at + self.zone),
            finished: self.finished.map(|at| at + self.zone),
            duration_seconds: self.seconds,
        }
    }

    pub fn listed(&self) -> Listing<ListedStep> {
        let listed = |(step, n): (&StepTruth, usize)| ListedStep {
            id: StepId::parse(&step.id).unwrap(),
            name: format!("Step {n}"),
            order: StepOrder::parse(&format!("1.{n}")),
            enabled: step.enabled,
        };
        let steps = self.steps.iter().filter(|step| !step.unlisted);
        Listing {
            entries: steps.zip(1..).map(listed).collect(),
            is_cut: self.lists_more,
        }
    }

    pub fn step(&self, id: &StepId) -> Option<StepObservation> {
        let step = self.steps.iter().find(|step| step.id == id.as_str())?;
        // A step that was skipped has no dates.
        let ran = step.status != "Skipped";
        Some(StepObservation {
            status: StepStatus::from_word(&step.status),
            started: step.started.or(self.started).filter(|_| ran),
            finished: None,
            duration_seconds: self.seconds,
            message: step.message.clone(),
            names_zone: true,
        })
    }
}
