//! The processes, runs and files that exist, and how new ones are created.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::model::patches::{RunPatch, StepPatch};
use crate::model::run::{Run, RunIdentity};
use crate::model::run_from_seed::{SeededState, run_from_seed};
use crate::model::seeds::{ProcessSeed, RunSeed, StepKind, StepSeed};
use crate::model::step::{Step, sort_by_order};

/// First number of generated ids; seeds use lower ones.
const FIRST_MADE_UP_ID: u64 = 500_001;

/// A process, from which runs are created.
#[derive(Debug, Clone)]
pub struct Process {
    pub id: String,
    pub name: String,
    pub description: String,
    pub created: Timestamp,
    /// Its own steps, as the API lists them.
    pub steps: Vec<Step>,
    /// What the steps of a new run are made from.
    pub template: Vec<StepSeed>,
}

/// A file; the API shows its metadata only.
#[derive(Debug, Clone)]
pub struct File {
    pub id: String,
    pub name: String,
    pub size: u64,
    pub extension: String,
}

/// Everything that has an id.
#[derive(Debug)]
pub struct Catalogue {
    pub processes: Vec<Process>,
    pub runs: Vec<Run>,
    pub files: Vec<File>,
    next_id: u64,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            processes: Vec::new(),
            runs: Vec::new(),
            files: Vec::new(),
            next_id: FIRST_MADE_UP_ID,
        }
    }
}

impl Catalogue {
    pub fn run(&self, id: &str) -> Option<&Run> {
        self.runs.iter().find(|run| run.id == id)
    }

