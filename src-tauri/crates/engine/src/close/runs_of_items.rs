//! Which run stands for which item: found by rule, because it was made here, or said by hand.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::attempt::Phase;
use runwatch_core::close::binding::{
    Ask, BindError, Binding, Bound, BoundBy, Candidate, bind, bind_to, is_after,
};
use runwatch_core::close::kept::{CloseId, CloseWrite, KeptClose};
use runwatch_core::close::plan::Plan;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};

use crate::close::doubtful::asks_for_doubtful;
use crate::close::error::CloseError;
use crate::close::found_runs::StartFound;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::ProcessKey;

impl Engine {
    /// Says by hand which run stands for an item; the run is put into the list if it is not there.
    ///
    /// # Errors
    /// [`EngineError`] where SolveXia does not know the run, or it cannot stand for the item.
    pub async fn bind_run(
        &self,
        id: &CloseId,
        process: &ProcessId,
        run: RunId,
    ) -> Result<(), EngineError> {
        let (plan, _) = self.closes.get(id)?;
        let account = plan.draft().account.clone();
        plan.place(process).ok_or(CloseError::NoSuchItem)?;
        // Before it is put into the list: what is refused must not be left there.
        let candidate = self.meant_by_hand(&account, run).await?;
        let elsewhere = self.runs_of_other_closes(&account, id);
        bind_to(process, &candidate, BoundBy::Hand, &elsewhere).map_err(CloseError::Bind)?;
        let key = self.add_run(&account, candidate.run.clone()).await?;
        let of = self.runs.get(&key)?;
        let (now, ahead) = (self.now(), self.clock_ahead(&account));
        self.change_close(id, |kept| {
            // Asked in the turn: another close may bind it at the same time.
            let elsewhere = self.runs_of_other_closes(&plan.draft().account, id);
            let mut binding = bind_to(process, &candidate, BoundBy::Hand, &elsewhere)?;
            let others = self
                .candidates(&plan, &self.close_here(&plan, kept))
                .into_iter();
            let was_run =
                |one: &Candidate| one.process == *process && one.run != binding.run && one.has_run;
            // That it ended doubtfully is accepted by one who was asked about that, and not by a choice among runs.
            let is_asked = self.asks_whether_it_counts(kept, process, &binding.run);
            binding.accepted = of.read(|state| {
                let attempt = state.run.attempt.as_ref()?;
                let has_ended = matches!(attempt.phase, Phase::Ended { .. });
                (is_asked && has_ended).then_some(attempt.number)
            });
            binding.passed_over = others.filter(was_run).map(|one| one.run).collect();
            kept.bindings.retain(|bound| bound.process != *process);
            kept.set_aside.remove(&binding.run);
            kept.bindings.push(binding);
            open_again(kept, ahead, now);
            Ok(())
        })
        .await?;
        self.watch_bound(&key).await;
        Ok(())
    }

    /// A run that its owner means for an item, whose process SolveXia is asked for where it is not in the list.
    async fn meant_by_hand(
        &self,
        account: &AccountId,
        run: RunId,
    ) -> Result<Candidate, EngineError> {
        let key = RunKey {
            account: account.clone(),
            run,
        };
        let listed = self.runs.get(&key).ok();
        let known = listed.and_then(|of| of.read(|state| state.run.info.process.clone()));
        let process = match known {
            Some(process) => Some(process),
            None => {
                let api = self.accounts.api(account)?;
                self.learn_from(account, api.run(&key.run).await)?.process
            }
        };
        let other = || CloseError::Bind(BindError::OtherProcess(key.run.clone()));
        Ok(Candidate {
            process: process.ok_or_else(other)?,
            run: key.run.clone(),
            created: None,
            started: None,
            has_run: false,
            is_shared: false,
            did_not_pass: false,
        })
    }

    /// Whether the board asks of this run, which stands for the item, whether it counts as it ended.
    fn asks_whether_it_counts(&self, kept: &KeptClose, process: &ProcessId, run: &RunId) -> bool {
        let board = self.closes.latest_board(&kept.id());
        board.is_some_and(|board| {
            let asks = asks_for_doubtful(&board.plan, kept, &board.view);
            let is_it = |ask: &Ask| ask.process == *process && ask.runs.contains(run);
            asks.iter().any(is_it)
        })
    }

    /// Takes the run of an item away from it. It is set aside: only its owner can bind it again.
    ///
    /// # Errors
    /// [`EngineError`] where there is no such close, or it cannot be written down.
    pub async fn unbind_run(&self, id: &CloseId, process: &ProcessId) -> Result<(), EngineError> {
        let account = self.closes.plan(&id.plan)?.draft().account.clone();
        let (now, ahead) = (self.now(), self.clock_ahead(&account));
        self.change_close(id, |kept| {
            let runs = kept.bindings.iter().filter(|one| one.process == *process);
            let runs: Vec<RunId> = runs.map(|one| one.run.clone()).collect();
            kept.bindings.retain(|one| one.process != *process);
            kept.set_aside.extend(runs);
            // It was the start that was seen, maybe.
            let of = (account, process.clone());
            self.closes
                .found(id, &of, |found| found.start = StartFound::default());
            open_again(kept, ahead, now);
            Ok(())
        })
        .await
    }

