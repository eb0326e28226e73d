//! The name and description of a run, read again.

use runwatch_core::ids::RunKey;
use runwatch_core::transaction::Transaction;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Reads the name of a run again, beside everything else: what is told of its end, and what
    /// somebody looks at, must name it as SolveXia does now.
    pub(crate) fn read_name_again(&self, tracked: &TrackedRun) {
        let (engine, key) = (self.clone(), tracked.key.clone());
        tokio::spawn(async move {
            if let Err(error) = engine.refresh_info(&key).await {
                tracing::debug!(%error, "a name could not be read again");
            }
        });
    }

    /// Reads name and description of a run again.
    ///
    /// # Errors
    /// [`EngineError::Call`] when SolveXia does not know it or cannot be asked.
    pub async fn refresh_info(&self, key: &RunKey) -> Result<(), EngineError> {
        let tracked = self.runs.get(key)?;
        let info = self.learn_from(
            &key.account,
            self.accounts.api(&key.account)?.run(&key.run).await,
        )?;
        if tracked.read(|state| state.run.info != info) {
            self.save(&tracked, Transaction::default(), |state| {
                state.run.info = info
            })
            .await?;
        }
        Ok(())
    }
}
