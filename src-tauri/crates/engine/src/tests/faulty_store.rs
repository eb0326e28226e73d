//! The real history, with faults. Its thread is waited for without giving way, so that paused
//! time never jumps meanwhile.

use std::future::Future;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use runwatch_core::account::Account;
use runwatch_core::error::StoreError;
use runwatch_core::ids::AccountId;
use runwatch_core::notification::{InboxItem, NotificationKind};
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;
use runwatch_core::run::EndedAttempt;
use runwatch_core::transaction::{Committed, Transaction};
use runwatch_store::Db;

use super::world::plain;
use crate::sync::lock;

type Fails = Box<dyn FnMut(&Transaction) -> bool + Send>;

pub struct Shelf {
    db: Db,
    fails: Mutex<Option<Fails>>,
    error: Mutex<StoreError>,
    history: Mutex<Vec<EndedAttempt>>,
    late_by: Mutex<Duration>,
    keeps_accounts: AtomicBool,
    marks_nothing: AtomicBool,
}

impl Shelf {
    pub fn new() -> Self {
        Self {
            db: Db::in_memory().unwrap(),
            fails: Mutex::default(),
            error: Mutex::new(StoreError::Full),
            history: Mutex::default(),
            late_by: Mutex::default(),
            keeps_accounts: AtomicBool::new(false),
            marks_nothing: AtomicBool::new(false),
        }
    }

    /// Writes fail where `fails` says so.
    pub fn fail_where(&self, fails: impl FnMut(&Transaction) -> bool + Send + 'static) {
        *lock(&self.fails) = Some(Box::new(fails));
    }

    pub fn fail_all(&self) {
        self.fail_where(|_| true);
    }

    /// All writes fail with this.
    pub fn fail_with(&self, error: StoreError) {
        *lock(&self.error) = error;
        self.fail_all();
    }

    /// The next write is answered late.
    pub fn answer_late(&self, by: Duration) {
        *lock(&self.late_by) = by;
    }

    pub fn late_by(&self) -> Duration {
        std::mem::take(&mut *lock(&self.late_by))
    }

    /// Writing and removing an account fails.
    pub fn fail_accounts(&self, fails: bool) {
        self.keeps_accounts.store(fails, Ordering::SeqCst);
    }

    pub fn save_account(&self, account: Account) -> Result<(), StoreError> {
        match self.keeps_accounts.load(Ordering::SeqCst) {
            true => Err(StoreError::Full),
            false => wait(self.db.save_account(account)),
        }
    }

    pub fn remove_account(&self, id: &AccountId, all: bool) -> Result<(), StoreError> {
        match self.keeps_accounts.load(Ordering::SeqCst) {
            true => Err(StoreError::Full),
            false => wait(self.db.remove_account(id, all)),
        }
    }

    /// Marking what was shown fails.
    pub fn fail_marks(&self, fails: bool) {
        self.marks_nothing.store(fails, Ordering::SeqCst);
    }

    pub fn mark_shown(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        match self.marks_nothing.load(Ordering::SeqCst) {
            true => Err(StoreError::Locked),
            false => wait(self.db.mark_shown(ids)),
        }
    }

    pub fn mend(&self) {
        *lock(&self.fails) = None;
    }

    pub fn db(&self) -> Db {
        self.db.clone()
    }

    pub fn write(&self, write: Transaction) -> Result<Committed, StoreError> {
        let fails = lock(&self.fails)
            .as_mut()
            .is_some_and(|fails| fails(&write));
        if fails {
            return Err(lock(&self.error).clone());
        }
        let past = write.ended_attempt.clone();
        let written = wait(self.db.write(write))?;
        lock(&self.history).extend(past);
        Ok(written)
    }

    pub fn is_rough(&self) -> bool {
        lock(&self.fails).is_some()
    }

    /// What was written down of the end of an attempt, the latest.
    pub fn past(&self, run: &str, attempt: i64) -> Option<EndedAttempt> {
        let history = lock(&self.history);
        let is = |past: &&EndedAttempt| {
            past.key.run.as_str() == run && i64::from(past.attempt) == attempt
        };
        history.iter().rev().find(is).cloned()
    }

    /// The attempts that were written down as ended.
    pub fn history(&self) -> Vec<(u32, Outcome)> {
        let history = lock(&self.history);
        history
            .iter()
            .map(|past| (past.attempt, past.outcome))
            .collect()
    }

    /// The Inbox, oldest first.
    pub fn inbox(&self) -> Vec<InboxItem> {
        let mut inbox = wait(self.db.inbox(10_000)).unwrap();
        inbox.reverse();
        inbox
    }

    /// What the Inbox has of one kind: run, mark and title.
    pub fn told(&self, kind: NotificationKind) -> Vec<(String, i64, String)> {
        let such = |told: InboxItem| {
            let notification = told.notification;
            let run = notification
                .run
                .map_or_else(String::new, |run| run.to_string());
            (notification.kind == kind).then_some((
                run,
                notification.mark,
                plain(&notification.title),
            ))
        };
        self.inbox().into_iter().filter_map(such).collect()
    }

    /// The titles of the ends in the Inbox.
    pub fn ends(&self) -> Vec<String> {
        let ends = self.told(NotificationKind::Ended).into_iter();
        ends.map(|(.., title)| title).collect()
    }
}

/// Waits on the spot.
pub fn wait<T>(work: impl Future<Output = T>) -> T {
    futures::executor::block_on(tokio::task::unconstrained(work))
}
