//! Whether items with a time were started: told only by a fresh read of all runs of their process.

use futures::StreamExt;
use futures::stream;
use jiff::Timestamp;
use runwatch_core::close::did_not_start::{SeenRun, StartCheck, StartSight, check_start};
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::open::{WhyUnseen, Window};
use runwatch_core::close::plan::Plan;
use runwatch_core::duration_sample::newest_first;
use runwatch_core::error::CallError;
use runwatch_core::ids::{ProcessId, RunId};
use runwatch_core::observation::RunObservation;
use runwatch_core::ports::SolveXia;
use runwatch_core::status::RunStatus;

use crate::close::found_runs::StartFound;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::{ProcessKey, run_key};

/// Runs of a process that are read for it, the newest: with more, it can be told that one was started, and not
/// that none was.
const MOST_RUNS: usize = 200;
/// So many are read at once.
const AT_ONCE: usize = 4;

/// Items that were not started.
#[derive(Debug, Default)]
pub(crate) struct Unstarted {
    /// Found out in time.
    pub in_time: Vec<ProcessId>,
    /// Found out late, as nobody could look before.
    pub while_away: Vec<ProcessId>,
}

impl Unstarted {
    /// Drops those of which this does not hold.
    pub fn retain(&mut self, holds: impl Fn(&ProcessId) -> bool) {
        self.in_time.retain(&holds);
        self.while_away.retain(&holds);
    }
}

impl Engine {
    /// Looks at the items whose time and grace are over.
    pub(crate) async fn check_starts(&self, plan: &Plan, kept: &KeptClose) -> Unstarted {
        let mut unstarted = Unstarted::default();
        // A clock that is wrong here makes nothing late.
        let close = self.close_here(plan, kept).close;
        for (process, due) in &close.due {
            let of = (plan.draft().account.clone(), process.clone());
            let is_over = check_start(*due, None, self.now()) != StartCheck::NotDue;
            let is_known = kept.told.did_not_start.contains(process)
                || plan.place(process).is_none()
                || self.has_started(&of, kept)
                || !self
                    .closes
                    .found(&kept.id(), &of, |found| found.start_is_due(self.now()));
            if !is_over || is_known || !self.can_see(plan) {
                continue;
            }
            let sight = match self.read_sight(&of, kept, close.window).await {
                Ok(sight) => sight,
                // SolveXia answers, though not this: nobody can tell, and the board says so.
                Err(EngineError::Call(error)) if error.is_of_this_call() => Err(WhyUnseen::NotRead),
                Err(error) => {
                    tracing::debug!(%error, "whether an item was started is not known");
                    continue;
                }
            };
            let now = self.now();
            let start = sight.map(|sight| check_start(*due, Some(&sight), now));
            let zone_is_known = self.server_dates(&of.0).zone().is_some();
            let found = match start {
                Err(why) => StartFound::Unseen(now, why),
                // Its date may be hours off: it may have been started.
                Ok(StartCheck::Started) if !zone_is_known => {
                    StartFound::Unseen(now, WhyUnseen::Zone)
                }
                Ok(StartCheck::Started) => StartFound::Started,
                Ok(StartCheck::Unseen) => StartFound::Unseen(now, WhyUnseen::TooSlow),
                Ok(_) => StartFound::NotYet(now),
            };
            let missed_in_time = self.closes.found(&kept.id(), &of, |known| {
                known.start = found;
                known.missed_in_time |= start == Ok(StartCheck::DidNotStart);
                known.missed_in_time
            });
            match start {
                Ok(StartCheck::DidNotStart) => unstarted.in_time.push(process.clone()),
                // It waited for something that had failed, and nobody was told: somebody looked all the same.
                Ok(StartCheck::DidNotStartWhileAway) if missed_in_time => {
                    unstarted.in_time.push(process.clone());
                }
                Ok(StartCheck::DidNotStartWhileAway) => unstarted.while_away.push(process.clone()),
                Ok(StartCheck::NotDue | StartCheck::Started | StartCheck::Unseen) | Err(_) => {}
            }
        }
        unstarted
    }

    /// Whether the run that stands for an item was started, as far as is known without asking.
    pub(crate) fn has_started(&self, of: &ProcessKey, kept: &KeptClose) -> bool {
        let bound = kept.bound(&of.1).map(|bound| run_key(of, &bound.run));
        let Some(key) = bound else { return false };
        let waits = |tracked: &crate::runs::tracked_run::TrackedRun| {
            tracked.read(|state| {
                let attempt = state.run.attempt.as_ref();
                attempt.is_none_or(|attempt| attempt.stamp.status == RunStatus::NotStarted)
            })
        };
        // What was taken off the list was there once: it is asked for on the board.
        self.runs.get(&key).map_or(true, |tracked| !waits(&tracked))
    }

    /// What the newest runs of a process show, or why it cannot be said that none of them was started.
    async fn read_sight(
        &self,
        of: &ProcessKey,
        kept: &KeptClose,
        window: Window,
    ) -> Result<Result<StartSight, WhyUnseen>, EngineError> {
        let (account, process) = of;
        let read_at = self.now();
        let api = self.accounts.api(account)?;
        let listed = self.learn_from(account, api.process_runs(process).await)?;
        let are_all = !listed.is_cut && listed.entries.len() <= MOST_RUNS;
        // What its owner set aside is no start of it, and nor is what counts for another close.
        let elsewhere = self.runs_of_other_closes(account, &kept.id());
        let is_other = |run: &RunId| kept.set_aside.contains(run) || elsewhere.contains(run);
        let runs = newest_first(listed.entries).into_iter().take(MOST_RUNS);
        let runs = runs.filter(|run| !is_other(run));
        let reads = stream::iter(runs).map(|run| self.see_run(of, &api, run));
        let seen: Vec<Result<SeenRun, CallError>> = reads.buffer_unordered(AT_ONCE).collect().await;
        let (mut runs, mut is_read) = (Vec::new(), true);
        for seen in seen {
            match seen {
                Ok(run) => runs.push(run),
                Err(error) if error.is_of_this_call() => is_read = false,
                Err(error) => return Err(error.into()),
            }
        }
        let sight = StartSight::of(&window, &runs, read_at, are_all && is_read);
        let why = match are_all {
            true => WhyUnseen::NotRead,
            false => WhyUnseen::TooMany,
        };
        Ok(sight.ok_or(why))
    }

    async fn see_run(
        &self,
        of: &ProcessKey,
        api: &std::sync::Arc<dyn SolveXia>,
        run: RunId,
    ) -> Result<SeenRun, CallError> {
        let account = &of.0;
        let seen: RunObservation = self.learn_from(account, api.run_status(&run).await)?;
        let needs_created = seen.started.is_none() && seen.status != RunStatus::NotStarted;
        let created = match needs_created {
            true => self.learn_from(account, api.run(&run).await)?.date_created,
            false => None,
        };
        let dates = self.server_dates(account);
        // While the zone of these dates is not known, nobody can say what lies in the window.
        let moment = |date: Option<Timestamp>| date.and_then(|date| dates.sure_run_moment(date));
        Ok(SeenRun {
            started: moment(seen.started),
            created: moment(created),
            status: seen.status,
        })
    }
}
