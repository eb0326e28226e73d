//! One poll of one run, from its status to its outcome.

use jiff::Timestamp;
use runwatch_core::ids::RunKey;

use crate::accounts::session::{Session, SignInState};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::polling::confirm_outcome::NewProof;
use crate::runs::tracked_run::TrackedState;
use crate::scheduler::next_poll::are_steps_old;

impl Engine {
    /// Reads a run now, as its user wishes: what was refused may be tried again, the sign-in too, and
    /// it may have another name.
    ///
    /// # Errors
    /// As [`Engine::poll`].
    pub async fn refresh(&self, key: &RunKey) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        tracked.update(|state| state.refused = None);
        let session = self.accounts.get(&key.account);
        if let Some(Session {
            api: Some(api),
            sign_in: SignInState::SignedOut,
            ..
        }) = session
        {
            // A good sign-in does not prove that reads work, so poll anyway.
            if let Err(error) = api.sign_in().await {
                self.learn_from::<()>(&key.account, Err(error))?;
            }
        }
        self.poll(key, false).await?;
        self.read_name_again(&tracked);
        Ok(())
    }

    /// Reads a run now: its status, and its steps where it has ended or `with_steps` asks for them. Gives
    /// way to an action on the same run.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or SolveXia could not be asked.
    pub async fn poll(&self, key: &RunKey, with_steps: bool) -> Result<(), EngineError> {
        let (engine, key) = (self.clone(), key.clone());
        // Goes on to its end even where the caller stops waiting: what is written must be told.
        let read = tokio::spawn(async move { engine.poll_to_the_end(&key, with_steps).await });
        let read = read.await.unwrap_or_else(|_| {
            let sentence = "Runwatch failed while reading this run. It tries again.";
            Err(EngineError::NotNow(sentence.into()))
        });
        match read {
            // The action reads the status itself, and the run is polled again after it.
            Err(EngineError::ActionFirst) => Ok(()),
            read => read,
        }
    }

    async fn poll_to_the_end(&self, key: &RunKey, with_steps: bool) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        let _turn = tracked.turn.lock().await;
        if !self.runs.holds(&tracked) {
            return Err(EngineError::NoSuchRun);
        }
        if tracked.read(|state| state.busy) {
            return Err(EngineError::ActionFirst);
        }
        self.observe(&tracked).await?;
        if tracked.read(|state| state.pending()) {
            self.confirm_outcome(&tracked).await?;
        } else if with_steps || tracked.read(|state| to_be_corrected(state, self.now())) {
            let read = self.read_steps(&tracked).await?;
            self.correct(&tracked, &read.steps, NewProof::StepsReadAgain)
                .await?;
            read.whole()?;
        }
        tracked.update(|state| state.away &= state.pending());
        Ok(())
    }
}

/// An end that was unverified is looked at again: after it was told, and once after a start; very many steps, the less
/// often.
fn to_be_corrected(state: &TrackedState, now: Timestamp) -> bool {
    let is_wanted = state.unverified_at.is_some() || state.away;
    state.is_unverified() && is_wanted && are_steps_old(state, now)
}
