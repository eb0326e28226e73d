//! What is known of one run while the app runs.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use runwatch_core::action::Action;
use runwatch_core::action_availability::{ActionContext, Elsewhere};
use runwatch_core::attempt::{Phase, is_proving_over};
use runwatch_core::error::CallError;
use runwatch_core::ids::{RunKey, StepId};
use runwatch_core::observation::Step;
use runwatch_core::outage::Visibility;
use runwatch_core::outcome::Outcome;
use runwatch_core::run::Run;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::transaction::Transaction;
use runwatch_core::words;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::runs::interrupted_read::InterruptedRead;
use crate::runs::untold_end::UntoldEnd;
use crate::scheduler::interval::MAY_COME_BACK;
use crate::sync::lock;

/// One run: its state, and the lock that keeps its reads and actions one after another.
#[derive(Debug)]
pub struct TrackedRun {
    /// The run and its account.
    pub key: RunKey,
    /// Held over a read or an action, network included.
    pub(crate) turn: tokio::sync::Mutex<()>,
    /// Held over a change and its way into the store, so that writes keep their order.
    pub(crate) writing: tokio::sync::Mutex<()>,
    /// An action waits for its turn.
    action_waits: Notify,
    state: Mutex<TrackedState>,
}

/// What is known of a run at this moment.
#[derive(Debug, Clone)]
pub struct TrackedState {
    /// As the store has it, or will.
    pub run: Run,
    /// The number of its latest change: it grows with every change of any run.
    pub change: i64,
    /// Its steps, those added by hand included.
    pub steps: Vec<Step>,
    /// Why a step could not be read, while so.
    pub step_problems: HashMap<StepId, CallError>,
    /// Why the list of steps could not be read, while so.
    pub steps_problem: Option<CallError>,
    /// Why its status could not be read, while so.
    pub problem: Option<CallError>,
    /// An action is under way.
    pub busy: bool,
    /// It is watched because of the action under way, and nobody has chosen so since.
    pub(crate) watched_for_action: bool,
    /// It was taken out of the archive by the action under way, and nobody has chosen so since.
    pub(crate) shown_for_action: bool,
    /// Why its buttons are of no use: SolveXia refused an action for want of a right.
    pub refused: Option<&'static str>,
    /// Actions of which nobody knows whether they arrived.
    pub open_actions: Vec<OpenAction>,
    /// What the store did not take, oldest first: written down before anything newer.
    pub(crate) unsaved: Vec<Transaction>,
    /// When it is read next.
    pub(crate) due: Instant,
    /// The read that is due was planned at the one before.
    pub(crate) planned: bool,
    /// A read is under way.
    pub(crate) polling: bool,
    /// Reads that failed in a row.
    pub(crate) failures: u32,
    /// When the status that is shown was asked for in this session (UTC, by this computer's clock): it is at least as new.
    pub(crate) asked: Option<Timestamp>,
    /// When the present attempt was first seen running in this session (UTC, by this computer's clock).
    pub(crate) seen_running: Option<Timestamp>,
    /// When its end was seen to have come in this session, likewise.
    pub(crate) seen_ended: Option<Timestamp>,
    /// What its answers showed in this session, where they had dates.
    pub(crate) stamps_shown: Vec<StatusStamp>,
    /// When it was last seen not to have been started, by this computer's clock.
    pub(crate) waited_until: Option<Timestamp>,
    /// When an action was last sent from here.
    pub(crate) acted_at: Option<Instant>,
    /// When its watch was last stopped while its end was waited for.
    pub(crate) unwatched_at: Option<Instant>,
    /// Its latest end, where that was told to nobody.
    pub(crate) untold: Option<UntoldEnd>,
    /// When an end was told as unverified in this session: it is read on for a while.
    pub(crate) unverified_at: Option<Instant>,
    /// When it was last asked for by the close board alone.
    pub(crate) tried_for_board: Option<Instant>,
    /// Since when it was seen to be over, without a break, in this session.
    pub(crate) over_since: Option<Instant>,
    /// Not seen since the app started or the computer woke: what ended, ended unseen.
    pub(crate) away: bool,
    /// The attempt that was told to take much longer than usual.
    pub(crate) told_long: Option<u32>,
    /// The attempt of which it was told that its start does not show.
    pub(crate) told_unshown: Option<u32>,
    /// SolveXia does not know it any more; where its end was awaited, that was told.
    pub gone: bool,
    /// The latest read of its steps, where that was interrupted and its end is not known.
    pub(crate) interrupted: Option<InterruptedRead>,
    /// How it looks from here.
    pub(crate) visibility: Visibility,
}

/// An action without an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAction {
    /// The action as it was written down.
    pub action: Action,
    /// It was left open by an earlier run of the app, so that its result is told.
    pub tell: bool,
}

impl TrackedRun {
    /// A run, due at once.
    pub fn new(run: Run, steps: Vec<Step>) -> Self {
        let state = TrackedState {
            change: 0,
            steps,
            step_problems: HashMap::new(),
            steps_problem: None,
            problem: None,
            busy: false,
            watched_for_action: false,
            shown_for_action: false,
            refused: None,
            open_actions: Vec::new(),
            unsaved: Vec::new(),
            due: Instant::now(),
            planned: false,
            polling: false,
            failures: 0,
            asked: None,
            seen_running: None,
            seen_ended: None,
            stamps_shown: Vec::new(),
            waited_until: None,
            acted_at: None,
            unwatched_at: None,
            untold: None,
            unverified_at: None,
            tried_for_board: None,
            over_since: None,
            away: false,
            told_long: None,
            told_unshown: None,
            interrupted: None,
            gone: false,
            visibility: Visibility::Unknown,
            run,
        };
        Self {
            key: state.run.key.clone(),
            turn: tokio::sync::Mutex::new(()),
            writing: tokio::sync::Mutex::new(()),
            action_waits: Notify::new(),
            state: Mutex::new(state),
        }
    }

