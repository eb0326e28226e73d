//! Plans and closes as they are kept, and the latest board of each close.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use runwatch_core::clock_offset::to_local_clock;
use runwatch_core::close::binding::{Candidate, can_mean};
use runwatch_core::close::kept::{CloseId, CloseWrite, KeptClose};
use runwatch_core::close::plan::{Plan, PlanDraft, PlanId};
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::error::StoreError;
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::ports::Store;
use runwatch_core::transaction::Transaction;
use tokio::sync::Notify;

use crate::close::board::Board;
use crate::close::error::CloseError;
use crate::close::found_runs::FoundRuns;
use crate::close::past::PastAsked;
use crate::close::process_history::ProcessHistory;
use crate::runs::process_key::ProcessKey;
use crate::sync::lock;

/// The close board's state.
pub struct Closes {
    state: Mutex<State>,
    /// Held from looking at a close until what follows is written down.
    pub(crate) turn: tokio::sync::Mutex<()>,
    pub(crate) past_asked: PastAsked,
    woken: Notify,
    boards_made: AtomicI64,
}

#[derive(Default)]
struct State {
    plans: Vec<Plan>,
    closes: BTreeMap<CloseId, KeptClose>,
    forecasts: HashMap<CloseId, Vec<PublishedForecast>>,
    boards: HashMap<CloseId, Arc<Board>>,
    /// By close: each looks for runs in a window of its own.
    found: HashMap<(CloseId, ProcessKey), FoundRuns>,
    histories: HashMap<ProcessKey, Arc<ProcessHistory>>,
    unsaved: Vec<Transaction>,
}

impl State {
    /// The other closes of these accounts, each with its plan.
    fn others_of(
        &self,
        id: &CloseId,
        accounts: &BTreeSet<AccountId>,
    ) -> impl Iterator<Item = (&Plan, &KeptClose)> {
        let plan_of = |id: &CloseId| self.plans.iter().find(|plan| plan.draft().id == id.plan);
        let others = self.closes.iter().filter(move |(other, _)| *other != id);
        others
            .filter_map(move |(other, kept)| Some((plan_of(other)?, kept)))
            .filter(move |(plan, _)| accounts.contains(&plan.draft().account))
    }
}

impl Closes {
    /// What is remembered.
    pub(crate) async fn load(store: &Arc<dyn Store>) -> Result<Self, StoreError> {
        let mut state = State::default();
        for draft in store.plans().await? {
            match Plan::new(draft) {
                Ok(plan) => state.plans.push(plan),
                // It was checked before it was kept; an other version may have kept it.
                Err(error) => tracing::error!(%error, "a plan that is kept makes no sense"),
            }
        }
        for close in store.closes().await? {
            state.closes.insert(close.id(), close);
        }
        for (close, forecast) in store.forecasts().await? {
            state.forecasts.entry(close).or_default().push(forecast);
        }
        Ok(Self {
            state: Mutex::new(state),
            turn: tokio::sync::Mutex::default(),
            past_asked: PastAsked::default(),
            woken: Notify::new(),
            boards_made: AtomicI64::new(0),
        })
    }

    /// All plans, in the order in which they were made.
    pub fn plans(&self) -> Vec<Plan> {
        lock(&self.state).plans.clone()
    }

    /// One plan.
    ///
    /// # Errors
    /// [`CloseError::NoSuchPlan`].
    pub fn plan(&self, id: &PlanId) -> Result<Plan, CloseError> {
        let state = lock(&self.state);
        let plan = state.plans.iter().find(|plan| plan.draft().id == *id);
        plan.cloned().ok_or(CloseError::NoSuchPlan)
    }

    /// The closes of a plan, the latest first.
    pub fn closes_of(&self, plan: &PlanId) -> Vec<KeptClose> {
        let state = lock(&self.state);
        let of_plan = state
            .closes
            .values()
            .filter(|kept| kept.close.plan == *plan);
        of_plan.rev().cloned().collect()
    }

