//! Keeping plans, and proposing one from what was watched.

use jiff::Timestamp;
use runwatch_core::close::from_history::{ProposedItem, propose};
use runwatch_core::close::kept::{CloseWrite, KeptClose};
use runwatch_core::close::local_time::moment;
use runwatch_core::close::periods::Period;
use runwatch_core::close::plan::{Gate, Item, Plan, PlanDraft, PlanId};
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::{AccountId, ProcessId};
use runwatch_core::names;

use crate::close::error::CloseError;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;

/// Samples that a proposal looks at: years of month-ends.
const MOST_SAMPLES: u32 = 5_000;
/// Periods that are looked through for one with runs.
const MOST_PERIODS: usize = 12;
/// The longest name of a plan and of a process, in characters.
const LONGEST_NAME: usize = 200;

/// A plan made from the last close.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The draft with the proposed items.
    pub draft: PlanDraft,
    /// The period that they are from.
    pub period: Period,
    /// What each item rests on, in the items' order.
    pub seen: Vec<ProposedFrom>,
}

/// What a proposed item rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedFrom {
    /// The process.
    pub process: ProcessId,
    /// Seconds that it usually takes.
    pub usual_seconds: f64,
    /// Seconds for which it usually waits after what it waits for.
    pub usual_delay: Option<f64>,
    /// Closes that this was seen in.
    pub seen_in: usize,
}

impl Engine {
    /// Keeps a plan, new or changed. What is open keeps its times, and what is over its items, too.
    ///
    /// # Errors
    /// [`CloseError`] where it makes no sense; [`EngineError::Store`] where it cannot be written down.
    pub async fn save_plan(&self, draft: PlanDraft) -> Result<Plan, EngineError> {
        let _turn = self.closes.turn.lock().await;
        let kept = self.closes.plan(&draft.id).ok();
        let has_account = |plan: &Plan| plan.draft().account == draft.account;
        // A plan whose account was removed can be changed all the same.
        if self.accounts.get(&draft.account).is_none() && !kept.as_ref().is_some_and(has_account) {
            return Err(CloseError::NoAccount.into());
        }
        if kept.as_ref().is_some_and(|plan| !has_account(plan)) {
            return Err(CloseError::OtherAccount.into());
        }
        let plan = Plan::new(tidied(draft)).map_err(CloseError::Plan)?;
        let over = kept.map_or_else(Vec::new, |before| self.closes_over_before(&before));
        let mut writes = vec![CloseWrite::Plan(Box::new(plan.draft().clone()))];
        writes.extend(
            over.iter()
                .map(|one| CloseWrite::Close(Box::new(one.clone()))),
        );
        self.write_of_closes(writes).await?;
        over.into_iter().for_each(|one| self.closes.put(one));
        self.closes.put_plan(plan.clone());
        self.learn_of_plan(&plan);
        self.events.emit(Event::Plans);
        self.closes.wake();
        Ok(plan)
    }

    /// The closes of a plan that are over, with its items as they are before it changes.
    fn closes_over_before(&self, plan: &Plan) -> Vec<KeptClose> {
        let of_plan = self.closes.closes_of(&plan.draft().id).into_iter();
        let is_over = |kept: &KeptClose| self.close_here(plan, kept).is_over(self.now());
        let over = of_plan.filter(|kept| kept.items.is_none() && is_over(kept));
        let with_items = |kept| KeptClose {
            items: Some(plan.items().to_vec()),
            ..kept
        };
        over.map(with_items).collect()
    }

    /// Deletes a plan with its closes and their forecasts. Runs stay, and so does the evidence of their ends.
    ///
    /// # Errors
    /// [`EngineError`] where there is none, or that cannot be written down.
    pub async fn delete_plan(&self, id: &PlanId) -> Result<(), EngineError> {
        let _turn = self.closes.turn.lock().await;
        self.closes.plan(id)?;
        self.write_one_of_closes(CloseWrite::DeletePlan(id.clone()))
            .await?;
        self.closes.remove_plan(id);
        self.events.emit(Event::Plans);
        Ok(())
    }

    /// Proposes the items of a plan from the last close of which something is known. Nothing is kept.
    ///
    /// # Errors
    /// [`CloseError::NothingKnown`], or [`CloseError::Open`] where a period has no working day.
    pub async fn propose_plan(&self, draft: PlanDraft) -> Result<Proposal, EngineError> {
        if self.accounts.get(&draft.account).is_none() {
            return Err(CloseError::NoAccount.into());
        }
        let dates = self.server_dates(&draft.account);
        let store = self.history.store();
        let samples = store
            .samples_of_account(&draft.account, MOST_SAMPLES)
            .await?;
        let samples: Vec<DurationSample> = samples
            .into_iter()
            .map(|sample| sample.by_this_clock(&dates))
            .collect();
        let (period, items) =
            last_close(&draft, &samples, self.now()).ok_or(CloseError::NothingKnown)?;
        let mut named = Vec::new();
        for item in &items {
            named.push(self.item_of(&draft.account, item).await);
        }
        let seen = |item: ProposedItem| ProposedFrom {
            process: item.process,
            usual_seconds: item.usual_seconds,
            usual_delay: item.usual_delay,
            seen_in: item.seen_in,
        };
        Ok(Proposal {
            draft: PlanDraft {
                items: named,
                ..draft
            },
            period,
            seen: items.into_iter().map(seen).collect(),
        })
    }

    async fn item_of(&self, account: &AccountId, proposed: &ProposedItem) -> Item {
        let process = &proposed.process;
        let name = match self.accounts.api(account) {
            Ok(api) => self.learn_from(account, api.process(process).await).ok(),
            Err(_) => None,
        };
        Item {
            process: process.clone(),
            // Without an answer it goes by its id, until its owner types a name.
            name: name.map_or_else(|| process.to_string(), |info| info.name),
            start: proposed.start.clone(),
            waits_for: proposed.waits_for.clone(),
            gate: Gate::WarningsAllowed,
            optional: false,
            estimate: None,
        }
    }
}

/// The latest period whose cut-off has passed and of which something is known; else the latest at all.
fn last_close(
    draft: &PlanDraft,
    samples: &[DurationSample],
    now: Timestamp,
) -> Option<(Period, Vec<ProposedItem>)> {
    let today = draft.zone.to_datetime(now).date();
    let before = |period: &Period| draft.periods.before(*period);
    let present = draft.periods.of_day(today);
    let latest = present.or_else(|| draft.periods.ended_before(today));
    let known: Vec<(Period, Vec<ProposedItem>)> = std::iter::successors(latest, before)
        .take(MOST_PERIODS)
        .map(|period| (period, propose(draft, period, samples)))
        .filter(|(_, items)| !items.is_empty())
        .collect();
    let is_over = |period: Period| {
        let day = draft.calendar.day(period, draft.cut_off.day).ok()?;
        let cut_off = moment(day, draft.cut_off.time, &draft.zone)?;
        Some(cut_off.at <= now)
    };
    let over = known
        .iter()
        .find(|(period, _)| is_over(*period) == Some(true));
    over.or(known.first()).cloned()
}

fn tidied(draft: PlanDraft) -> PlanDraft {
    let line = |name: &str| names::line(name, LONGEST_NAME);
    let items = draft.items.into_iter().map(|item| Item {
        name: line(&item.name).unwrap_or_else(|| item.process.to_string()),
        ..item
    });
    PlanDraft {
        name: line(&draft.name).unwrap_or_default(),
        items: items.collect(),
        ..draft
    }
}
