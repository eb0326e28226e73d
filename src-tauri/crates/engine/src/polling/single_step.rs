//! One step of a run: read again, added by its id, or taken off again.

use std::sync::Arc;

use runwatch_core::ids::{RunKey, StepId};
use runwatch_core::observation::{Listing, Step};
use runwatch_core::steps_read::all_known;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::polling::confirm_outcome::NewProof;
use crate::polling::read_steps::AllSteps;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

impl Engine {
    /// Reads one step again, or adds it by its id: SolveXia lists no action steps. Gives way to an action.
    ///
    /// # Errors
    /// [`EngineError::Call`] when SolveXia does not know the step in this run.
    pub async fn read_step(&self, key: &RunKey, id: StepId) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        // The run’s turn: a step that was read before an end must not be judged after it.
        let _turn = tracked.turn.lock().await;
        let api = self.accounts.api(&key.account)?;
        let answer = tokio::select! {
            biased;
            answer = api.step_status(&key.run, &id) => answer,
            () = tracked.action_waits() => return Err(EngineError::ActionFirst),
        };
        let seen = self.learn_from(&key.account, answer)?;
        let (mut steps, mut read) =
            tracked.read(|state| (state.steps.clone(), state.known_steps()));
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
        let proof = match steps.iter().any(|step| step.id == id && step.by_hand) {
            true => NewProof::StepAddedByHand,
            false => NewProof::StepsReadAgain,
        };
        tracked.update(|state| state.step_problems.remove(&id));
        read.add(id);
        self.save_steps(&tracked, steps, read).await?;
        self.judge_anew(&tracked, proof).await;
        Ok(())
    }

    /// Takes a step that was added by hand off a run again.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or it cannot be written down.
    pub async fn remove_step(&self, key: &RunKey, step: &StepId) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        let _turn = tracked.turn.lock().await;
        let (mut steps, read) = tracked.read(|state| (state.steps.clone(), state.known_steps()));
        steps.retain(|known| !(known.by_hand && known.id == *step));
        self.save_steps(&tracked, steps, read).await?;
        self.judge_anew(&tracked, NewProof::StepAddedByHand).await;
        Ok(())
    }

    /// Looks at a known end once more. The step is read, added or removed already: a failed correction does not
    /// undo that.
    async fn judge_anew(&self, tracked: &Arc<TrackedRun>, proof: NewProof) {
        if tracked.read(|state| state.run.outcome().is_none()) {
            return;
        }
        let mut steps = tracked.read(listing);
        // What counts is another: what nobody knows of the others decides as well.
        if proof == NewProof::StepAddedByHand && !all_known(&steps.entries) {
            let read = self.read_steps(tracked).await;
            steps = read.and_then(AllSteps::whole).unwrap_or(steps);
        }
        let _ = self.correct(tracked, &steps, proof).await;
    }
}

/// What is known of the steps of its attempt, with what is known of their list.
fn listing(state: &TrackedState) -> Listing<Step> {
    Listing {
        entries: state.steps_read(),
        is_cut: state.run.steps_are_cut,
    }
}
