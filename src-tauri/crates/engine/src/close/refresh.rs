//! A close brought up to date: its runs are found and bound, its board is made, and what follows is told and
//! written down in one transaction.

use runwatch_core::clock_offset::to_server_clock;
use runwatch_core::close::binding::{Binding, Bound};
use runwatch_core::close::kept::{CloseId, CloseWrite, KeptClose};
use runwatch_core::close::plan::Plan;
use runwatch_core::error::StoreError;
use runwatch_core::ids::RunKey;
use runwatch_core::notification::Notification;
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use runwatch_core::transaction::Transaction;

use crate::close::board::Board;
use crate::close::doubtful::asks_for_doubtful;
use crate::close::make_board::forecast_aside;
use crate::close::news::News;
use crate::close::start_check::Unstarted;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;

impl Engine {
    /// Brings all closes that are open up to date, one after the other.
    pub(crate) async fn refresh_closes(&self) {
        for id in self.closes.open() {
            if let Err(error) = self.refresh_close(&id).await {
                tracing::warn!(%error, "a close could not be brought up to date");
            }
        }
    }

    async fn refresh_close(&self, id: &CloseId) -> Result<(), EngineError> {
        let (plan, kept) = self.closes.get(id)?;
        let mut unstarted = self.ask_for_close(&plan, &kept).await;
        let due_before = kept.close.due;
        let _turn = self.closes.turn.lock().await;
        // What was asked of SolveXia took its time: the plan and its times may be others now.
        let (plan, kept) = self.closes.get(id)?;
        unstarted.retain(|process| kept.close.due.get(process) == due_before.get(process));
        if kept.archived {
            return Ok(());
        }
        let before = kept.bindings.clone();
        let board = self.bound_board(&plan, kept).await?;
        let news = self.news(&board, &unstarted);
        self.write_refreshed(board, news).await;
        self.watch_new(&plan, id, &before).await;
        Ok(())
    }

    /// Asks SolveXia for what a close goes by; of one that nobody works on any more until it was seen once.
    async fn ask_for_close(&self, plan: &Plan, kept: &KeptClose) -> Unstarted {
        let (here, now) = (self.close_here(plan, kept), self.now());
        let may_ask = !here.is_past(now)
            || (!here.rests(now)
                && self.can_see(plan)
                && self.closes.past_asked.may_ask(&kept.id(), now));
        if !may_ask {
            return Unstarted::default();
        }
        self.find_runs(plan, kept).await;
        self.read_bound(plan, kept).await;
        self.check_starts(plan, kept).await
    }

    /// Binds what can be bound, and makes the board. For one who holds the turn.
    pub(crate) async fn bound_board(
        &self,
        plan: &Plan,
        kept: KeptClose,
    ) -> Result<Board, StoreError> {
        // What was put away stays as it is.
        let bound = match kept.archived {
            true => Bound {
                bindings: kept.bindings.clone(),
                asks: Vec::new(),
            },
            false => self.bind_items(plan, &self.close_here(plan, &kept)).await,
        };
        let mut kept = KeptClose {
            bindings: bound.bindings,
            ..kept
        };
        let account = &plan.draft().account;
        let ahead = self.clock_ahead(account);
        let here = kept.by_this_clock(ahead);
        let gathered = self.gather(plan, &here).await?;
        let mut asks = bound.asks;
        asks.extend(Self::asks_for_lost(&kept, &gathered.lost));
        let is_gone = self.accounts.get(account).is_none();
        let now = self.now();
        let is_seen = self.is_in_sight(plan, &here, &gathered);
        let before = self.closes.latest_board(&kept.id());
        let last_seen = before.and_then(|before| before.seen_at);
        // What nobody sees goes by the moment when it was last seen, not by the clock.
        let as_of = last_seen.filter(|_| !is_seen).unwrap_or(now);
        let made = forecast_aside(plan, &here, gathered, &asks, is_gone, as_of).await;
        let (mut view, gathered) =
            made.ok_or_else(|| StoreError::Other("the board could not be made".into()))?;
        asks.extend(asks_for_doubtful(plan, &kept, &view));
        if !is_seen {
            view = view.unseen(last_seen.is_some() && now < here.close.cut_off);
        }
        let board = self.board_of(plan, kept.clone(), view, &gathered, &asks);
        let is_settled = here.is_settled(now);
        kept.seen_since_cut_off |= is_seen && now >= here.close.cut_off;
        // What was through in time stays so, whatever is changed in the plan afterwards.
        kept.through = match is_gone || is_settled {
            true => kept.through,
            false => board.through().map(|at| to_server_clock(at, ahead)),
        };
        // A run that was done again had failed, or was not good enough.
        let again = |(run, _): &(Run, Vec<Step>)| run.attempt_number() > 1;
        kept.something_failed |= board.is_blocked() || gathered.runs.iter().flatten().any(again);
        let seen_at = match is_seen {
            true => Some(board.made_at),
            false => last_seen,
        };
        Ok(Board {
            kept,
            seen_at,
            ..board
        })
    }

