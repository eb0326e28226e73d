//! The name and description of a run, read again, and the name of its process.

use runwatch_core::ids::RunKey;
use runwatch_core::run::Run;
use runwatch_core::transaction::Transaction;
use tokio::time::Instant;

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

    /// Reads the name of a run's process, beside everything else, where it is not known yet.
    pub(crate) fn learn_process_name(&self, tracked: &TrackedRun) {
        let Some(process) = tracked.read(|state| state.run.info.process.clone()) else {
            return;
        };
        let account = tracked.key.account.clone();
        let key = (account.clone(), process.clone());
        if !self.process_names.begin_asking(&key, Instant::now()) {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            let Ok(api) = engine.accounts.api(&account) else {
                return;
            };
            match api.process(&process).await {
                Ok(info) => {
                    engine.process_names.learn(key, info.name);
                    for tracked in engine.runs.of_account(&account) {
                        let is_its = |run: &Run| run.info.process.as_ref() == Some(&process);
                        if tracked.read(|state| is_its(&state.run)) {
                            engine.runs.changed(&tracked.key);
                        }
                    }
                }
                Err(error) => tracing::debug!(%error, "the name of a process could not be read"),
            }
        });
    }
}