    /// A close with its plan; of one that was over before the plan changed, with the items of that time.
    ///
    /// # Errors
    /// [`CloseError::NoSuchClose`].
    pub fn get(&self, id: &CloseId) -> Result<(Plan, KeptClose), CloseError> {
        let state = lock(&self.state);
        let plan = state.plans.iter().find(|plan| plan.draft().id == id.plan);
        let both = plan.zip(state.closes.get(id));
        let (plan, kept) = both.ok_or(CloseError::NoSuchClose)?;
        let of_that_time = kept.items.as_ref().and_then(|items| {
            let items = items.clone();
            let draft = plan.draft().clone();
            Plan::new(PlanDraft { items, ..draft }).ok()
        });
        Ok((of_that_time.unwrap_or_else(|| plan.clone()), kept.clone()))
    }

    /// The latest board of a close; none before it was looked at.
    pub fn latest_board(&self, id: &CloseId) -> Option<Arc<Board>> {
        lock(&self.state).boards.get(id).cloned()
    }

    /// The closes that are looked at: the one with the newest cut-off first, as that is the one that is worked on.
    pub(crate) fn open(&self) -> Vec<CloseId> {
        let state = lock(&self.state);
        let has_plan = |id: &CloseId| state.plans.iter().any(|plan| plan.draft().id == id.plan);
        let is_open = |kept: &&KeptClose| !kept.archived && has_plan(&kept.id());
        let mut open: Vec<&KeptClose> = state.closes.values().filter(is_open).collect();
        open.sort_by_key(|kept| Reverse(kept.close.cut_off));
        open.into_iter().map(KeptClose::id).collect()
    }

    /// The processes of the plans of this account.
    pub(crate) fn has_process(&self, of: &ProcessKey) -> bool {
        let (account, process) = of;
        let plans = &lock(&self.state).plans;
        plans
            .iter()
            .any(|plan| plan.draft().account == *account && plan.place(process).is_some())
    }

    /// The runs that stand for items of other closes of these accounts, which are those of one environment: two
    /// environments may have equal ids.
    pub(crate) fn elsewhere(
        &self,
        id: &CloseId,
        accounts: &BTreeSet<AccountId>,
    ) -> BTreeSet<RunId> {
        let state = lock(&self.state);
        let runs = state
            .others_of(id, accounts)
            .flat_map(|(_, kept)| &kept.bindings);
        runs.map(|bound| bound.run.clone()).collect()
    }

    /// Whether another close that is open lacks such a run and can mean this one. `ahead` says by how much SolveXia's
    /// clock is ahead.
    pub(crate) fn can_mean_elsewhere(
        &self,
        id: &CloseId,
        run: &Candidate,
        accounts: &BTreeSet<AccountId>,
        ahead: SignedDuration,
    ) -> bool {
        let state = lock(&self.state);
        state.others_of(id, accounts).any(|(plan, kept)| {
            let lacks_run = plan.place(&run.process).is_some() && !kept.is_sure_of(&run.process);
            let is_other = kept.archived || kept.set_aside.contains(&run.run);
            // Only the moments that are compared are moved: this is asked for each run and each other close.
            let over = || kept.over_from().map(|over| to_local_clock(over, ahead));
            let window = || kept.close.window.by_this_clock(ahead);
            lacks_run && !is_other && can_mean(run, &window(), over())
        })
    }

    /// Which other close a run counts for: its plan's name and its period's label.
    pub(crate) fn close_of_run(
        &self,
        id: &CloseId,
        run: &RunId,
        accounts: &BTreeSet<AccountId>,
    ) -> Option<(String, String)> {
        let state = lock(&self.state);
        let counts = |kept: &KeptClose| kept.bindings.iter().any(|bound| bound.run == *run);
        let (plan, kept) = state
            .others_of(id, accounts)
            .find(|(_, kept)| counts(kept))?;
        Some((plan.draft().name.clone(), kept.close.period.label()))
    }

    pub(crate) fn last_forecast(&self, id: &CloseId) -> Option<PublishedForecast> {
        lock(&self.state).forecasts.get(id)?.last().copied()
    }

    pub(crate) fn forecasts(&self, id: &CloseId) -> Vec<PublishedForecast> {
        let state = lock(&self.state);
        state.forecasts.get(id).cloned().unwrap_or_default()
    }

