//! A new run of a process. It is in the list and in the log as soon as SolveXia has made it, whatever fails
//! afterwards; where the answer was lost, it is looked for (docs/RULES.md, 26).

use jiff::Timestamp;
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::error::Effect;
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::observation::{Listing, NamedRun, RunInfo};
use runwatch_core::open_create::OpenCreate;
use runwatch_core::run::Run;
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
    /// Creates a run, not started. Goes on to its end even where the caller stops waiting. Where the answer
    /// to an earlier one was lost, that is looked for, and nothing is sent unless `again` says that another
    /// one is wanted all the same.
    ///
    /// # Errors
    /// [`EngineError`] where nothing was created.
    pub async fn create_run(
        &self,
        account: &AccountId,
        process: &ProcessId,
        name_prefix: &str,
        again: bool,
    ) -> Result<CreateAnswer, EngineError> {
        let engine = self.clone();
        let (account, process) = (account.clone(), process.clone());
        let name_prefix = name_prefix.to_owned();
        let create = async move {
            engine
                .create_to_the_end(&account, &process, &name_prefix, again)
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
        again: bool,
    ) -> Result<CreateAnswer, EngineError> {
        let api = self.accounts.api(account)?;
        let earlier = self.open_creates.get(account, process);
        if let Some(earlier) = earlier.as_ref().filter(|_| !again) {
            let now = self.all_runs_of(account, process).await;
            return Ok(lost_answer(EARLIER, earlier, now));
        }
        // To tell a new run from the others, should the answer be lost. What an earlier one made is new too.
        let before = match &earlier {
            Some(earlier) => earlier.before.clone(),
            None => {
                let before = self.all_runs_of(account, process).await;
                before.map(|runs| runs.into_iter().map(|run| run.id).collect())
            }
        };
        let open = OpenCreate {
            account: account.clone(),
            process: process.clone(),
            before,
            asked: self.now(),
        };
        self.open_create(open.clone()).await;
        match self.learn_from(account, api.create_run(process, name_prefix).await) {
            Ok(created) => {
                let answer = self.take_created(account, process, created).await;
                self.close_create(account, process).await;
                answer
            }
            Err(error) if error.effect == Effect::None => {
                // Of the earlier one as little is known as before.
                match earlier {
                    Some(earlier) => self.open_create(earlier).await,
                    None => self.close_create(account, process).await,
                }
                Err(error.into())
            }
            Err(error) => {
                let now = self.all_runs_of(account, process).await;
                Ok(lost_answer(&error.message, &open, now))
            }
        }
    }

    /// All runs that a process has; none where they could not all be listed.
    async fn all_runs_of(&self, account: &AccountId, process: &ProcessId) -> Option<Vec<NamedRun>> {
        let api = self.accounts.api(account).ok()?;
        let runs = self.learn_from(account, api.process_runs(process).await);
        runs.ok().and_then(Listing::whole)
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
        let new = || TrackedRun::new(run, Vec::new());
        let (tracked, _) = self.runs.get_or_insert(&key, still_here, new)?;
        let asked = self.now();
        self.log_created(&tracked, ActionResult::Ok, "SolveXia created it.", asked)
            .await;
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

    /// Puts a run that was looked for into the log, where it is one.
    pub(crate) async fn log_if_looked_for(&self, tracked: &TrackedRun) {
        let process = tracked.read(|state| state.run.info.process.clone());
        let Some(open) = self.find_create(&tracked.key, process.as_ref()).await else {
            return;
        };
        let message = "The answer was lost. This run was new afterwards, and was added here.";
        self.log_created(tracked, ActionResult::Unknown, message, open.asked)
            .await;
    }

    /// There is no way back, so that what cannot be written is kept in memory.
    async fn log_created(
        &self,
        tracked: &TrackedRun,
        result: ActionResult,
        message: &str,
        asked: Timestamp,
    ) {
        let run = tracked.read(|state| state.run.clone());
        let action = Action {
            result,
            message: message.to_owned(),
            asked,
            answered: Some(self.now()),
            ..self.new_action(&run, ActionKind::Create, StatusStamp::not_started())
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
}

/// What is said where another one is asked for before the earlier one was found.
const EARLIER: &str = "Nothing was sent now: the answer to an earlier “Create” was lost, and that run may \
                       have been created.";

/// What is known of a run whose answer was lost, by the runs that its process has `now`.
fn lost_answer(what: &str, open: &OpenCreate, now: Option<Vec<NamedRun>>) -> CreateAnswer {
    let new_runs = now.and_then(|now| open.new_runs(now));
    let message = match new_runs.as_deref() {
        None => {
            "Whether the run was created is not known: its process could not be looked at. Look at its \
             runs before you create another one."
        }
        Some([]) => {
            "No new run of this process shows yet. SolveXia may still be creating it: look again in a \
             minute before you create another one."
        }
        Some([_]) => "One run of this process is new since then, and probably yours.",
        Some(_) => "Several runs of this process are new since then. Yours may be among them.",
    };
    CreateAnswer::Lost {
        message: format!("{what} {message}"),
        new_runs: new_runs.unwrap_or_default(),
    }
}
