//! Opening the close of a period, moving its times, putting it away.

use jiff::Timestamp;
use runwatch_core::close::alarms::Cause;
use runwatch_core::close::kept::{CloseId, CloseWrite, KeptClose};
use runwatch_core::close::open::{Close, CloseNote, OpenError, open_beside};
use runwatch_core::close::periods::Period;
use runwatch_core::close::plan::{Plan, PlanId};
use runwatch_core::ids::ProcessId;

use crate::close::error::CloseError;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;

/// A period that can be opened, with what its close would be.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenChoice {
    /// The close.
    pub id: CloseId,
    /// Its period.
    pub period: Period,
    /// Its cut-off (UTC) and what to know of its times, or why it cannot be opened.
    pub close: Result<(Timestamp, Vec<CloseNote>), OpenError>,
}

impl Engine {
    /// The periods around now that are not open yet: the one whose cut-off comes next is first.
    ///
    /// # Errors
    /// [`CloseError::NoSuchPlan`].
    pub fn open_choices(&self, plan: &PlanId) -> Result<Vec<OpenChoice>, CloseError> {
        let plan = self.closes.plan(plan)?;
        let draft = plan.draft();
        let now = self.now();
        let today = draft.zone.to_datetime(now).date();
        let present = draft.periods.of_day(today);
        // Of a list it may be the last one.
        let before = draft.periods.ended_before(today);
        let after = present.and_then(|period| draft.periods.after(period));
        let is_new = |choice: &OpenChoice| self.closes.get(&choice.id).is_err();
        let mut choices: Vec<OpenChoice> = [before, present, after]
            .into_iter()
            .flatten()
            .map(|period| self.choice(&plan, period))
            .filter(is_new)
            .collect();
        let is_past =
            |choice: &OpenChoice| matches!(&choice.close, Ok((cut_off, _)) if *cut_off <= now);
        choices.sort_by_key(|choice| (is_past(choice), choice.id.last));
        Ok(choices)
    }

    /// Opens the close of a period: its cut-off, its times and its calendar are fixed.
    ///
    /// # Errors
    /// [`EngineError`] where the plan has no such period, its times make no sense, or it cannot be written
    /// down.
    pub async fn open_close(&self, id: &CloseId) -> Result<(), EngineError> {
        let turn = self.closes.turn.lock().await;
        let plan = self.closes.plan(&id.plan)?;
        if self.closes.get(id).is_ok() {
            return Err(CloseError::AlreadyOpen.into());
        }
        let (close, _) = self.fixed(&plan, id)?;
        let mut kept = KeptClose::new(close);
        // Who opens a close after its cut-off knows that this has passed: it is not told.
        kept.know_of_cut_off(self.clock_ahead(&plan.draft().account), self.now());
        self.write_close(kept).await?;
        drop(turn);
        self.learn_of_plan(&plan);
        self.closes.wake();
        Ok(())
    }

    /// Takes the times of the plan as it is now into an open close.
    ///
    /// # Errors
    /// [`EngineError`] where the plan has no such close any more, or it cannot be written down.
    pub async fn move_close(&self, id: &CloseId) -> Result<(), EngineError> {
        let _turn = self.closes.turn.lock().await;
        let (plan, kept) = self.closes.get(id)?;
        let (close, _) = self.fixed(&plan, id)?;
        let due_before = kept.close.due.clone();
        let mut moved = KeptClose {
            close,
            seen_since_cut_off: false,
            ..kept
        };
        // What is due at another time can be missed anew, and so can another cut-off.
        let due = &moved.close.due;
        let is_same = |process: &ProcessId| due.get(process) == due_before.get(process);
        moved.told.did_not_start.retain(is_same);
        let alarms = &mut moved.told.alarms;
        alarms
            .told
            .retain(|cause| matches!(cause, Cause::Blocked(_)));
        alarms.under_since = None;
        alarms.expected_late = false;
        moved.know_of_cut_off(self.clock_ahead(&plan.draft().account), self.now());
        self.write_close(moved).await?;
        // Other runs may lie inside its window now.
        for item in plan.items() {
            let of = (plan.draft().account.clone(), item.process.clone());
            self.closes.forget_found(&of);
        }
        self.closes.past_asked.ask_anew(id);
        self.closes.wake();
        Ok(())
    }

    /// Puts a close away, so that nothing is told of it any more, or takes it out again.
    ///
    /// # Errors
    /// [`EngineError`] where there is no such close, or it cannot be written down.
    pub async fn archive_close(&self, id: &CloseId, archived: bool) -> Result<(), EngineError> {
        let now = self.now();
        let plan = self.closes.plan(&id.plan)?;
        let ahead = self.clock_ahead(&plan.draft().account);
        self.change_close(id, |kept| {
            let is_back = kept.archived && !archived;
            kept.archived = archived;
            // What goes on goes by the plan as it is now.
            if !kept.by_this_clock(ahead).is_over(now) {
                kept.items = None;
            }
            if is_back {
                let items = kept.items.clone();
                kept.bring_back(items.as_deref().unwrap_or(plan.items()), ahead, now);
            }
            Ok(())
        })
        .await?;
        self.events.emit(Event::Plans);
        Ok(())
    }

    /// Learns from earlier runs of the plan's processes, and looks for those of this close.
    pub(crate) fn learn_of_plan(&self, plan: &Plan) {
        for item in plan.items() {
            let of = (plan.draft().account.clone(), item.process.clone());
            self.closes.forget_found(&of);
            self.backfill_process(of);
        }
    }

    async fn write_close(&self, kept: KeptClose) -> Result<(), EngineError> {
        self.write_one_of_closes(CloseWrite::Close(Box::new(kept.clone())))
            .await?;
        self.closes.put(kept);
        self.events.emit(Event::Plans);
        Ok(())
    }

    fn choice(&self, plan: &Plan, period: Period) -> OpenChoice {
        let id = CloseId {
            plan: plan.draft().id.clone(),
            last: period.last,
        };
        let close = self.opened(plan, period, &id);
        OpenChoice {
            id,
            period,
            close: close.map(|(close, notes)| (close.cut_off, notes)),
        }
    }

    fn fixed(&self, plan: &Plan, id: &CloseId) -> Result<(Close, Vec<CloseNote>), CloseError> {
        let period = plan.draft().periods.of_day(id.last);
        let period = period.filter(|period| period.last == id.last);
        let period = period.ok_or(CloseError::NoSuchPeriod)?;
        Ok(self.opened(plan, period, id)?)
    }

    /// A close beside those of its plan that are open; of one that is over, nothing is to come any more.
    fn opened(
        &self,
        plan: &Plan,
        period: Period,
        id: &CloseId,
    ) -> Result<(Close, Vec<CloseNote>), OpenError> {
        let now = self.now();
        let others = self.closes.closes_of(&id.plan).into_iter();
        let is_closed = |kept: &KeptClose| self.close_here(plan, kept).is_closed(now);
        let open = others.filter(|kept| !kept.archived && !is_closed(kept));
        let windows = open.map(|kept| (kept.close.period, kept.close.window));
        open_beside(plan, period, seed(id), windows)
    }
}

/// The same close is always forecast by the same draws.
fn seed(id: &CloseId) -> u64 {
    let text = format!("{} {}", id.plan.0, id.last);
    text.bytes().fold(7, |seed: u64, byte| {
        seed.wrapping_mul(31).wrapping_add(u64::from(byte))
    })
}
