//! A new run of a process. It is in the list and in the log as soon as SolveXia has made it, whatever fails
//! afterwards; where the answer was lost, it is looked for (docs/RULES.md, 26).

use std::sync::Arc;

use runwatch_core::action::Action;
use runwatch_core::error::Effect;
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::observation::{Listing, NamedRun, RunInfo};
use runwatch_core::run::Run;
use runwatch_core::unanswered_create::UnansweredCreate;

use crate::actions::create_under_way::CreateUnderWay;
use crate::actions::exclusive::ExclusiveRun;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::tracked_run::TrackedRun;

/// What is said where another one is asked for before the earlier one was found.
const NOTHING_SENT: &str = "Nothing was sent now: the answer to an earlier “Create” was lost, and that run \
                            may have been created.";

/// What came of creating a run.
#[derive(Debug, Clone, PartialEq)]
pub enum CreateAnswer {
    /// It was made, and is in the list.
    Created {
        /// The new run.
        run: RunKey,
        /// What is said where it could not be read yet.
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
        let Some(under_way) = CreateUnderWay::begin(self, account, process) else {
            return Err(EngineError::NotNow(
                "A run of this process is being created. Nothing more was sent.".into(),
            ));
        };
        let key = &under_way.key;
        let api = self.accounts.action_api(account)?;
        if !again && self.creates.holds_up(key) {
            let lost = self.creates.lost_of(key);
            return Ok(self.look_for(NOTHING_SENT, key, &lost).await);
        }
        // To tell a new run from the others, should the answer be lost.
        let before = self.list_runs(key).await.and_then(Listing::whole);
        let create = UnansweredCreate {
            account: account.clone(),
            process: process.clone(),
            before: before.map(|runs| runs.into_iter().map(|run| run.id).collect()),
            others: Vec::new(),
            asked: self.now(),
            let_go: false,
        };
        let action = self.log_create(&under_way, &create, name_prefix).await;
        let answer = self.learn_from(account, api.create_run(process, name_prefix).await);
        if !matches!(&answer, Err(error) if error.effect == Effect::None) {
            self.creates.let_go(key, self.now());
        }
        match answer {
            Ok(created) => self.take_created(&under_way, action, created).await,
            Err(error) if error.effect == Effect::None => {
                self.log_refused(&under_way, action, &error).await;
                Err(error.into())
            }
            Err(error) => {
                self.log_lost(&under_way, action, &error).await;
                let lost = [self.creates.lost_of(key), vec![create]].concat();
                Ok(self.look_for(&error.message, key, &lost).await)
            }
        }
    }

    async fn take_created(
        &self,
        under_way: &CreateUnderWay,
        action: Action,
        created: NamedRun,
    ) -> Result<CreateAnswer, EngineError> {
        let (account, process) = &under_way.key;
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
        let tracked = loop {
            let (tracked, _) = self.runs.get_or_insert(&key, still_here, new)?;
            self.log_created(under_way, &tracked, action.clone()).await;
            // Somebody may have added it meanwhile, and not have been able to write it down.
            if self.runs.holds(&tracked) {
                break tracked;
            }
        };
        // What stays true once it was read; why it was not, its row says, and whoever opens it is told.
        let unread = self
            .read_created(&tracked)
            .await
            .is_err()
            .then(|| format!("It was created as {}, and is in your list.", key.run));
        Ok(CreateAnswer::Created { run: key, unread })
    }

    /// A person waits for it, so that it waits behind no other run.
    async fn read_created(&self, tracked: &Arc<TrackedRun>) -> Result<(), EngineError> {
        let _busy = ExclusiveRun::take(self, tracked)?;
        let _turn = tracked.turn.lock().await;
        match self.refresh_info_for_action(tracked).await {
            // `History` reports the failure (`Event::Store`).
            Ok(()) | Err(EngineError::Store(_)) => self.observe_for_action(tracked).await.map(drop),
            Err(error) => Err(error),
        }
    }
}