    pub fn run_mut(&mut self, id: &str) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.id == id)
    }

    pub fn process(&self, id: &str) -> Option<&Process> {
        self.processes.iter().find(|process| process.id == id)
    }

    /// A step by its own id: of a process or of a run.
    pub fn step(&self, id: &str) -> Option<&Step> {
        let of_processes = self.processes.iter().flat_map(|process| &process.steps);
        let of_runs = self.runs.iter().flat_map(|run| &run.steps);
        of_processes.chain(of_runs).find(|step| step.id == id)
    }

    pub fn step_mut(&mut self, id: &str) -> Option<&mut Step> {
        let of_processes = self
            .processes
            .iter_mut()
            .flat_map(|process| &mut process.steps);
        let of_runs = self.runs.iter_mut().flat_map(|run| &mut run.steps);
        of_processes.chain(of_runs).find(|step| step.id == id)
    }

    /// Adds a process, or replaces the one with its id, and returns the id.
    pub fn add_process(&mut self, seed: ProcessSeed, now: Timestamp) -> String {
        let id = seed.id.clone().unwrap_or_else(|| self.new_id("p"));
        let mut steps = self.planned(without_ids(&seed.steps));
        sort_by_order(&mut steps);
        self.processes.retain(|process| process.id != id);
        self.processes.push(Process {
            id: id.clone(),
            name: seed.name,
            description: seed.description,
            created: seed.date_created.unwrap_or(now),
            steps,
            template: seed.steps,
        });
        id
    }

    /// Adds a run, or replaces the one with its id, and returns the id.
    pub fn add_run(&mut self, seed: RunSeed, now: Timestamp) -> String {
        let id = seed.id.clone().unwrap_or_else(|| self.new_id("pr"));
        let process = self.process_for(&seed, now);
        let step_seeds = if seed.steps.is_empty() {
            without_ids(
                &self
                    .process(&process)
                    .map(|p| p.template.clone())
                    .unwrap_or_default(),
            )
        } else {
            seed.steps.clone()
        };
        let steps = self.planned(step_seeds.clone());
        let seed_state = SeededState {
            status: seed.status,
            started: seed.date_started,
            finished: seed.date_finished,
            frozen: seed.frozen,
            steps: steps
                .iter()
                .zip(&step_seeds)
                .map(|(step, seed)| patch(&step.id, seed))
                .collect(),
        };
        let identity = RunIdentity {
            name: seed
                .name
                .unwrap_or_else(|| self.next_run_name(&process, None)),
            id: id.clone(),
            process,
            description: seed.description,
            created: seed.date_created.or(seed.date_started).unwrap_or(now),
        };
        let run = run_from_seed(identity, seed.plan, steps, seed_state, now);
        self.runs.retain(|run| run.id != id);
        self.runs.push(run);
        id
    }

    /// Creates a run without starting it, as the API does.
    pub fn create_run(
        &mut self,
        process: &str,
        name_prefix: Option<&str>,
        now: Timestamp,
    ) -> Option<&Run> {
        self.process(process)?;
        let seed = RunSeed {
            name: Some(self.next_run_name(process, name_prefix)),
            process: Some(process.to_owned()),
            ..RunSeed::default()
        };
        let id = self.add_run(seed, now);
        self.run(&id)
    }

    /// Changes a run directly; false if there is no such run.
    pub fn change_run(&mut self, id: &str, patch: RunPatch, now: Timestamp) -> bool {
        if patch.delete {
            return self.delete_run(id);
        }
        self.run_mut(id)
            .map(|run| run.apply_patch(patch, now))
            .is_some()
    }

    /// Removes a run; false if there is no such run.
    pub fn delete_run(&mut self, id: &str) -> bool {
        let before = self.runs.len();
        self.runs.retain(|run| run.id != id);
        self.runs.len() < before
    }

    fn new_id(&mut self, prefix: &str) -> String {
        let id = format!("{prefix}-{}", self.next_id);
        self.next_id += 1;
        id
    }

    fn process_for(&mut self, seed: &RunSeed, now: Timestamp) -> String {
        match &seed.process {
            Some(id) if self.process(id).is_some() => id.clone(),
            other => {
                let run_name = seed.name.as_deref().unwrap_or("Process");
                let name = run_name.split(" : ").next().unwrap_or(run_name).to_owned();
                let steps = seed.steps.clone();
                let process = ProcessSeed {
                    id: other.clone(),
                    name,
                    steps,
                    ..Default::default()
                };
                self.add_process(process, now)
            }
        }
    }

    fn next_run_name(&self, process: &str, prefix: Option<&str>) -> String {
        let number = 1 + self
            .runs
            .iter()
            .filter(|run| run.process == process)
            .count();
        let of_process = self
            .process(process)
            .map_or("Process", |process| process.name.as_str());
        format!("{} : run #{number}", prefix.unwrap_or(of_process))
    }

    fn planned(&mut self, seeds: Vec<StepSeed>) -> Vec<Step> {
        seeds
            .into_iter()
            .map(|mut seed| {
                let kind = seed.kind.unwrap_or(StepKind::Data);
                let id = seed.id.take().unwrap_or_else(|| self.new_id(kind.prefix()));
                for property in &mut seed.properties {
                    self.settle_property_id(property);
                }
                Step::planned(id, seed)
            })
            .collect()
    }

    fn settle_property_id(&mut self, property: &mut Value) {
        if property.get("id").is_none_or(Value::is_null)
            && let Some(fields) = property.as_object_mut()
        {
            fields.insert("id".to_owned(), json!(self.new_id("dsprop")));
        }
    }
}

/// Every run and process has steps of its own, so the ids of a template are not copied.
fn without_ids(seeds: &[StepSeed]) -> Vec<StepSeed> {
    seeds
        .iter()
        .cloned()
        .map(|seed| StepSeed {
            kind: seed.kind.or(seed.id.as_deref().map(StepKind::of_id)),
            id: None,
            ..seed
        })
        .collect()
}

fn patch(id: &str, seed: &StepSeed) -> StepPatch {
    StepPatch {
        id: id.to_owned(),
        status: seed.status.clone(),
        date_started: seed.date_started.map(Some),
        date_finished: seed.date_finished.map(Some),
        completion_message: seed
            .status
            .as_ref()
            .map(|_| seed.completion_message.clone()),
        is_enabled: None,
    }
}
