//! What is told of a close after a look at it: alarms, what was not started, what can be started by hand.
//! Nothing is told of what cannot be seen at the moment.

use jiff::Timestamp;
use runwatch_core::close::alarms::{Cause, alarms};
use runwatch_core::close::board::{Foresight, LatestStart};
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::{CloseId, ToldOfClose};
use runwatch_core::close::next_step::next_steps;
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::ids::ProcessId;
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::words::NotificationText;
use runwatch_core::words::close::{self, SpokenClose};

use crate::close::board::Board;
use crate::close::found_runs::{FoundRuns, ListedAnew};
use crate::close::start_check::Unstarted;
use crate::engine::Engine;

/// What follows from a look.
pub(crate) struct News {
    pub told: ToldOfClose,
    pub notifications: Vec<Notification>,
    /// A forecast that is shown for the first time.
    pub forecast: Option<PublishedForecast>,
}

impl Engine {
    /// What is told of a board, and what is remembered of that.
    pub(crate) fn news(&self, board: &Board, unstarted: &Unstarted) -> News {
        let now = self.now();
        let mut news = News {
            told: board.kept.told.clone(),
            notifications: Vec::new(),
            forecast: None,
        };
        let here = self.close_here(&board.plan, &board.kept);
        if here.is_past(now) {
            return news;
        }
        self.tell_unstarted(board, unstarted, &mut news);
        if !board.is_up_to_date() {
            return news;
        }
        news.forecast = self.new_forecast(board, now);
        if !here.is_settled(now) {
            self.tell_alarms(board, &mut news, now);
            self.tell_next_steps(board, &mut news);
        }
        news
    }

    fn new_forecast(&self, board: &Board, now: Timestamp) -> Option<PublishedForecast> {
        let Foresight::Expected(expected) = &board.view.foresight else {
            return None;
        };
        let published = self.closes.last_forecast(&board.kept.id());
        PublishedForecast::next(published.as_ref(), expected, now)
    }

    fn tell_alarms(&self, board: &Board, news: &mut News, now: Timestamp) {
        let period = board.kept.close.period.label();
        // As this computer's clock has it, like the runs' ends.
        let dates = self.server_dates(&board.plan.draft().account);
        let cut_off = dates.moment(board.kept.close.cut_off);
        let (memory, causes) = alarms(&news.told.alarms, &board.view, cut_off, now);
        news.told.alarms = memory;
        for cause in causes {
            let about = match &cause {
                Cause::Blocked(process) => Some(process),
                Cause::ExpectedLate => match &board.view.foresight {
                    Foresight::Expected(expected) => expected.decided_by.first(),
                    _ => None,
                },
                Cause::Late | Cause::Unclear => None,
            };
            let latest = match &cause {
                Cause::Blocked(process) => latest_start(board, process, now),
                Cause::ExpectedLate | Cause::Late | Cause::Unclear => None,
            };
            let name = about.map(|process| item_name(board, process));
            let holds_up = about.is_some_and(|process| board.plan.holds_up(process));
            let text = close::alarm(
                &spoken(board, &period),
                &cause,
                name,
                latest,
                holds_up,
                board.through(),
            );
            news.notifications
                .push(self.about_close(board, text, &format!("{cause:?}"), false));
        }
    }