    /// A copy of what is known now.
    pub fn state(&self) -> TrackedState {
        lock(&self.state).clone()
    }

    /// Changes what is known.
    pub(crate) fn update<T>(&self, change: impl FnOnce(&mut TrackedState) -> T) -> T {
        let mut state = lock(&self.state);
        let answer = change(&mut state);
        state.over_since = match state.is_over() {
            true => state.over_since.or_else(|| Some(Instant::now())),
            false => None,
        };
        answer
    }

    /// An action has come: what is read of the run gives way.
    pub(crate) fn announce_action(&self) {
        self.action_waits.notify_waiters();
    }

    /// Returns when an action waits for its turn, at once where one does already.
    pub(crate) async fn action_waits(&self) {
        let announced = self.action_waits.notified();
        tokio::pin!(announced);
        // Listens before it looks, so that nothing falls in between.
        announced.as_mut().enable();
        if !self.read(|state| state.busy) {
            announced.await;
        }
    }

    /// Reads without a copy.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&TrackedState) -> T) -> T {
        read(&lock(&self.state))
    }
}

impl TrackedState {
    /// What decides which actions make sense.
    pub fn action_context<'a>(
        &'a self,
        cannot_act: Option<&'a str>,
        elsewhere: &'a Elsewhere,
        now: Timestamp,
    ) -> ActionContext<'a> {
        ActionContext {
            attempt: self.run.attempt.as_ref(),
            busy: self.busy,
            elsewhere,
            cannot_act: cannot_act.or(self.gone.then_some(words::run::GONE)),
            now,
        }
    }

    /// Whether a start from here should have shown by now.
    pub(crate) fn is_start_overdue(&self, now: Timestamp) -> bool {
        match self.phase() {
            Some(Phase::Proving { since, .. }) => is_proving_over(*since, now),
            _ => false,
        }
    }

    /// What is said beside its steps; none where all that SolveXia lists are there.
    pub fn steps_note(&self) -> Option<String> {
        let is_cut = self.run.steps_are_cut;
        is_cut.then(words::outcomes::only_the_first_steps)
    }

    /// Its phase; none before the first answer.
    pub(crate) fn phase(&self) -> Option<&Phase> {
        self.run.attempt.as_ref().map(|attempt| &attempt.phase)
    }

    /// Whether its outcome is waited for.
    pub(crate) fn pending(&self) -> bool {
        matches!(self.phase(), Some(Phase::Pending { .. }))
    }

    /// Whether it ended, and its steps did not prove how.
    pub(crate) fn is_unverified(&self) -> bool {
        matches!(
            self.phase(),
            Some(Phase::Ended {
                outcome: Outcome::Unverified,
                ..
            })
        )
    }

    /// Whether no end can come any more: it ended, or SolveXia does not have it.
    pub(crate) fn is_over(&self) -> bool {
        self.gone || self.has_outcome()
    }

    fn has_outcome(&self) -> bool {
        matches!(self.phase(), Some(Phase::Ended { .. } | Phase::Unseen))
    }

    /// Whether it is polled again after a start or a sleep: its end is told, or may be another one now.
    pub(crate) fn is_read_by_itself(&self) -> bool {
        self.run.watched && !self.run.archived && self.run.attempt.is_some()
    }

    /// Whether somebody waits for its end, and it can come.
    pub(crate) fn awaited(&self) -> bool {
        self.is_waited_for() && !self.gone
    }

    /// Whether somebody waits for its end, though SolveXia may not have it any more.
    pub(crate) fn is_waited_for(&self) -> bool {
        self.run.watched && !self.has_outcome()
    }

    /// Whether somebody waits for its end, and SolveXia has lost it so lately that it may come back.
    pub(crate) fn may_come_back(&self) -> bool {
        let lately = |since: Instant| since.elapsed() < MAY_COME_BACK;
        self.gone && self.is_waited_for() && self.over_since.is_some_and(lately)
    }

    /// Since when it is not clear whether what was asked for here arrived.
    pub(crate) fn unclear_since(&self) -> Option<Timestamp> {
        match self.phase() {
            Some(Phase::Proving { since, .. }) => Some(*since),
            _ => self.open_actions.iter().map(|open| open.action.asked).max(),
        }
    }

    /// Takes back what an action changed of its place in the list before it was sent; what a person has
    /// chosen since then stays.
    pub(crate) fn undo_for_action(&mut self) {
        self.run.watched &= !std::mem::take(&mut self.watched_for_action);
        self.run.archived |= std::mem::take(&mut self.shown_for_action);
    }

    /// It stays as the action wanted it, or as a person did.
    pub(crate) fn keep_for_action(&mut self) {
        self.watched_for_action = false;
        self.shown_for_action = false;
    }

    /// Whether nothing is under way on it.
    pub(crate) fn is_free(&self) -> bool {
        !self.polling && !self.busy
    }

    /// Puts the next read at most this far away.
    pub(crate) fn hasten(&mut self, now: Instant, within: Duration) {
        self.due = self.due.min(now + within);
    }
}
