//! Looks for runs that were made elsewhere: the runs of an item's process that are new since the last look
//! are put into the list and watched, where they were made in the window of the close.

use jiff::Timestamp;
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::{CloseId, KeptClose};
use runwatch_core::close::plan::Plan;
use runwatch_core::duration_sample::newest_first;
use runwatch_core::error::Trouble;
use runwatch_core::ids::{ProcessId, RunId, RunKey};
use tokio::time::Instant;

use crate::accounts::session::SignInState;
use crate::close::facts::is_sure;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::ProcessKey;

/// New runs that one look reads, the newest first.
const MOST: usize = 30;

impl Engine {
    /// Whether what an account shows can be told of: it is signed in, SolveXia answers, and watching is on.
    pub(crate) fn can_see(&self, plan: &Plan) -> bool {
        let account = &plan.draft().account;
        let answers = |sign_in| sign_in == SignInState::Ready;
        let session = self.accounts.get(account);
        !self.is_paused()
            && session.is_some_and(|session| answers(session.sign_in))
            && self.askable(account, Instant::now())
    }

    /// Looks for the runs of those items that none stands for yet, or one that did not get through, every few
    /// minutes.
    pub(crate) async fn find_runs(&self, plan: &Plan, kept: &KeptClose) {
        let account = &plan.draft().account;
        for item in plan.items() {
            let of = (account.clone(), item.process.clone());
            let now = self.now();
            let waits =
                kept.bound(&item.process).is_none() || self.is_blocked(&kept.id(), &item.process);
            let may_ask = !self.is_paused() && self.askable(account, Instant::now());
            if !waits
                || !may_ask
                || !self
                    .closes
                    .found(&kept.id(), &of, |found| found.is_due(now))
            {
                continue;
            }
            self.closes
                .found(&kept.id(), &of, |found| found.tried = Some(now));
            if let Err(error) = self.find_runs_of(&of, kept, now).await {
                tracing::debug!(%error, "the runs of a process could not be looked for");
            }
        }
    }

    /// What did not get through may be done again in another run.
    fn is_blocked(&self, id: &CloseId, process: &ProcessId) -> bool {
        let board = self.closes.latest_board(id);
        board.is_some_and(|board| {
            let items = &board.view.items;
            let item = items.iter().find(|item| item.process == *process);
            item.is_some_and(|item| matches!(item.state, ItemState::Blocked(_)))
        })
    }

    async fn find_runs_of(
        &self,
        of: &ProcessKey,
        kept: &KeptClose,
        now: Timestamp,
    ) -> Result<(), EngineError> {
        let (account, process) = of;
        let api = self.accounts.api(account)?;
        let listed = self.learn_from(account, api.process_runs(process).await);
        let is_gone = listed
            .as_ref()
            .is_err_and(|error| error.trouble == Trouble::NotFound);
        self.closes
            .found(&kept.id(), of, |found| found.is_gone = is_gone);
        let known = self
            .closes
            .found(&kept.id(), of, |found| found.known.clone());
        let is_new = |run: &RunId| !known.contains(run) && self.runs.get(&key(of, run)).is_err();
        let mut new = newest_first(listed?.entries);
        new.retain(is_new);
        for run in new.into_iter().take(MOST) {
            let info = self.learn_from(account, api.run(&run).await)?;
            let dates = self.server_dates(account);
            let window = kept.close.window;
            let created = info.date_created.map(|date| dates.run_moment(date));
            let is_inside =
                created.is_some_and(|at| window.holds(at) && is_sure(at, window, dates));
            // SolveXia counts its ids up: what is older was made earlier still.
            let is_before =
                created.is_some_and(|at| at < window.from && is_sure(at, window, dates));
            if is_inside && !kept.set_aside.contains(&run) {
                let key = self.add_run(account, run.clone()).await?;
                self.watch_bound(&key).await;
            }
            // Until the zone of such dates is known, it is read again.
            if created.is_none_or(|at| is_sure(at, window, dates)) {
                self.closes
                    .found(&kept.id(), of, |found| found.known.insert(run));
            }
            if is_before {
                break;
            }
        }
        self.closes
            .found(&kept.id(), of, |found| found.listed = Some(now));
        Ok(())
    }

    /// Whether the runs of all items that none stands for were looked for lately.
    pub(crate) fn has_looked(&self, plan: &Plan, kept: &KeptClose) -> bool {
        let now = self.now();
        let is_fresh = |process: &ProcessId| {
            let of = (plan.draft().account.clone(), process.clone());
            self.closes.found(&kept.id(), &of, |found| {
                found.is_gone || found.is_fresh(now)
            })
        };
        let mut waiting = plan
            .items()
            .iter()
            .filter(|item| kept.bound(&item.process).is_none());
        waiting.all(|item| is_fresh(&item.process))
    }
}

fn key(of: &ProcessKey, run: &RunId) -> RunKey {
    RunKey {
        account: of.0.clone(),
        run: run.clone(),
    }
}