    pub(crate) fn put_plan(&self, plan: Plan) {
        let plans = &mut lock(&self.state).plans;
        let place = plans
            .iter()
            .position(|known| known.draft().id == plan.draft().id);
        match place {
            Some(place) => plans[place] = plan,
            None => plans.push(plan),
        }
    }

    pub(crate) fn remove_plan(&self, id: &PlanId) {
        let mut state = lock(&self.state);
        state.plans.retain(|plan| plan.draft().id != *id);
        state.closes.retain(|close, _| close.plan != *id);
        state.forecasts.retain(|close, _| close.plan != *id);
        state.boards.retain(|close, _| close.plan != *id);
    }

    /// An account was removed with its history: so are its plans.
    pub(crate) fn forget_account(&self, account: &AccountId) {
        let is_its = |plan: &Plan| plan.draft().account == *account;
        let plans: Vec<PlanId> = self
            .plans()
            .iter()
            .filter(|plan| is_its(plan))
            .map(|plan| plan.draft().id.clone())
            .collect();
        for plan in &plans {
            self.remove_plan(plan);
        }
        let mut state = lock(&self.state);
        state.histories.clear();
        let is_its = |unsaved: &Transaction| {
            let is_of_plan = |write: &CloseWrite| match write {
                CloseWrite::Close(kept) => plans.contains(&kept.close.plan),
                CloseWrite::Forecast(id, _) => plans.contains(&id.plan),
                _ => false,
            };
            let is_told = unsaved.notify.iter().any(|one| one.account == *account);
            is_told || unsaved.closes.iter().any(is_of_plan)
        };
        state.unsaved.retain(|unsaved| !is_its(unsaved));
    }

    pub(crate) fn put(&self, kept: KeptClose) {
        lock(&self.state).closes.insert(kept.id(), kept);
    }

    pub(crate) fn put_forecast(&self, id: &CloseId, forecast: PublishedForecast) {
        let mut state = lock(&self.state);
        state
            .forecasts
            .entry(id.clone())
            .or_default()
            .push(forecast);
    }

    /// Keeps a board, under the number of the next one.
    pub(crate) fn put_board(&self, board: Board) -> Arc<Board> {
        let seq = self.boards_made.fetch_add(1, Ordering::SeqCst) + 1;
        let board = Arc::new(Board { seq, ..board });
        let mut state = lock(&self.state);
        state.boards.insert(board.kept.id(), Arc::clone(&board));
        board
    }

    /// Reads or changes what was found of a process's runs for a close.
    pub(crate) fn found<T>(
        &self,
        id: &CloseId,
        of: &ProcessKey,
        with: impl FnOnce(&mut FoundRuns) -> T,
    ) -> T {
        with(
            lock(&self.state)
                .found
                .entry((id.clone(), of.clone()))
                .or_default(),
        )
    }

    /// Whatever was found of a process's runs is looked for anew.
    pub(crate) fn forget_found(&self, of: &ProcessKey) {
        let mut state = lock(&self.state);
        let found = state.found.iter_mut().filter(|((_, one), _)| one == of);
        found.for_each(|(_, found)| found.forget());
    }

    pub(crate) fn history(&self, of: &ProcessKey) -> Option<Arc<ProcessHistory>> {
        lock(&self.state).histories.get(of).cloned()
    }

    pub(crate) fn put_history(&self, of: ProcessKey, history: Arc<ProcessHistory>) {
        lock(&self.state).histories.insert(of, history);
    }

    /// A run of this process has ended, or more was learned of it: what is known is read anew.
    pub(crate) fn history_changed(&self, of: &ProcessKey) {
        lock(&self.state).histories.remove(of);
        self.wake();
    }

    /// Keeps what the store did not take, to be written before anything newer.
    pub(crate) fn keep_unsaved(&self, transaction: Transaction) {
        lock(&self.state).unsaved.push(transaction);
    }

    pub(crate) fn first_unsaved(&self) -> Option<Transaction> {
        lock(&self.state).unsaved.first().cloned()
    }

    pub(crate) fn first_is_saved(&self) {
        lock(&self.state).unsaved.remove(0);
    }

    /// Something changed: the closes are looked at soon.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.woken.notified().await;
    }
}
