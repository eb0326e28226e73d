//! The board of a close, with all that is shown of it.

use jiff::Timestamp;
use runwatch_core::close::binding::{Ask, BoundBy};
use runwatch_core::close::board::{BoardView, Facts, Foresight, forecast};
use runwatch_core::close::item_state::{Block, BoundRun, ItemFacts, ItemState};
use runwatch_core::close::kept::{CloseId, KeptClose};
use runwatch_core::close::open::{CloseNote, Moved, moved_by_plan, open};
use runwatch_core::close::plan::Plan;
use runwatch_core::close::score::{EndedClose, Score, score};
use runwatch_core::ids::{ProcessId, RunId, RunKey};
use runwatch_core::outcome::Outcome;
use runwatch_core::run::Run;

use crate::close::facts::Gathered;
use crate::engine::Engine;

/// A close as it stands at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Its plan.
    pub plan: Plan,
    /// The close, with what has come of it.
    pub kept: KeptClose,
    /// How it stands, and what is foreseen.
    pub view: BoardView,
    /// More of its items, by their places.
    pub items: Vec<ItemOnBoard>,
    /// How right the last forecasts of its plan were.
    pub score: Score,
    /// What to know of its times.
    pub notes: Vec<CloseNote>,
    /// What the plan as it is now would move; none where it has no such close any more.
    pub moved: Option<Vec<Moved>>,
    /// When this was worked out (UTC).
    pub made_at: Timestamp,
    /// Which one it is: a newer one has a higher number.
    pub seq: i64,
}

/// What is shown of an item beside what the board's view says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemOnBoard {
    /// The run that stands for it.
    pub run: Option<RunOfItem>,
    /// Runs of which its owner must say which one counts.
    pub asks: Vec<AskedRun>,
    /// The names of the steps that it left out and that usually run.
    pub left_out: Vec<String>,
}

/// The run that stands for an item, by this computer's clock.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOfItem {
    /// The run.
    pub run: RunId,
    /// Its name.
    pub name: String,
    /// What bound it.
    pub by: BoundBy,
    /// It is in the list.
    pub is_listed: bool,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it started (UTC).
    pub started: Option<Timestamp>,
    /// When it ended (UTC).
    pub ended: Option<Timestamp>,
}

/// A run that may be meant, by this computer's clock.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedRun {
    /// The run.
    pub run: RunId,
    /// Its name.
    pub name: String,
    /// When it was created (UTC).
    pub created: Option<Timestamp>,
    /// When it started (UTC).
    pub started: Option<Timestamp>,
}

/// A forecast is worked out on a thread of its own: polling must not wait for it.
pub(crate) async fn forecast_aside(
    plan: &Plan,
    kept: &KeptClose,
    gathered: &Gathered,
    asks: &[Ask],
    account_is_gone: bool,
    now: Timestamp,
) -> Option<BoardView> {
    let (plan, close, gathered) = (plan.clone(), kept.close.clone(), gathered.clone());
    let asks: Vec<ProcessId> = asks.iter().map(|ask| ask.process.clone()).collect();
    let work = move || {
        let bound = |run: &Option<(Run, _)>| run.is_some();
        let runs: Vec<Option<BoundRun>> = gathered
            .runs
            .iter()
            .map(|run| run.as_ref().filter(|_| bound(run)))
            .map(|run| run.map(|(run, steps)| BoundRun { run, steps }))
            .collect();
        let facts = Facts {
            items: ItemFacts {
                runs: &runs,
                asks: &asks,
                gone: &gathered.gone,
                earlier_steps: &gathered.earlier_steps,
            },
            samples: &gathered.samples,
            account_is_gone,
        };
        forecast(&plan, &close, facts, now)
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
        let notes = open(plan, kept.close.period, kept.close.seed).map(|(_, notes)| notes);
        Board {
            items: (0..plan.items().len()).map(item).collect(),
            score: self.score_of(plan),
            notes: notes.unwrap_or_default(),
            moved: moved_by_plan(&kept.close, plan).ok(),
            made_at: self.now(),
            seq: 0,
            plan: plan.clone(),
            view,
            kept,
        }
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
            let state = tracked.map(|tracked| tracked.state().by_this_clock(dates));
            AskedRun {
                run: run.clone(),
                name: self.run_name(&key(run)),
                created: state.as_ref().and_then(|state| state.run.info.date_created),
                started: state.and_then(|state| state.run.attempt?.stamp.started),
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
                through: kept.through?,
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
    /// [`crate::EngineError`] where there is no such close, or the history cannot be read.
    pub async fn close_board(
        &self,
        id: &CloseId,
    ) -> Result<std::sync::Arc<Board>, crate::EngineError> {
        let _turn = self.closes.turn.lock().await;
        let (plan, kept) = self.closes.get(id)?;
        let looked = self.look_at(&plan, kept).await?;
        Ok(self.closes.put_board(looked.board))
    }
}

impl Board {
    /// Whether an item of it did not pass its gate, or was run more than once.
    pub(crate) fn something_failed(&self, gathered: &Gathered) -> bool {
        let is_blocked = |state: &ItemState| matches!(state, ItemState::Blocked(_));
        let again = gathered
            .runs
            .iter()
            .flatten()
            .any(|(run, _)| run.attempt_number() > 1);
        again || self.view.items.iter().any(|item| is_blocked(&item.state))
    }

    /// Since when it is through; none while it is not.
    pub(crate) fn through(&self) -> Option<Timestamp> {
        match self.view.foresight {
            Foresight::Done(at) => Some(at),
            _ => None,
        }
    }
}
