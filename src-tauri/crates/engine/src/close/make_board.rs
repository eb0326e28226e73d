//! Makes the board of a close.

use std::sync::Arc;

use jiff::Timestamp;
use runwatch_core::close::binding::Ask;
use runwatch_core::close::board::{BoardView, Facts, forecast};
use runwatch_core::close::item_state::{Block, ItemFacts, ItemState};
use runwatch_core::close::kept::{CloseId, KeptClose};
use runwatch_core::close::open::{Close, moved_by, open};
use runwatch_core::close::plan::Plan;
use runwatch_core::close::score::{EndedClose, Score, score};
use runwatch_core::ids::{ProcessId, RunId, RunKey};

use crate::close::board::{AskedRun, Board, ItemOnBoard, RunOfItem};
use crate::close::facts::Gathered;
use crate::close::notes::started_early;
use crate::close::read_bound::is_fresh;
use crate::engine::Engine;
use crate::error::EngineError;

/// The forecast of a close by this clock, worked out on a thread of its own: polling must not wait for it. What it was
/// made of is lent to that thread, and comes back.
pub(crate) async fn forecast_aside(
    plan: &Plan,
    kept: &KeptClose,
    gathered: Gathered,
    asks: &[Ask],
    account_is_gone: bool,
    now: Timestamp,
) -> Option<(BoardView, Gathered)> {
    let (plan, close, seen_through) = (plan.clone(), kept.close.clone(), kept.through);
    let asks: Vec<ProcessId> = asks.iter().map(|ask| ask.process.clone()).collect();
    let work = move || {
        let runs = gathered.bound_runs();
        let facts = Facts {
            items: ItemFacts {
                runs: &runs,
                asks: &asks,
                gone: &gathered.gone,
                earlier_steps: &gathered.earlier_steps,
            },
            samples: &gathered.samples,
            counted: &gathered.counted,
            account_is_gone,
            seen_through,
        };
        let view = forecast(&plan, &close, facts, now);
        drop(runs);
        (view, gathered)
    };
    tokio::task::spawn_blocking(work).await.ok()
}

impl Engine {
    /// Puts a board together; its number is given when it is kept.
    pub(crate) fn board_of(
        &self,
        plan: &Plan,
        kept: KeptClose,
        view: BoardView,
        gathered: &Gathered,
        asks: &[Ask],
    ) -> Board {
        let item = |place: usize| self.item_on_board(plan, &kept, &view, gathered, asks, place);
        let now = open(plan, kept.close.period, kept.close.seed).ok();
        let mut notes = now
            .as_ref()
            .map_or_else(Vec::new, |(_, notes)| notes.clone());
        notes.extend(started_early(plan, &view.early));
        notes.extend(self.runs_unread(plan, &kept));
        notes.extend(self.runs_elsewhere(plan, &self.close_here(plan, &kept), asks));
        notes.extend(self.starts_unseen(plan, &kept, &view));
        // What was over before the plan changed is not moved any more.
        let moved = |now: &Close| match kept.items {
            None => moved_by(&kept.close, now),
            Some(_) => Vec::new(),
        };
        Board {
            items: (0..plan.items().len()).map(item).collect(),
            score: self.score_of(plan),
            moved: now.as_ref().map(|(now, _)| moved(now)),
            notes,
            made_at: self.now(),
            seen_at: None,
            seq: 0,
            plan: plan.clone(),
            view,
            kept,
        }
    }

    /// Whether the board of a close by this clock shows what SolveXia shows: what was not read lately alarms nobody.
    /// One that rests stays as it was seen.
    pub(crate) fn is_in_sight(&self, plan: &Plan, kept: &KeptClose, gathered: &Gathered) -> bool {
        let now = self.now();
        let rests = kept.rests(now);
        let is_closed = rests || kept.is_closed(now);
        let mut of_list = gathered.runs.iter().flatten().filter_map(|(run, _)| {
            let tracked = self.runs.get(&run.key).ok()?;
            Some(tracked.read(|state| {
                let is_fresh =
                    is_fresh(state.run.seen_at, now) && kept.can_tell_from(state.asked, now);
                let is_read = is_closed || state.gone || is_fresh;
                is_read && !state.away && (state.problem.is_none() || state.gone)
            }))
        });
        let has_looked = rests || self.has_looked(plan, kept);
        self.can_see(plan) && has_looked && of_list.all(|was_read| was_read)
    }

    fn item_on_board(
        &self,
        plan: &Plan,
        kept: &KeptClose,
        view: &BoardView,
        gathered: &Gathered,
        asks: &[Ask],
        place: usize,
    ) -> ItemOnBoard {
        let process = &plan.items()[place].process;
        let account = &plan.draft().account;
        let key = |run: &RunId| RunKey {
            account: account.clone(),
            run: run.clone(),
        };
        let known = gathered.runs[place].as_ref();
        let run = kept.bound(process).map(|binding| {
            let attempt = known.and_then(|(run, _)| run.attempt.as_ref());
            RunOfItem {
                run: binding.run.clone(),
                name: known
                    .map_or_else(|| binding.run.to_string(), |(run, _)| run.info.name.clone()),
                by: binding.by,
                is_listed: self.runs.get(&key(&binding.run)).is_ok(),
                outcome: known.and_then(|(run, _)| run.outcome()),
                started: attempt.and_then(|attempt| attempt.stamp.started),
                ended: attempt.and_then(|attempt| attempt.stamp.finished),
            }
        });
        let dates = self.server_dates(account);
        let asked = |run: &RunId| {
            let tracked = self.runs.get(&key(run)).ok();
            let run_here = tracked.map(|one| one.read(|state| state.run_by_this_clock(&dates)));
            AskedRun {
                run: run.clone(),
                name: self.run_name(&key(run)),
                created: run_here.as_ref().and_then(|run| run.info.date_created),
                started: run_here.and_then(|run| run.attempt?.stamp.started),
            }
        };
        let of_item = asks.iter().filter(|ask| ask.process == *process);
        let left_out = match &view.items[place].state {
            ItemState::Blocked(Block::Skipped(steps)) => {
                let steps_of = known.map_or(&[][..], |(_, steps)| steps);
                let named = steps_of.iter().filter(|step| steps.contains(&step.id));
                named.map(|step| step.name.clone()).collect()
            }
            _ => Vec::new(),
        };
        ItemOnBoard {
            run,
            asks: of_item.flat_map(|ask| ask.runs.iter().map(asked)).collect(),
            left_out,
        }
    }

    /// How right the last forecasts of a plan's closes were.
    fn score_of(&self, plan: &Plan) -> Score {
        let ended = |kept: KeptClose| {
            Some(EndedClose {
                published: self.closes.forecasts(&kept.id()),
                through: self.close_here(plan, &kept).through?,
                something_failed: kept.something_failed,
            })
        };
        let closes = self.closes.closes_of(&plan.draft().id);
        let ended: Vec<EndedClose> = closes.into_iter().filter_map(ended).collect();
        score(&ended)
    }

    /// The board of a close, worked out now. Nothing is told and nothing written down by it.
    ///
    /// # Errors
    /// [`EngineError`] where there is no such close, or the history cannot be read.
    pub async fn close_board(&self, id: &CloseId) -> Result<Arc<Board>, EngineError> {
        let _turn = self.closes.turn.lock().await;
        let (plan, kept) = self.closes.get(id)?;
        let board = self.bound_board(&plan, kept).await?;
        Ok(self.closes.put_board(board))
    }
}