    fn tell_next_steps(&self, board: &Board, news: &mut News) {
        let period = board.kept.close.period.label();
        // Once what it waits for is run again, it is at hand again.
        let waits = |process: &ProcessId| {
            let place = board.plan.place(process);
            place.is_none_or(|place| {
                let state = &board.view.items[place].state;
                matches!(state, ItemState::Waiting | ItemState::WaitsForBlocked)
            })
        };
        news.told.next_steps.retain(|process| !waits(process));
        let steps = next_steps(&board.plan, &board.view, &news.told.next_steps);
        for item in board.plan.items() {
            // What is not at hand any more need not be listed for it.
            if steps.iter().all(|step| step.process != item.process) {
                let of = (board.plan.draft().account.clone(), item.process.clone());
                let forget = |found: &mut FoundRuns| found.wanted = None;
                self.closes.found(&board.kept.id(), &of, forget);
            }
        }
        for step in steps {
            // It may run elsewhere since the last look.
            let of = (board.plan.draft().account.clone(), step.process.clone());
            let now = self.now();
            let listed = |found: &mut FoundRuns| found.listed_anew(now);
            match self.closes.found(&board.kept.id(), &of, listed) {
                ListedAnew::Yes => {}
                // Once: a wake for each try would never end where they cannot be listed.
                ListedAnew::Wished => {
                    self.closes.wake();
                    continue;
                }
                ListedAnew::NotYet => continue,
            }
            let after: Vec<&str> = step
                .after
                .iter()
                .map(|before| item_name(board, before))
                .collect();
            let text = close::next_step(
                &spoken(board, &period),
                item_name(board, &step.process),
                &after,
            );
            let mark = format!("next {}", step.process);
            news.notifications.push(Notification {
                starts: Some(step.process.clone()),
                ..self.about_close(board, text, &mark, false)
            });
            news.told.next_steps.insert(step.process);
        }
    }

    fn tell_unstarted(&self, board: &Board, unstarted: &Unstarted, news: &mut News) {
        let period = board.kept.close.period.label();
        for (processes, away) in [(&unstarted.in_time, false), (&unstarted.while_away, true)] {
            let due = |process: &ProcessId| {
                let due = board.kept.close.due.get(process)?;
                Some((item_name(board, process), due.at))
            };
            // Its run may have been bound meanwhile.
            let is_to_come = |process: &&ProcessId| {
                let place = board.plan.place(process);
                place.is_some_and(|place| {
                    // What only waits for a failed one is no news of its own.
                    let state = &board.view.items[place].state;
                    let waits = matches!(state, ItemState::Waiting | ItemState::Ready);
                    waits || *state == ItemState::Asks
                })
            };
            let new = |process: &&ProcessId| !news.told.did_not_start.contains(*process);
            let told: Vec<&ProcessId> = processes.iter().filter(is_to_come).filter(new).collect();
            if told.is_empty() {
                continue;
            }
            let items: Vec<(&str, Timestamp)> =
                told.iter().filter_map(|process| due(process)).collect();
            let text = close::did_not_start(&spoken(board, &period), &items, away);
            let mark = format!("start {}", told[0]);
            let told: Vec<ProcessId> = told.into_iter().cloned().collect();
            news.notifications
                .push(self.about_close(board, text, &mark, away));
            news.told.did_not_start.extend(told);
        }
    }

    fn about_close(
        &self,
        board: &Board,
        text: NotificationText,
        cause: &str,
        away: bool,
    ) -> Notification {
        let (id, at) = (board.kept.id(), self.now());
        Notification {
            kind: NotificationKind::Close,
            account: board.plan.draft().account.clone(),
            run: None,
            mark: mark(&id, cause, at),
            close: Some(id),
            starts: None,
            outcome: None,
            title: text.title,
            body: text.body,
            at,
            away,
        }
    }
}

fn spoken<'a>(board: &'a Board, period: &'a str) -> SpokenClose<'a> {
    let draft = board.plan.draft();
    SpokenClose {
        plan: &draft.name,
        period,
        cut_off: board.kept.close.cut_off,
        zone: &draft.zone,
    }
}

/// How an item is called; what is told is always of an item of the plan.
fn item_name<'a>(board: &'a Board, process: &ProcessId) -> &'a str {
    let item = board.plan.item(process);
    item.map_or("A process", |item| &item.name)
}

fn latest_start(board: &Board, process: &ProcessId, now: Timestamp) -> Option<LatestStart> {
    let items = &board.view.items;
    let item = items.iter().find(|item| item.process == *process)?;
    item.latest_start.map(|latest| latest.from_now(now))
}

/// Tells two things apart that are told of closes: by the close, the cause and the moment (FNV-1a).
fn mark(id: &CloseId, cause: &str, at: Timestamp) -> i64 {
    let text = format!("{} {} {cause} {}", id.plan.0, id.last, at.as_millisecond());
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.cast_signed()
}