    /// Writes down what changed and what is told, keeps the board, and says that there is a newer one.
    async fn write_refreshed(&self, board: Board, news: News) {
        let id = board.kept.id();
        let before = self.closes.get(&id).map(|(_, kept)| kept).ok();
        let kept = KeptClose {
            told: news.told,
            ..board.kept.clone()
        };
        let mut closes = Vec::new();
        if before.as_ref() != Some(&kept) {
            closes.push(CloseWrite::Close(Box::new(kept.clone())));
        }
        if let Some(forecast) = news.forecast {
            closes.push(CloseWrite::Forecast(id.clone(), forecast));
            self.closes.put_forecast(&id, forecast);
        }
        // Told from memory where it cannot be written down, and so not told again.
        self.closes.put(kept.clone());
        let with = Transaction {
            notify: news.notifications.clone(),
            closes,
            ..Transaction::default()
        };
        self.write_for_closes(with, news.notifications).await;
        self.closes.put_board(Board { kept, ..board });
        self.events.emit(Event::Board(id));
    }

    async fn write_for_closes(&self, with: Transaction, notifications: Vec<Notification>) {
        let unsaved = self.write_unsaved_of_closes().await;
        if with.closes.is_empty() && with.notify.is_empty() {
            return;
        }
        let written = match unsaved {
            Ok(()) => self.history.write(with.clone()).await,
            Err(error) => Err(error),
        };
        if written.is_err() {
            self.closes.keep_unsaved(with);
        }
        self.outbox.deliver(&written, notifications);
    }

    /// Writes down one thing.
    pub(crate) async fn write_one_of_closes(&self, write: CloseWrite) -> Result<(), StoreError> {
        self.write_of_closes(vec![write]).await
    }

    /// Writes things down together, after all that is unsaved: what is older must not come after them. For one
    /// who holds the turn.
    pub(crate) async fn write_of_closes(&self, writes: Vec<CloseWrite>) -> Result<(), StoreError> {
        self.write_unsaved_of_closes().await?;
        let with = Transaction {
            closes: writes,
            ..Transaction::default()
        };
        self.history.write(with).await.map(drop)
    }

    async fn write_unsaved_of_closes(&self) -> Result<(), StoreError> {
        while let Some(unsaved) = self.closes.first_unsaved() {
            let items = self.history.write(unsaved).await?.inbox;
            self.closes.first_is_saved();
            self.outbox.now_persisted(&items).await;
        }
        Ok(())
    }

    /// Watches the runs that were bound just now.
    async fn watch_new(&self, plan: &Plan, id: &CloseId, before: &[Binding]) {
        let Ok((_, kept)) = self.closes.get(id) else {
            return;
        };
        for bound in kept.bindings.iter().filter(|one| !before.contains(one)) {
            let key = RunKey {
                account: plan.draft().account.clone(),
                run: bound.run.clone(),
            };
            self.watch_bound(&key).await;
        }
    }
}
