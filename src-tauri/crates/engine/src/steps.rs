//! Reading the steps of a run: the list, then the status of each that counts.

use std::collections::HashMap;

use futures::StreamExt;
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::{RunKey, StepId};
use runwatch_core::observation::{ListedStep, Step};
use runwatch_core::status::StepStatus;
use runwatch_core::transaction::Transaction;

use crate::cell::Cell;
use crate::engine::{Engine, EngineError};
use crate::look::Found;

/// Steps asked for at the same time: enough to be quick, few enough to be polite.
const AT_ONCE: usize = 6;

impl Engine {
    /// Reads all steps of a run and takes them in for display. The answer holds what was read just
    /// now: `seen` is none where a step could not be. Where the host cannot be asked at all, the rest
    /// is left alone.
    pub(crate) async fn read_steps(&self, cell: &Cell) -> Result<Vec<Step>, EngineError> {
        let account = &cell.key.account;
        let api = self.api(account)?;
        let listed = match self.asked(account, api.run_steps(&cell.key.run).await) {
            Ok(listed) => listed,
            Err(error) => {
                cell.change(|state| state.steps_problem = Some(error.clone()));
                self.changed(&cell.key);
                return Err(error.into());
            }
        };
        let known = cell.peek(|state| state.steps.clone());
        let mut steps = merge(listed, &known);
        let wanted: Vec<StepId> = steps
            .iter()
            .filter(|step| step.counts())
            .map(|step| step.id.clone())
            .collect();
        let ask = |id: StepId| {
            let api = api.clone();
            let run = cell.key.run.clone();
            async move { (api.step_status(&run, &id).await, id) }
        };
        let mut answers = futures::stream::iter(wanted)
            .map(ask)
            .buffer_unordered(AT_ONCE);
        let (mut problems, mut stopped) = (HashMap::new(), None);
        while let Some((answer, id)) = answers.next().await {
            match self.asked(account, answer) {
                Ok(seen) => {
                    let step = steps.iter_mut().find(|step| step.id == id);
                    step.into_iter()
                        .for_each(|step| step.seen = Some(seen.clone()));
                }
                Err(error) if is_of_host(&error) => {
                    stopped = Some(error);
                    break;
                }
                Err(error) => {
                    problems.insert(id, error);
                }
            }
        }
        drop(answers);
        self.show_steps(cell, &steps, &problems, stopped.as_ref())
            .await;
        stopped.map_or(Ok(steps), |error| Err(error.into()))
    }

    /// Takes steps in for display: what could not be read now keeps its last-known status there.
    async fn show_steps(
        &self,
        cell: &Cell,
        steps: &[Step],
        problems: &HashMap<StepId, CallError>,
        stopped: Option<&CallError>,
    ) {
        let known = cell.peek(|state| state.steps.clone());
        let mut shown = steps.to_vec();
        for step in shown.iter_mut().filter(|step| step.seen.is_none()) {
            step.seen = known
                .iter()
                .find(|k| k.id == step.id)
                .and_then(|k| k.seen.clone());
        }
        let (changed, to_be_kept) = cell.change(|state| {
            let changed = state.steps != shown || state.step_problems != *problems;
            let to_be_kept = without_ticking(&state.steps) != without_ticking(&shown);
            state.step_problems.clone_from(problems);
            state.steps_problem = stopped.cloned();
            if stopped.is_none() {
                state.run.steps_read_at = Some(self.now());
            }
            if !to_be_kept {
                state.steps.clone_from(&shown);
            }
            (changed, to_be_kept)
        });
        if to_be_kept {
            // A store that fails says so by itself; the steps are shown all the same.
            let _ = self.save_steps(cell, shown).await;
        } else if changed || stopped.is_some() {
            self.changed(&cell.key);
        }
    }

    /// Keeps the steps of a run.
    pub(crate) async fn save_steps(&self, cell: &Cell, steps: Vec<Step>) -> Result<(), StoreError> {
        let with = Transaction {
            steps: Some((cell.key.clone(), steps.clone())),
            ..Transaction::default()
        };
        self.save(cell, with, |state| state.steps = steps)
            .await
            .map(drop)
    }

    /// Reads one step again, or adds it by its id: SolveXia lists no action steps.
    ///
    /// # Errors
    /// [`EngineError::Call`] when SolveXia does not know the step in this run.
    pub async fn read_step(&self, key: &RunKey, id: StepId) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        // What was read before an end must not be judged after it.
        let _turn = cell.turn.lock().await;
        let seen = self.asked(
            &key.account,
            self.api(&key.account)?.step_status(&key.run, &id).await,
        )?;
        let mut steps = cell.peek(|state| state.steps.clone());
        match steps.iter_mut().find(|step| step.id == id) {
            Some(step) => step.seen = Some(seen),
            None => steps.push(Step {
                name: id.to_string(),
                id: id.clone(),
                order: None,
                enabled: true,
                by_hand: true,
                seen: Some(seen),
            }),
        }
        let found = match steps.iter().any(|step| step.id == id && step.by_hand) {
            true => Found::ByHand,
            false => Found::Later,
        };
        cell.change(|state| state.step_problems.remove(&id));
        self.save_steps(&cell, steps.clone()).await?;
        // It is there, whether SolveXia can be asked once more or not.
        let _ = self.correct(&cell, &steps, found).await;
        Ok(())
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

/// Whether all other steps would meet the same.
fn is_of_host(error: &CallError) -> bool {
    matches!(error.trouble, Trouble::Busy | Trouble::Offline)
}

/// Listed steps in numeric order, then those added by hand. Nothing is read yet.
pub(crate) fn merge(listed: Vec<ListedStep>, known: &[Step]) -> Vec<Step> {
    let mut steps: Vec<Step> = listed
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
    steps
}
