//! Looks for runs that were made elsewhere: the runs of an item's process that are new since the last look
//! are put into the list and watched, where they were made or started in the window of the close.

use std::sync::Arc;

use jiff::Timestamp;
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::{CloseId, KeptClose};
use runwatch_core::close::plan::Plan;
use runwatch_core::duration_sample::newest_first;
use runwatch_core::error::{CallError, Trouble};
use runwatch_core::ids::{ProcessId, RunId};
use runwatch_core::ports::SolveXia;
use runwatch_core::status::RunStatus;
use tokio::time::Instant;

use crate::accounts::session::SignInState;
use crate::close::candidates::is_sure;
use crate::close::found_runs::Found;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::{ProcessKey, run_key};

/// New runs that one look reads, the newest first.
const MOST: usize = 30;
/// Of those that were made before the window so many, the newest: they may have been made ready for this close.
const EARLIER: usize = 10;

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

    /// Looks for the runs of those items of which another one may be made, or whose own did not get through, every
    /// few minutes.
    pub(crate) async fn find_runs(&self, plan: &Plan, kept: &KeptClose) {
        let account = &plan.draft().account;
        let kept = &self.close_here(plan, kept);
        for item in plan.items() {
            let of = (account.clone(), item.process.clone());
            let now = self.now();
            let waits = self.may_be_found(&of, kept)
                && (self.is_open(&of, kept) || self.is_blocked(&kept.id(), &item.process));
            let may_ask = !self.is_paused() && self.askable(account, Instant::now());
            if !waits
                || !may_ask
                || !self.closes.found(&kept.id(), &of, |found| {
                    found.is_due(now) || !kept.can_tell_from(found.tried, now)
                })
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

    /// Whether another run may be found for an item: once the close is over, those from before are looked at once.
    fn may_be_found(&self, of: &ProcessKey, kept: &KeptClose) -> bool {
        let whole = self.closes.found(&kept.id(), of, |found| found.whole);
        let both = whole.zip(kept.over_from());
        both.is_none_or(|(whole, over)| whole < over)
    }

    /// Whether a run from elsewhere may stand for an item: none does yet, or one by rule alone, or one that was not
    /// started.
    fn is_open(&self, of: &ProcessKey, kept: &KeptClose) -> bool {
        !kept.is_sure_of(&of.1) || !self.has_started(of, kept)
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
        // What its owner may not see will show nothing later either: one process must not silence a whole close.
        let hides_it =
            |error: &CallError| matches!(error.trouble, Trouble::NotFound | Trouble::Forbidden);
        let is_gone = listed.as_ref().is_err_and(hides_it);
        self.closes
            .found(&kept.id(), of, |found| found.is_gone = is_gone);
        let listed = listed?;
        let (mut read, mut earlier, mut is_part) = (0, 0, listed.is_cut);
        for run in newest_first(listed.entries) {
            if read == MOST || earlier == EARLIER {
                break;
            }
            let known = self
                .closes
                .found(&kept.id(), of, |found| found.known.get(&run).copied());
            let is_listed = self.runs.get(&run_key(of, &run)).is_ok();
            let Some(found) = known else {
                if is_listed {
                    continue;
                }
                read += 1;
                // One that cannot be read hides no other one.
                let found = match self.find_run(of, &api, kept, &run).await {
                    Ok(found) => found,
                    Err(error) if error.is_of_this_call() => {
                        is_part = true;
                        continue;
                    }
                    Err(error) => return Err(error.into()),
                };
                earlier += usize::from(found.is_earlier());
                self.take_found(of, kept, run, found).await?;
                continue;
            };
            // SolveXia counts its ids up: what is older was made earlier still.
            earlier += usize::from(found.is_earlier());
        }
        self.closes.found(&kept.id(), of, |found| {
            found.listed = Some(now);
            found.is_part = is_part;
            if read < MOST && !is_part {
                found.whole = Some(now);
            }
        });
        Ok(())
    }

    /// Puts a run that belongs to the close into the list; what is sure of another is not read again.
    async fn take_found(
        &self,
        of: &ProcessKey,
        kept: &KeptClose,
        run: RunId,
        found: Found,
    ) -> Result<(), EngineError> {
        let is_unwanted = kept.set_aside.contains(&run) || kept.taken_off.contains(&run);
        if found == Found::Inside && !is_unwanted {
            let key = self.add_run(&of.0, run.clone()).await?;
            self.watch_bound(&key).await;
        }
        if found.is_sure() {
            self.closes
                .found(&kept.id(), of, |known| known.known.insert(run, found));
        }
        Ok(())
    }

    /// Where a run lies: one that was made earlier belongs to the close if it was started in its window.
    async fn find_run(
        &self,
        of: &ProcessKey,
        api: &Arc<dyn SolveXia>,
        kept: &KeptClose,
        run: &RunId,
    ) -> Result<Found, CallError> {
        let (account, window) = (&of.0, kept.close.window);
        let over = kept.over_from();
        let lies_inside = |date: Option<Timestamp>| {
            let dates = self.server_dates(account);
            let date = date.filter(|date| is_sure(*date, window, &dates))?;
            let at = dates.run_moment(date);
            let holds = window.holds(at) && over.is_none_or(|over| at < over);
            Some((holds, at < window.from))
        };
        let created = self.learn_from(account, api.run(run).await)?.date_created;
        match (created, lies_inside(created)) {
            (Some(_), None) => return Ok(Found::Unsure),
            (_, Some((true, _))) => return Ok(Found::Inside),
            (None, _) | (_, Some((false, false))) => return Ok(Found::Outside),
            (_, Some((false, true))) => {}
        }
        let seen = self.learn_from(account, api.run_status(run).await)?;
        Ok(match (seen.started, lies_inside(seen.started)) {
            (None, _) if seen.status == RunStatus::NotStarted => Found::MadeReady,
            (Some(_), None) => Found::Unsure,
            (_, Some((true, _))) => Found::Inside,
            _ => Found::Before,
        })
    }

    /// Whether the runs of all items of a close by this clock that it needs, and that another run may stand for, were
    /// looked for lately.
    pub(crate) fn has_looked(&self, plan: &Plan, kept: &KeptClose) -> bool {
        let now = self.now();
        let mut needed = plan.items().iter().filter(|item| !item.optional);
        needed.all(|item| {
            let of = (plan.draft().account.clone(), item.process.clone());
            let was_looked_for = self.closes.found(&kept.id(), &of, |found| {
                let is_fresh = found.is_fresh(now) && kept.can_tell_from(found.listed, now);
                found.is_gone || is_fresh
            });
            was_looked_for || !self.is_open(&of, kept) || !self.may_be_found(&of, kept)
        })
    }
}
