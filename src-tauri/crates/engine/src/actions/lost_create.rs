//! Looking for runs that were asked for and whose answer was lost: among the runs that their process has now,
//! and among those that are added to the list.

use std::collections::HashMap;

use jiff::Timestamp;
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::duration_sample::newest_first;
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::observation::{Listing, NamedRun, RunInfo};
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::unanswered_create::UnansweredCreate;

use crate::actions::create::CreateAnswer;
use crate::engine::Engine;
use crate::runs::process_key::{ProcessKey, process_of};
use crate::runs::tracked_run::TrackedRun;

/// Where it is not known which runs were there before, so many of the newest are asked when they were created.
const NEWEST: usize = 10;

impl Engine {
    /// What is known of lost creates of a process, by the runs that it has now; `what` happened comes first.
    pub(super) async fn look_for(
        &self,
        what: &str,
        key: &ProcessKey,
        lost: &[UnansweredCreate],
    ) -> CreateAnswer {
        let (new_runs, is_told_apart) = match self.list_runs(key).await {
            Some(listing) => self.new_runs(key, lost, listing).await,
            None => (Vec::new(), false),
        };
        let message = match new_runs.as_slice() {
            [] if is_told_apart => {
                "No new run of this process shows yet. SolveXia may still be creating it: look again in a \
                 minute before you create another one."
            }
            [] => {
                "Whether the run was created cannot be told from here: the runs of its process could not \
                 all be listed. Look at them in SolveXia before you create another one."
            }
            [_] => "One run of this process is new since then, and probably yours.",
            _ => "Several runs of this process are new since then. Yours may be among them.",
        };
        CreateAnswer::Lost {
            message: format!("{what} {message}"),
            new_runs,
        }
    }

    /// The runs that a process has; none where they could not be listed. They wait behind no others.
    pub(super) async fn list_runs(
        &self,
        (account, process): &ProcessKey,
    ) -> Option<Listing<NamedRun>> {
        let api = self.accounts.action_api(account).ok()?;
        let runs = self.learn_from(account, api.process_runs(process).await);
        runs.ok()
    }

    /// The runs that may be lost ones, and whether these would be among them by now.
    async fn new_runs(
        &self,
        key: &ProcessKey,
        lost: &[UnansweredCreate],
        listing: Listing<NamedRun>,
    ) -> (Vec<NamedRun>, bool) {
        let are_known = lost.iter().all(|create| create.before.is_some());
        let created = match are_known {
            true => HashMap::new(),
            false => self.creation_moments(key, &listing.entries).await,
        };
        let may_be_lost = |run: &NamedRun| {
            let created = created.get(&run.id).copied();
            lost.iter()
                .any(|create| create.may_be(&run.id, created) == Some(true))
        };
        let is_told_apart = are_known && !listing.is_cut;
        let mut new_runs = listing.entries;
        new_runs.retain(may_be_lost);
        (new_runs, is_told_apart)
    }

    /// When the newest of these runs were created, as far as that can be read.
    async fn creation_moments(
        &self,
        (account, _): &ProcessKey,
        runs: &[NamedRun],
    ) -> HashMap<RunId, Timestamp> {
        let mut moments = HashMap::new();
        let Ok(api) = self.accounts.action_api(account) else {
            return moments;
        };
        for run in newest_first(runs.to_vec()).into_iter().take(NEWEST) {
            let Ok(info) = self.learn_from(account, api.run(&run).await) else {
                continue;
            };
            if let Some(created) = self.creation_moment(account, &info) {
                moments.insert(run, created);
            }
        }
        moments
    }

    /// When a run was created, by this computer's clock; none while that cannot be told.
    fn creation_moment(&self, account: &AccountId, info: &RunInfo) -> Option<Timestamp> {
        let dates = self.server_dates(account);
        dates.sure_run_moment(info.date_created?)
    }

    /// A run was added: where it may be one that was asked for and lost, the log says so.
    pub(crate) async fn log_if_it_was_lost(&self, tracked: &TrackedRun) {
        let run = tracked.read(|state| state.run.clone());
        let Some(process) = process_of(&run) else {
            return;
        };
        let created = self.creation_moment(&process.0, &run.info);
        let Some(found) = self.creates.find(&process, &run.key.run, created) else {
            return;
        };
        let action = found.action.unwrap_or_else(|| Action {
            asked: found.create.asked,
            ..self.new_action(&process.0, ActionKind::Create, StatusStamp::not_started())
        });
        let found = Action {
            result: ActionResult::Unknown,
            message: "The answer was lost. This run was new afterwards, and was added here.".into(),
            ..action
        };
        self.log_made(tracked, found).await;
        self.keep_creates(None).await;
    }
}
