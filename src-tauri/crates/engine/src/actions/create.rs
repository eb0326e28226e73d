//! A new run of a process. It is in the list and in the log as soon as SolveXia has made it, whatever fails
//! afterwards; where the answer was lost, it is looked for (docs/RULES.md, 26).

use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::error::{CallError, Effect};
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::observation::{Listing, NamedRun, RunInfo};
use runwatch_core::ports::SolveXia;
use runwatch_core::run::Run;
use runwatch_core::status::RunStatus;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::transaction::Transaction;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;
use crate::runs::tracked_run::TrackedRun;

/// What came of creating a run.
#[derive(Debug, Clone, PartialEq)]
pub enum CreateAnswer {
    /// It was made, and is in the list.
    Created {
        /// The new run.
        run: RunKey,
        /// Why it could not be read yet, in a sentence or two.
        unread: Option<String>,
    },
    /// Nobody knows whether it was made.
    Lost {
        /// What happened, and what was found since, in a sentence or two.
        message: String,
        /// The runs of the process that were not there before.
        new_runs: Vec<NamedRun>,
    },
}

impl Engine {
    /// Creates a run, not started. Goes on to its end even where the caller stops waiting.
    ///
    /// # Errors
    /// [`EngineError`] where nothing was created.
    pub async fn create_run(
        &self,
        account: &AccountId,
        process: &ProcessId,
        name_prefix: &str,
    ) -> Result<CreateAnswer, EngineError> {
        let engine = self.clone();
        let (account, process) = (account.clone(), process.clone());
        let name_prefix = name_prefix.to_owned();
        let create = async move {
            engine
                .create_to_the_end(&account, &process, &name_prefix)
                .await
        };
        self.acting.spawn(create).await.unwrap_or_else(|_| {
            Err(EngineError::NotNow(
                "Runwatch failed while creating this run. Look at the runs of its process before you try \
                 again."
                    .into(),
            ))
        })
    }

    async fn create_to_the_end(
        &self,
        account: &AccountId,
        process: &ProcessId,
        name_prefix: &str,
    ) -> Result<CreateAnswer, EngineError> {
        let api = self.accounts.api(account)?;
        // To tell a new run from the others, should the answer be lost.
        let before = self
            .learn_from(account, api.process_runs(process).await)
            .ok()
            .and_then(Listing::whole);
        match self.learn_from(account, api.create_run(process, name_prefix).await) {
            Ok(created) => self.take_created(account, process, created).await,
            Err(error) if error.effect == Effect::None => Err(error.into()),
            Err(error) => Ok(self
                .look_for_created(account, process, &*api, before, &error)
                .await),
        }
    }

    async fn take_created(
        &self,
        account: &AccountId,
        process: &ProcessId,
        created: NamedRun,
    ) -> Result<CreateAnswer, EngineError> {
        let key = RunKey {
            account: account.clone(),
            run: created.id,
        };
        let info = RunInfo {
            name: created.name,
            process: Some(process.clone()),
            ..RunInfo::default()
        };
        let run = Run {
            info,
            ..Run::new(key.clone())
        };
        let still_here = || self.accounts.get(account).is_some();
        let new = || TrackedRun::new(run.clone(), Vec::new());
        let (tracked, _) = self.runs.get_or_insert(&key, still_here, new)?;
        self.log_created(&tracked, &run).await;
        let read = match self.refresh_info(&key).await {
            Ok(()) => self.poll(&key, false).await,
            Err(error) => Err(error),
        };
        let unread = read.err().map(|error| {
            format!(
                "It was created as {}, and is in your list. It could not be read yet: {error}",
                key.run
            )
        });
        Ok(CreateAnswer::Created { run: key, unread })
    }

    /// SolveXia has made it: there is no way back, so that what cannot be written is kept in memory.
    async fn log_created(&self, tracked: &TrackedRun, run: &Run) {
        let not_started = StatusStamp {
            status: RunStatus::NotStarted,
            started: None,
            finished: None,
        };
        let action = Action {
            result: ActionResult::Ok,
            message: "SolveXia created it.".to_owned(),
            answered: Some(self.now()),
            ..self.new_action(run, ActionKind::Create, not_started)
        };
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        let written = self.save(tracked, with, |_| ()).await;
        let id = written
            .ok()
            .and_then(|written| written.action_id)
            // In memory alone; what the store gives is above zero.
            .unwrap_or(-action.asked.as_millisecond());
        self.events
            .emit(Event::Action(Box::new(Action { id, ..action })));
    }

    async fn look_for_created(
        &self,
        account: &AccountId,
        process: &ProcessId,
        api: &dyn SolveXia,
        before: Option<Vec<NamedRun>>,
        error: &CallError,
    ) -> CreateAnswer {
        let now = self
            .learn_from(account, api.process_runs(process).await)
            .ok()
            .and_then(Listing::whole);
        let (message, new_runs) = match before.zip(now) {
            None => (
                "Whether the run was created is not known: its process could not be looked at. Look at its \
                 runs before you create another one.",
                Vec::new(),
            ),
            Some((before, mut now)) => {
                now.retain(|run| !before.iter().any(|known| known.id == run.id));
                let message = match now.as_slice() {
                    [] => {
                        "No new run of this process shows yet. SolveXia may still be creating it: look again \
                         in a minute before you create another one."
                    }
                    [_] => "One run of this process is new since then, and probably yours.",
                    _ => {
                        "Several runs of this process are new since then. Yours may be among them."
                    }
                };
                (message, now)
            }
        };
        CreateAnswer::Lost {
            message: format!("{} {message}", error.message),
            new_runs,
        }
    }
}
