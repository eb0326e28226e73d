//! Tells of watched runs that cannot be read, and of accounts that must sign in again
//! (docs/RULES.md, 16).

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::outage::{OutageRecord, Visibility};
use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::transaction::Transaction;
use runwatch_core::words::NotificationText;
use runwatch_core::words::outage::{self, UnreadableReason, UnreadableRun};
use tokio::time::Instant;

use crate::accounts::session::SignInState;
use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

/// Time between two checks where nothing changed.
const CHECK_EVERY: Duration = Duration::from_secs(10);

/// Awake time so far, and at which awake time the last check ran.
pub(crate) struct OutageCheck {
    awake: Duration,
    at: Instant,
    latest: Option<Duration>,
}

impl OutageCheck {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            awake: Duration::ZERO,
            at: now,
            latest: None,
        }
    }

    /// The loop comes by each [`CHECK_EVERY`]: where much more time went by, it slept.
    fn tick(&mut self, now: Instant) -> Duration {
        self.awake += now.saturating_duration_since(self.at).min(2 * CHECK_EVERY);
        self.at = now;
        self.awake
    }
}

impl Engine {
    /// Checks whether watched runs can be read: when that has changed, and now and then.
    pub(crate) fn check_outages(&self, check: &mut OutageCheck) {
        let awake = check.tick(Instant::now());
        let moved = self.outages.is_check_asked();
        if !moved && check.latest.is_some_and(|at| awake < at + CHECK_EVERY) {
            return;
        }
        // An earlier check is still being written: the next round does it.
        let Some(mut record) = self.outages.try_record() else {
            return;
        };
        self.outages.check_begins();
        check.latest = Some(awake);
        let before = record.clone();
        let notes = self.outage_texts(&mut record, awake);
        let kept = before.kept_as(&record);
        if notes.is_empty() && kept {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move { engine.save_outages(&record, notes).await });
    }

    async fn save_outages(&self, record: &OutageRecord, notes: Vec<(AccountId, NotificationText)>) {
        let now = self.now();
        let notification =
            |(mark, (account, note)): (i64, (AccountId, NotificationText))| Notification {
                kind: NotificationKind::Outage,
                account,
                run: None,
                close: None,
                starts: None,
                mark,
                outcome: None,
                title: note.title,
                body: note.body,
                at: now,
                away: false,
            };
        // The time makes each one unique in the Inbox’s index.
        let marks = now.as_millisecond()..;
        let tell: Vec<Notification> = marks.zip(notes).map(notification).collect();
        let with = Transaction {
            notify: tell.clone(),
            setting: Some(Setting::Outages(record.clone())),
            ..Transaction::default()
        };
        let written = self.history.write(with).await;
        self.outbox.deliver(&written, tell);
    }

    /// What is to be told now, each with the account that it is about.
    fn outage_texts(
        &self,
        record: &mut OutageRecord,
        awake: Duration,
    ) -> Vec<(AccountId, NotificationText)> {
        let mut notes = Vec::new();
        for session in self.accounts.all() {
            let account = &session.account;
            if record.sign_in(&account.id, session.secret_accepted) {
                let label = self.accounts.label(&account.id);
                let host = account.environment.host();
                let note = outage::sign_in_again(host, account.method, label.as_deref());
                notes.push((account.id.clone(), note));
            }
        }
        let news = record.update(awake, &self.visibilities());
        let tell = |keys: &[RunKey], say: fn(&[UnreadableRun]) -> NotificationText| {
            let mut unreadable: Vec<UnreadableRun> =
                keys.iter().filter_map(|key| self.unreadable(key)).collect();
            unreadable.sort_by(|a, b| a.run.cmp(&b.run));
            let about = keys.first().filter(|_| !unreadable.is_empty())?;
            Some((about.account.clone(), say(&unreadable)))
        };
        notes.extend(tell(&news.lost, outage::unreadable));
        notes.extend(tell(&news.again, outage::readable_again));
        notes
    }

    /// Tells that SolveXia does not know a run any more whose end is awaited.
    pub(crate) async fn tell_gone(&self, tracked: &TrackedRun) {
        let run = tracked.read(|state| state.run.clone());
        // Each time that it goes it was last seen at another moment, which is written down with what is told: a restart
        // of the app tells nothing twice.
        let last_seen = run.seen_at.map_or(0, Timestamp::as_millisecond);
        let note = outage::gone(&run.info.name);
        let notification = Notification {
            kind: NotificationKind::Outage,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            close: None,
            starts: None,
            mark: last_seen,
            outcome: None,
            title: note.title,
            body: note.body,
            at: self.now(),
            away: false,
        };
        let with = Transaction {
            notify: vec![notification],
            ..Transaction::default()
        };
        self.keep_as_lost(&run.key).await;
        // Where it cannot be written, it is told from memory.
        let _ = self.save(tracked, with, |_| ()).await;
    }

    /// It is told by a notification of its own that a run cannot be seen: what is left is that it can be again.
    async fn keep_as_lost(&self, key: &RunKey) {
        let mut record = self.outages.record().await;
        if record.told_as_lost(key) {
            // `History` reports the failure (`Event::Store`); until the app ends it is remembered all the same.
            let kept = Setting::Outages(record.clone());
            let _ = self.history.save_setting(kept).await;
        }
    }

    /// How all watched runs look whose end is waited for, those that are gone from SolveXia too.
    fn visibilities(&self) -> Vec<(RunKey, Visibility)> {
        let now = Instant::now();
        let view = |tracked: &Arc<TrackedRun>| {
            let askable = self.askable(&tracked.key.account, now);
            tracked.update(|state| {
                if !askable {
                    state.visibility = Visibility::Unknown;
                }
                let view = if askable {
                    state.visibility
                } else {
                    Visibility::Unreadable
                };
                state.is_waited_for().then(|| (tracked.key.clone(), view))
            })
        };
        self.runs.all().iter().filter_map(view).collect()
    }

    fn unreadable(&self, key: &RunKey) -> Option<UnreadableRun> {
        let state = self.runs.get(key).ok()?.state();
        let sign_in = self
            .accounts
            .get(&key.account)
            .map(|session| session.sign_in);
        let refused = || {
            let waits = "SolveXia asks Runwatch to wait before it asks again.";
            let problem = state.problem.as_ref();
            UnreadableReason::Refused(
                problem.map_or_else(|| waits.to_owned(), |error| error.message.clone()),
            )
        };
        Some(UnreadableRun {
            run: state.run.info.name.clone(),
            account: self.accounts.label(&key.account),
            why: match sign_in {
                Some(SignInState::Ready) => refused(),
                Some(SignInState::Offline) => UnreadableReason::Offline,
                Some(SignInState::Locked) => UnreadableReason::Locked,
                Some(SignInState::NoKeychain) => UnreadableReason::NoKeychain,
                Some(SignInState::NotAllowed) => UnreadableReason::NotAllowed,
                Some(SignInState::SignedOut) | None => UnreadableReason::SignedOut,
            },
        })
    }
}
