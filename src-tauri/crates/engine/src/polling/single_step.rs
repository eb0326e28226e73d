//! One step of a run: read again, added by its id, or taken off again.

use runwatch_core::ids::{RunKey, StepId};
use runwatch_core::observation::{Listing, Step};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::polling::confirm_outcome::NewProof;
use crate::runs::tracked_run::TrackedRun;

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
        let mut steps = tracked.read(|state| state.steps.clone());
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
        self.save_steps(&tracked, steps.clone()).await?;
        // The step is added already; a failed correction does not undo that.
        let _ = self
            .correct(&tracked, &listing(&tracked, steps), proof)
            .await;
        Ok(())
    }

    /// Takes a step that was added by hand off a run again.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or it cannot be written down.
    pub async fn remove_step(&self, key: &RunKey, step: &StepId) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        let _turn = tracked.turn.lock().await;
        let mut steps = tracked.read(|state| state.steps.clone());
        steps.retain(|known| !(known.by_hand && known.id == *step));
        self.save_steps(&tracked, steps.clone()).await?;
        // The step is removed already; a failed correction does not undo that.
        let _ = self
            .correct(
                &tracked,
                &listing(&tracked, steps),
                NewProof::StepAddedByHand,
            )
            .await;
        Ok(())
    }
}

/// The steps of a run with what is known of their list.
fn listing(tracked: &TrackedRun, entries: Vec<Step>) -> Listing<Step> {
    Listing {
        entries,
        is_cut: tracked.read(|state| state.run.steps_are_cut),
    }
}
