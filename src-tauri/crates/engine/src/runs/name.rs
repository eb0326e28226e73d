//! The name and description of a run, read again, and the name of its process.

use runwatch_core::error::CallError;
use runwatch_core::ids::RunKey;
use runwatch_core::observation::RunInfo;
use runwatch_core::transaction::Transaction;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::process_of;
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
        let answer = self.accounts.api(&key.account)?.run(&key.run).await;
        self.take_info(&tracked, answer).await
    }

    /// The same as a part of an action: it waits behind no other run.
    ///
    /// # Errors
    /// As [`Self::refresh_info`].
    pub(crate) async fn refresh_info_for_action(
        &self,
        tracked: &TrackedRun,
    ) -> Result<(), EngineError> {
        let key = &tracked.key;
        let answer = self.accounts.action_api(&key.account)?.run(&key.run).await;
        self.take_info(tracked, answer).await
    }

    async fn take_info(
        &self,
        tracked: &TrackedRun,
        answer: Result<RunInfo, CallError>,
    ) -> Result<(), EngineError> {
        let info = self.learn_from(&tracked.key.account, answer)?;
        if tracked.read(|state| state.run.info != info) {
            self.save(tracked, Transaction::default(), |state| {
                state.run.info = info
            })
            .await?;
        }
        Ok(())
    }

    /// Reads the name of a run's process, beside everything else, where it is not known yet.
    pub(crate) fn learn_process_name(&self, tracked: &TrackedRun) {
        let Some(process) = tracked.read(|state| process_of(&state.run)) else {
            return;
        };
        if !self.process_names.begin_asking(&process, Instant::now()) {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            let Ok(api) = engine.accounts.api(&process.0) else {
                return;
            };
            match api.process(&process.1).await {
                Ok(info) => {
                    engine.process_names.learn(process.clone(), info.name);
                    for tracked in engine.runs.of_account(&process.0) {
                        if tracked.read(|state| process_of(&state.run)).as_ref() == Some(&process) {
                            engine.runs.changed(&tracked.key);
                        }
                    }
                }
                Err(error) => tracing::debug!(%error, "the name of a process could not be read"),
            }
        });
    }
}
