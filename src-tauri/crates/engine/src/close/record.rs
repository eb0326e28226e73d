//! All that is kept of a close, for its evidence pack.

use jiff::{SignedDuration, Timestamp};
use runwatch_core::account::Account;
use runwatch_core::action::{Action, ActionKind};
use runwatch_core::close::kept::{CapturedAttempt, CloseId};
use runwatch_core::close::open::Window;
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::ids::{AccountId, ProcessId, RunId};
use runwatch_core::notification::InboxItem;
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use runwatch_core::server_dates::ServerDates;

use crate::close::board::Board;
use crate::close::capture::captured_late;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::{ProcessKey, run_key};

/// Ended attempts of a process that are looked through.
const MOST_CAPTURED: u32 = 10_000;
/// Actions that are looked through for creates whose answer was lost.
const MOST_ACTIONS: u32 = 10_000;

/// All that is kept of a close. Dates of runs and steps are SolveXia's, as they came.
#[derive(Debug, Clone, PartialEq)]
pub struct CloseRecord {
    /// How it stands.
    pub board: Board,
    /// Its window, by this computer's clock.
    pub window: Window,
    /// Its account; none where it was removed.
    pub account: Option<Account>,
    /// How its dates become moments by this computer's clock.
    pub dates: ServerDates,
    /// By how much SolveXia's clock is ahead; none where the account was removed.
    pub clock_ahead: Option<SignedDuration>,
    /// Every run of its processes that SolveXia lists and that was made or started in its window.
    pub listed: Vec<ListedRun>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// The ended attempts of its runs, by run and attempt.
    pub captured: Vec<CapturedAttempt>,
    /// Its runs that have not ended, or of whose latest end nothing was captured, with their steps.
    pub going: Vec<(Run, Vec<Step>)>,
    /// What was done to its runs here, oldest first.
    pub actions: Vec<Action>,
    /// Its forecasts, the earliest first.
    pub forecasts: Vec<PublishedForecast>,
    /// What was told of it, oldest first.
    pub told: Vec<InboxItem>,
    /// When this was put together (UTC).
    pub made_at: Timestamp,
}

/// A run that SolveXia lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedRun {
    /// Its process.
    pub process: ProcessId,
    /// The run.
    pub run: RunId,
    /// Its name.
    pub name: String,
    /// When it was created, as SolveXia wrote it.
    pub created: Option<Timestamp>,
    /// It stands for an item of the close.
    pub is_bound: bool,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// A process or run.
    pub what: String,
    /// Why, in words.
    pub why: String,
}

impl CloseRecord {
    /// Whether a process was taken out of the plan after a run of it was bound.
    pub fn is_no_longer_planned(&self, process: &ProcessId) -> bool {
        self.board.plan.place(process).is_none()
    }
}

impl Engine {
    /// Puts together what is kept of a close, and lists the runs of its processes once more.
    ///
    /// # Errors
    /// [`EngineError`] where there is no such close, or the history cannot be read. What SolveXia does not
    /// answer is no error: it is said in the record.
    pub async fn close_record(&self, id: &CloseId) -> Result<CloseRecord, EngineError> {
        let board = Board::clone(&*self.close_board(id).await?);
        let draft = board.plan.draft();
        let account = draft.account.clone();
        let session = self.accounts.get(&account);
        let mut record = CloseRecord {
            window: self.close_here(&board.plan, &board.kept).close.window,
            dates: self.server_dates(&account),
            clock_ahead: session.as_ref().map(|_| self.clock_ahead(&account)),
            account: session.map(|session| session.account),
            listed: Vec::new(),
            unread: Vec::new(),
            captured: Vec::new(),
            going: Vec::new(),
            actions: Vec::new(),
            forecasts: self.closes.forecasts(id),
            told: self.history.store().told_of_close(id).await?,
            made_at: self.now(),
            board: board.clone(),
        };
        for process in processes_of(&board) {
            let of = (account.clone(), process);
            self.list_in_window(&of, &mut record).await;
            self.take_captured(&of, &mut record).await?;
        }
        self.take_lost_creates(&account, &mut record).await?;
        record
            .actions
            .sort_by_key(|action| (action.asked, action.id));
        Ok(record)
    }

    /// Creates in the window whose answer was lost: nobody knows which run came of them, or of which process.
    async fn take_lost_creates(
        &self,
        account: &AccountId,
        record: &mut CloseRecord,
    ) -> Result<(), EngineError> {
        let window = record.window;
        let is_lost = |action: &Action| {
            action.account == *account
                && action.kind == ActionKind::Create
                && action.run.is_none()
                && window.holds(action.asked)
        };
        let done = self.history.store().activity(MOST_ACTIONS).await?;
        record.actions.extend(done.into_iter().filter(is_lost));
        Ok(())
    }

    /// What is kept of the runs that stand for an item, were made in the window, or ended in it: SolveXia may not
    /// list these any more.
    async fn take_captured(
        &self,
        of: &ProcessKey,
        record: &mut CloseRecord,
    ) -> Result<(), EngineError> {
        let store = self.history.store();
        let mut captured = store.captured(&of.0, &of.1, MOST_CAPTURED).await?;
        let is_of_close = |run: &RunId| {
            let bound = &record.board.kept.bindings;
            bound.iter().any(|bound| bound.run == *run)
                || record.listed.iter().any(|listed| listed.run == *run)
        };
        let (window, dates) = (record.window, &record.dates);
        let ended_in_it = |kept: &CapturedAttempt| {
            let date = kept.stamp.finished.or(kept.stamp.started);
            date.is_some_and(|date| window.holds(dates.run_moment(date)))
        };
        captured.retain(|kept| is_of_close(&kept.key.run) || ended_in_it(kept));
        captured.sort_by(|a, b| (&a.key.run, a.attempt).cmp(&(&b.key.run, b.attempt)));
        let bound = record
            .board
            .kept
            .bound(&of.1)
            .map(|bound| bound.run.clone());
        let listed = record.listed.iter().filter(|one| one.process == of.1);
        let ended = captured.iter().map(|kept| kept.key.run.clone());
        let listed = listed.map(|one| one.run.clone());
        let mut runs: Vec<RunId> = listed.chain(bound).chain(ended).collect();
        runs.sort();
        runs.dedup();
        for run in runs {
            let key = run_key(of, &run);
            record.actions.extend(store.actions_of_run(&key).await?);
            let Ok(tracked) = self.runs.get(&key) else {
                continue;
            };
            let state = tracked.state();
            let is_kept = |kept: &CapturedAttempt| {
                kept.key == key && kept.attempt == state.run.attempt_number()
            };
            if state.run.attempt.is_none() || captured.iter().any(is_kept) {
                continue;
            }
            // It ended while no plan had its process.
            match captured_late(&of.1, &state, &record.dates, self.now()) {
                Some(kept) => captured.push(kept),
                None => record.going.push((state.run, state.steps)),
            }
        }
        captured.sort_by(|a, b| (&a.key.run, a.attempt).cmp(&(&b.key.run, b.attempt)));
        record.captured.extend(captured);
        Ok(())
    }
}

/// The processes of a close: those of its plan, and those that were taken out of it after a run was bound.
fn processes_of(board: &Board) -> Vec<ProcessId> {
    let planned = board.plan.items().iter().map(|item| &item.process);
    let bound = board.kept.bindings.iter().map(|bound| &bound.process);
    let taken_out = bound.filter(|process| board.plan.place(process).is_none());
    planned.chain(taken_out).cloned().collect()
}