    /// A run was taken off the list: no close that is open puts it there again by itself.
    pub(crate) async fn taken_off_list(&self, of: &ProcessKey, run: &RunId) {
        for id in self.closes.open() {
            let plan = self.closes.plan(&id.plan);
            let has_it = |plan: &Plan| plan.draft().account == of.0 && plan.place(&of.1).is_some();
            if !plan.is_ok_and(|plan| has_it(&plan)) {
                continue;
            }
            let take_off = |kept: &mut KeptClose| {
                kept.taken_off.insert(run.clone());
                Ok(())
            };
            if let Err(error) = self.change_close(&id, take_off).await {
                tracing::warn!(%error, "that a run was taken off the list is not kept for its close");
            }
        }
    }

    /// Changes what is kept of a close and writes it down: where that fails, nothing has changed.
    pub(crate) async fn change_close(
        &self,
        id: &CloseId,
        change: impl FnOnce(&mut KeptClose) -> Result<(), CloseError>,
    ) -> Result<(), EngineError> {
        let _turn = self.closes.turn.lock().await;
        let (_, mut kept) = self.closes.get(id)?;
        change(&mut kept)?;
        self.write_one_of_closes(CloseWrite::Close(Box::new(kept.clone())))
            .await?;
        self.closes.put(kept);
        self.closes.past_asked.ask_anew(id);
        self.closes.wake();
        Ok(())
    }

    /// What belongs to a close by this clock now, and what is to be asked.
    pub(crate) async fn bind_items(&self, plan: &Plan, kept: &KeptClose) -> Bound {
        let elsewhere = self.runs_of_other_closes(&plan.draft().account, &kept.id());
        let candidates = self.candidates(plan, kept);
        let mut known = kept.bindings.clone();
        for item in plan.items() {
            if !kept.is_sure_of(&item.process) {
                let made = self.made_here(plan, kept, &item.process, &elsewhere, &candidates);
                if let Some(made) = made.await {
                    known.retain(|one| one.process != item.process);
                    known.push(made);
                }
            }
        }
        let over = kept.over_from();
        let mut bound = bind(plan, &kept.close, over, &known, &elsewhere, &candidates);
        // What stands for a process that is not in the plan any more is kept, should it come back.
        let left = known
            .into_iter()
            .filter(|one| plan.place(&one.process).is_none());
        bound.bindings.extend(left);
        bound
    }

    /// The one run of an item that was created or started here in the window of the close.
    async fn made_here(
        &self,
        plan: &Plan,
        kept: &KeptClose,
        process: &ProcessId,
        elsewhere: &BTreeSet<RunId>,
        candidates: &[Candidate],
    ) -> Option<Binding> {
        let window = kept.close.window;
        let mut made = Vec::new();
        for candidate in candidates.iter().filter(|one| one.process == *process) {
            // What is made once the close is over is none of it; what another close can mean as well is asked for.
            if candidate.is_shared || is_after(candidate, &window, kept.over_from()) {
                continue;
            }
            // Last month's run, started here again, is asked for: it may be a mistake.
            if candidate.created.is_some_and(|at| !window.holds(at)) {
                continue;
            }
            let key = RunKey {
                account: plan.draft().account.clone(),
                run: candidate.run.clone(),
            };
            let acted = self.history.store().actions_of_run(&key).await;
            let is_made = |action: &Action| match action.kind {
                ActionKind::Create => window.holds(action.asked),
                ActionKind::Start => candidate.created.is_some(),
                ActionKind::Cancel
                | ActionKind::Restart { .. }
                | ActionKind::DealtWith { .. }
                | ActionKind::NotDealtWith => false,
            };
            let mut sent = acted.unwrap_or_default();
            sent.retain(|action| action.result != ActionResult::Refused);
            if sent.iter().any(is_made) {
                made.push(candidate);
            }
        }
        match made[..] {
            [only] => bind_to(process, only, BoundBy::StartHere, elsewhere).ok(),
            _ => None,
        }
    }

    /// Items whose run was taken off the list: their owner is asked for it.
    pub(crate) fn asks_for_lost(kept: &KeptClose, lost: &[ProcessId]) -> Vec<Ask> {
        let ask = |process: &ProcessId| Ask {
            process: process.clone(),
            runs: kept
                .bound(process)
                .map(|bound| bound.run.clone())
                .into_iter()
                .collect(),
        };
        lost.iter().map(ask).collect()
    }

    /// What stands for an item is watched until it has ended: the board goes by it.
    pub(crate) async fn watch_bound(&self, key: &RunKey) {
        let waits = self
            .runs
            .get(key)
            .is_ok_and(|tracked| tracked.read(|state| !state.run.watched && !state.is_over()));
        if waits && let Err(error) = self.set_watched(key, true).await {
            tracing::warn!(%error, "a run of a close could not be watched");
        }
    }
}

/// Its owner says that another run counts: whether it was through is found out anew.
fn open_again(kept: &mut KeptClose, ahead: SignedDuration, now: Timestamp) {
    kept.through = None;
    kept.seen_since_cut_off = false;
    kept.know_of_cut_off(ahead, now);
}
