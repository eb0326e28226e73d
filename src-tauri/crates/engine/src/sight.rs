//! Telling of runs that cannot be seen, and of accounts that must sign in again (docs/RULES.md, 16).

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use runwatch_core::error::Trouble;
use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::outage::{OutageRecord, Visibility};
use runwatch_core::transaction::Transaction;
use runwatch_core::words::NotificationText;
use runwatch_core::words::outage::{self, UnreadableReason, UnreadableRun};
use tokio::time::Instant;

use crate::cell::Cell;
use crate::engine::Engine;
use crate::lock;
use crate::session::{Session, SignInState};
use crate::watch::TICK;

/// The setting that keeps what was told.
pub(crate) const SIGHT: &str = "sight";

/// How long this computer was awake, and when it was last looked out.
pub(crate) struct Outlook {
    awake: Duration,
    at: Instant,
    looked: Option<Duration>,
}

impl Outlook {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            awake: Duration::ZERO,
            at: now,
            looked: None,
        }
    }

    /// The loop comes by each [`TICK`]: where much more time went by, it slept.
    fn tick(&mut self, now: Instant) -> Duration {
        self.awake += now.saturating_duration_since(self.at).min(2 * TICK);
        self.at = now;
        self.awake
    }
}

impl Engine {
    /// Looks out at the next turn of the loop.
    pub(crate) fn look_out(&self) {
        self.inner.sight_moved.store(true, Ordering::SeqCst);
        self.inner.wake.notify_one();
    }

    /// Looks out when something moved, and now and then.
    pub(crate) fn keep_in_sight(&self, outlook: &mut Outlook) {
        let awake = outlook.tick(Instant::now());
        let moved = self.inner.sight_moved.load(Ordering::SeqCst);
        if !moved && outlook.looked.is_some_and(|at| awake < at + TICK) {
            return;
        }
        // While an earlier look is still being written down, the next turn does it.
        let Ok(mut sight) = Arc::clone(&self.inner.sight).try_lock_owned() else {
            return;
        };
        self.inner.sight_moved.store(false, Ordering::SeqCst);
        outlook.looked = Some(awake);
        let before = sight.clone();
        let notes = self.notes(&mut sight, awake);
        let kept = before.kept_as(&sight);
        if notes.is_empty() && kept {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move { engine.write_sight(&sight, notes).await });
    }

    async fn write_sight(&self, sight: &OutageRecord, notes: Vec<(AccountId, NotificationText)>) {
        let now = self.now();
        let notification =
            |(mark, (account, note)): (i64, (AccountId, NotificationText))| Notification {
                kind: NotificationKind::Outage,
                account,
                run: None,
                mark,
                outcome: None,
                title: note.title,
                body: note.body,
                at: now,
                away: false,
            };
        // The moment makes it unique.
        let marks = now.as_millisecond()..;
        let tell: Vec<Notification> = marks.zip(notes).map(notification).collect();
        let with = Transaction {
            tell: tell.clone(),
            setting: serde_json::to_string(sight).ok().map(|json| (SIGHT, json)),
            ..Transaction::default()
        };
        let written = self.write(with).await;
        self.tell(written, tell);
    }

    /// What is to be told now, each with the account that it is about.
    fn notes(
        &self,
        sight: &mut OutageRecord,
        awake: Duration,
    ) -> Vec<(AccountId, NotificationText)> {
        let mut notes = Vec::new();
        for session in self.sessions() {
            let account = &session.account;
            if sight.sign_in(&account.id, session.taken) {
                let label = self.label(&account.id);
                let host = account.environment.host();
                let note = outage::sign_in_again(host, account.method, label.as_deref());
                notes.push((account.id.clone(), note));
            }
        }
        let news = sight.look(awake, &self.views());
        let tell = |keys: &[RunKey], say: fn(&[UnreadableRun]) -> NotificationText| {
            let mut unseen: Vec<UnreadableRun> =
                keys.iter().filter_map(|key| self.unseen(key)).collect();
            unseen.sort_by(|a, b| a.run.cmp(&b.run));
            let about = keys.first().filter(|_| !unseen.is_empty())?;
            Some((about.account.clone(), say(&unseen)))
        };
        notes.extend(tell(&news.lost, outage::unreadable));
        notes.extend(tell(&news.again, outage::readable_again));
        notes
    }

    /// Tells that SolveXia does not know a run any more whose end is awaited.
    pub(crate) async fn tell_gone(&self, cell: &Cell) {
        let run = cell.peek(|state| state.run.clone());
        let note = outage::gone(&run.info.name);
        let notification = Notification {
            kind: NotificationKind::Outage,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            mark: i64::from(run.attempt_number()),
            outcome: None,
            title: note.title,
            body: note.body,
            at: self.now(),
            away: false,
        };
        let with = Transaction {
            tell: vec![notification.clone()],
            ..Transaction::default()
        };
        let written = self.save(cell, with, |_| ()).await;
        self.tell(written, vec![notification]);
    }

    /// How all watched runs look whose end is awaited.
    fn views(&self) -> Vec<(RunKey, Visibility)> {
        let now = Instant::now();
        let view = |cell: &Arc<Cell>| {
            let askable = self.askable(&cell.key.account, now);
            cell.change(|state| {
                if !askable {
                    state.view = Visibility::Unknown;
                }
                let view = if askable {
                    state.view
                } else {
                    Visibility::Blind
                };
                // What SolveXia does not know any more is told by itself.
                let problem = state.problem.as_ref();
                let gone = problem.is_some_and(|error| error.trouble == Trouble::NotFound);
                (state.awaited() && !gone).then(|| (cell.key.clone(), view))
            })
        };
        self.cells().iter().filter_map(view).collect()
    }

    fn unseen(&self, key: &RunKey) -> Option<UnreadableRun> {
        let state = self.cell(key).ok()?.state();
        let standing = self.session(&key.account).map(|session| session.standing);
        let refused = || {
            let waits = "SolveXia asks Runwatch to wait before it asks again.";
            let problem = state.problem.as_ref();
            UnreadableReason::Refused(
                problem.map_or_else(|| waits.to_owned(), |error| error.message.clone()),
            )
        };
        Some(UnreadableRun {
            run: state.run.info.name.clone(),
            account: self.label(&key.account),
            why: match standing {
                Some(SignInState::Ready) => refused(),
                Some(SignInState::Offline) => UnreadableReason::Offline,
                Some(SignInState::Locked) => UnreadableReason::Locked,
                Some(SignInState::NoKeychain) => UnreadableReason::NoKeychain,
                Some(SignInState::SignedOut) | None => UnreadableReason::SignedOut,
            },
        })
    }

    /// An account's name, where there is more than one account.
    pub(crate) fn label(&self, account: &AccountId) -> Option<String> {
        let sessions = lock(&self.inner.sessions);
        let label = |session: &Session| session.account.label.clone();
        sessions
            .get(account)
            .filter(|_| sessions.len() > 1)
            .map(label)
    }
}
