//! Reading the steps of a run: the list, then the status of each that counts.

use std::collections::HashMap;

use futures::StreamExt;
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::StepId;
use runwatch_core::observation::{Listing, Step, merge_listed};
use runwatch_core::status::StepStatus;
use runwatch_core::steps_read::StepsRead;
use runwatch_core::transaction::Transaction;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

/// Steps asked for at the same time: enough to be quick, few enough to be polite.
const AT_ONCE: usize = 6;

/// What a read of all steps brought.
#[derive(Debug)]
pub(crate) struct AllSteps {
    /// `seen` is none where a step could not be read.
    pub steps: Listing<Step>,
    /// Why the others were not asked for.
    pub stopped: Option<CallError>,
}

impl AllSteps {
    /// The steps, where each was asked for.
    pub fn whole(self) -> Result<Listing<Step>, EngineError> {
        let all = Ok(self.steps);
        self.stopped.map_or(all, |error| Err(error.into()))
    }
}

impl Engine {
    /// Reads all steps of a run and takes them in for display; of an end that is awaited, those that an interrupted
    /// read has not brought yet. Where the host cannot be asked at all, the rest is left alone. Gives way to an
    /// action, which would wait for all of them otherwise.
    pub(crate) async fn read_steps(&self, tracked: &TrackedRun) -> Result<AllSteps, EngineError> {
        let account = &tracked.key.account;
        let api = self.accounts.api(account)?;
        let listing = tokio::select! {
            listing = api.run_steps(&tracked.key.run) => listing,
            () = tracked.action_waits() => return Err(EngineError::ActionFirst),
        };
        let listed = match self.learn_from(account, listing) {
            Ok(listed) => listed,
            Err(error) => {
                tracked.update(|state| {
                    state.steps_problem = Some(error.clone());
                    state.has_read(state.known_after(StepsRead::default()));
                });
                self.runs.changed(&tracked.key);
                return Err(error.into());
            }
        };
        let (known, done) =
            tracked.read(|state| (state.steps.clone(), state.steps_done(self.now())));
        let mut steps = merge_listed(listed, &known);
        for step in &mut steps.entries {
            let before = done.iter().find(|one| one.id == step.id);
            step.seen = before.and_then(|one| one.seen.clone());
        }
        let wanted: Vec<StepId> = steps
            .entries
            .iter()
            .filter(|step| step.counts() && step.seen.is_none())
            .map(|step| step.id.clone())
            .collect();
        // One that gives no answer says nothing of the host; as many as are asked at a time do.
        let most_lost = wanted.len().min(AT_ONCE);
        let ask = |id: StepId| {
            let api = api.clone();
            let run = tracked.key.run.clone();
            async move { (api.step_status(&run, &id).await, id) }
        };
        let mut answers = futures::stream::iter(wanted)
            .map(ask)
            .buffer_unordered(AT_ONCE);
        let (mut problems, mut stopped, mut lost) = (HashMap::new(), None, 0);
        loop {
            let next = tokio::select! {
                next = answers.next() => next,
                () = tracked.action_waits() => return Err(EngineError::ActionFirst),
            };
            let Some((answer, id)) = next else {
                break;
            };
            match self.learn_from(account, answer) {
                Ok(seen) => {
                    let step = steps.entries.iter_mut().find(|step| step.id == id);
                    step.into_iter()
                        .for_each(|step| step.seen = Some(seen.clone()));
                }
                Err(error) if error.trouble == Trouble::Busy => {
                    stopped = Some(error);
                    break;
                }
                Err(error) => {
                    lost += usize::from(error.trouble == Trouble::Offline);
                    if lost == most_lost {
                        stopped = Some(error);
                        break;
                    }
                    problems.insert(id, error);
                }
            }
        }
        drop(answers);
        self.show_steps(tracked, &steps, &problems, stopped.as_ref())
            .await;
        Ok(AllSteps { steps, stopped })
    }

    /// Takes steps in for display: what could not be read now keeps its last-known status there.
    async fn show_steps(
        &self,
        tracked: &TrackedRun,
        steps: &Listing<Step>,
        problems: &HashMap<StepId, CallError>,
        stopped: Option<&CallError>,
    ) {
        let known = tracked.read(|state| state.steps.clone());
        let mut shown = steps.entries.clone();
        for step in shown.iter_mut().filter(|step| step.seen.is_none()) {
            step.seen = known
                .iter()
                .find(|k| k.id == step.id)
                .and_then(|k| k.seen.clone());
        }
        let (changed, to_be_kept, read) = tracked.update(|state| {
            let read = state.known_after(StepsRead::of(&steps.entries));
            let changed = state.steps != shown || state.step_problems != *problems;
            let to_be_kept = without_ticking(&state.steps) != without_ticking(&shown)
                || state.run.steps_are_cut != steps.is_cut
                || state.known_steps() != read;
            state.run.steps_are_cut = steps.is_cut;
            state.step_problems.clone_from(problems);
            state.steps_problem = stopped.cloned();
            if stopped.is_none() {
                state.run.steps_read_at = Some(self.now());
            }
            if !to_be_kept {
                state.steps.clone_from(&shown);
            }
            (changed, to_be_kept, read)
        });
        if to_be_kept {
            // `History` reports the failure (`Event::Store`); the steps are shown all the same.
            let _ = self.save_steps(tracked, shown, read).await;
        } else if changed || stopped.is_some() {
            self.runs.changed(&tracked.key);
        }
    }

    /// Keeps the steps of a run, and which of them are known of its attempt.
    pub(crate) async fn save_steps(
        &self,
        tracked: &TrackedRun,
        steps: Vec<Step>,
        read: StepsRead,
    ) -> Result<(), StoreError> {
        let with = Transaction {
            steps: Some((tracked.key.clone(), steps.clone())),
            ..Transaction::default()
        };
        let change = |state: &mut TrackedState| {
            state.steps = steps;
            state.has_read(read);
        };
        self.save(tracked, with, change).await.map(drop)
    }
}

/// The steps without the durations of those that go: these tick on, and need not be written down.
fn without_ticking(steps: &[Step]) -> Vec<Step> {
    let mut steps = steps.to_vec();
    for seen in steps.iter_mut().filter_map(|step| step.seen.as_mut()) {
        if seen.status == StepStatus::Running {
            seen.duration_seconds = None;
        }
    }
    steps
}
