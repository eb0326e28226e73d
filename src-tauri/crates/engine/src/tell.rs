//! From the outbox to the desktop, as the user chose (docs/RULES.md, 14 and 15).

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::FutureExt;
use jiff::tz::TimeZone;
use runwatch_core::error::StoreError;
use runwatch_core::ids::RunKey;
use runwatch_core::notification::{InboxItem, Notification, NotificationKind};
use runwatch_core::notification_policy::{Delivery, NotificationPolicy, decide};
use runwatch_core::transaction::Committed;
use runwatch_core::words::notification::{NotificationText, grouped, of_account, without_details};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::batch::{Batch, Group};
use crate::engine::{Engine, Event};
use crate::lock;
use crate::watch::TICK;

/// The setting that keeps what the user chose.
pub(crate) const CHOICES: &str = "choices";

/// From then on the window says that the desktop does not answer.
const SILENT: Duration = Duration::from_secs(10);

/// Where what is told comes out, for [`Engine::tell_all`].
pub type Outbox = mpsc::UnboundedReceiver<Outgoing>;

/// What goes out.
#[derive(Debug)]
pub enum Outgoing {
    /// Something that was told.
    InboxItem(InboxItem),
    /// The app is about to end: nothing waits any longer for others. Answered once that is done.
    ShowAll(oneshot::Sender<()>),
}

/// What was told and is not shown yet, on its way to the desktop.
struct Teller {
    engine: Engine,
    batch: Batch,
    /// What the desktop was given and has not answered: it may be shown, so it is not given again.
    given: JoinSet<(Group, Result<(), String>)>,
    /// Snoozed, or held in quiet hours.
    held: Vec<InboxItem>,
    /// Who waits for all to be shown.
    asked: Vec<oneshot::Sender<()>>,
}

impl Engine {
    /// What the desktop shows, as the user chose.
    pub fn choices(&self) -> NotificationPolicy {
        lock(&self.inner.choices).clone()
    }

    /// Changes what it shows. What is held is looked at again within seconds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn set_choices(&self, choices: NotificationPolicy) -> Result<(), StoreError> {
        lock(&self.inner.choices).clone_from(&choices);
        self.keep_setting(CHOICES, &choices).await
    }

    /// Shows what comes out of the outbox, until the engine is gone.
    pub async fn tell_all(self, mut outbox: Outbox) {
        let mut teller = Teller {
            engine: self,
            batch: Batch::default(),
            given: JoinSet::new(),
            held: Vec::new(),
            asked: Vec::new(),
        };
        loop {
            let next = teller.wake();
            let sleep = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                outgoing = outbox.recv() => match outgoing {
                    Some(outgoing) => teller.take(outgoing).await,
                    None => return,
                },
                Some(Ok((group, answer))) = teller.given.join_next() => {
                    teller.answered(group, answer).await;
                }
                () = sleep => {}
            }
            // Several that are there already belong together.
            while let Ok(outgoing) = outbox.try_recv() {
                teller.take(outgoing).await;
            }
            teller.choose_again().await;
            teller.show();
        }
    }

    /// The first lines of what waits to be shown: it is held with others, snoozed, in quiet hours, or
    /// the desktop did not take it.
    pub fn unshown(&self) -> Vec<String> {
        let title = |told: &InboxItem| told.notification.title.clone();
        lock(&self.inner.unshown).iter().map(title).collect()
    }

    /// Shows what waits for nothing but to be shown with others, or for a desktop that refused;
    /// returns once that is done.
    pub async fn show_all(&self) {
        let (answer, done) = oneshot::channel();
        if self.inner.outbox.send(Outgoing::ShowAll(answer)).is_ok() {
            // Without an answer there is nobody left who shows anything.
            let _ = done.await;
        }
    }

    /// Why the desktop did not take the latest notification.
    pub fn desktop_problem(&self) -> Option<String> {
        lock(&self.inner.desktop_problem).clone()
    }

    fn set_desktop_problem(&self, problem: Option<String>) {
        let before = std::mem::replace(&mut *lock(&self.inner.desktop_problem), problem.clone());
        if before != problem {
            self.emit(Event::Desktop(problem));
        }
    }

    /// Hands on what is in the Inbox now; what could not be written down is told from memory
    /// (docs/RULES.md, 17).
    pub(crate) fn tell(
        &self,
        written: Result<Committed, StoreError>,
        notifications: Vec<Notification>,
    ) {
        let told = match written {
            Ok(written) => written.told,
            Err(_) => {
                let from_memory = |notification| InboxItem {
                    id: self.inner.next_unwritten.fetch_sub(1, Ordering::SeqCst),
                    notification,
                    read: false,
                };
                let told: Vec<InboxItem> = notifications.into_iter().map(from_memory).collect();
                lock(&self.inner.unwritten).extend(told.iter().cloned());
                told
            }
        };
        for told in told {
            self.emit(Event::InboxItem(told.clone()));
            self.hand_out(told);
        }
    }

    /// Puts something into the outbox.
    pub(crate) fn hand_out(&self, told: InboxItem) {
        lock(&self.inner.unshown).push(told.clone());
        // The receiver goes only when the app does.
        let _ = self.inner.outbox.send(Outgoing::InboxItem(told));
    }

    /// What was told from memory is in the Inbox now: it counts as shown, unless it still waits.
    pub(crate) async fn written_late(&self, told: &[InboxItem]) {
        let mut shown = Vec::new();
        for told in told {
            let mut unshown = lock(&self.inner.unshown);
            let waits = unshown
                .iter_mut()
                .find(|one| one.notification.is(&told.notification));
            match waits {
                Some(waiting) => waiting.id = told.id,
                None => shown.push(told.id),
            }
        }
        self.mark(shown).await;
    }

    fn showing(&self, notification: &Notification) -> Delivery {
        let now = self.now().to_zoned_datetime(TimeZone::system());
        decide(notification, &self.choices(), &now)
    }

    /// As the desktop shows it: with more than one account, each says whose it is.
    fn note(&self, notification: &Notification) -> NotificationText {
        if self.choices().hide_details {
            return without_details(notification);
        }
        // What is told of accounts names them itself.
        let label = self
            .label(&notification.account)
            .filter(|_| !notification.is_of_accounts());
        NotificationText {
            title: match label {
                Some(label) => of_account(&notification.title, &label),
                None => notification.title.clone(),
            },
            body: notification.body.clone(),
        }
    }

    /// Gives it to the desktop, which may take its time to answer.
    async fn give(self, group: Group) -> (Group, Result<(), String>) {
        let show = async {
            let mut show = pin!(self.show(&group));
            match tokio::time::timeout(SILENT, &mut show).await {
                Ok(answer) => answer,
                Err(_) => {
                    self.set_desktop_problem(Some("it does not answer".to_owned()));
                    show.await
                }
            }
        };
        // A desktop that breaks must not take the next notification with it.
        let broke = |_| Err("Runwatch failed while showing it".to_owned());
        let answer = AssertUnwindSafe(show).catch_unwind().await;
        let answer = answer.unwrap_or_else(broke);
        (group, answer)
    }

    async fn show(&self, group: &Group) -> Result<(), String> {
        let with_outcome =
            |told: &InboxItem| (self.note(&told.notification), told.notification.outcome);
        let notes = group.told.iter().map(with_outcome).collect();
        let is_end = |told: &InboxItem| told.notification.kind == NotificationKind::Ended;
        let only_ends = group.told.iter().all(is_end);
        let about = match group.told.as_slice() {
            [only] => only.notification.run.clone().map(|run| RunKey {
                account: only.notification.account.clone(),
                run,
            }),
            _ => None,
        };
        let note = grouped(notes, group.gathered, only_ends);
        self.inner.ports.notifier.show(note, about).await
    }

    async fn mark_shown(&self, told: &[InboxItem]) {
        let mut ids = Vec::new();
        lock(&self.inner.unshown).retain(|one| {
            let is_shown = told
                .iter()
                .any(|told| told.notification.is(&one.notification));
            // What is in no Inbox has no mark.
            if is_shown && one.id > 0 {
                ids.push(one.id);
            }
            !is_shown
        });
        self.mark(ids).await;
    }

    async fn mark(&self, ids: Vec<i64>) {
        lock(&self.inner.unmarked).extend(ids);
        self.mark_all().await;
    }

    /// Marks what was shown, with what could not be marked before.
    pub(crate) async fn mark_all(&self) {
        let ids = lock(&self.inner.unmarked).clone();
        match self.inner.ports.store.mark_shown(ids.clone()).await {
            Ok(()) => lock(&self.inner.unmarked).retain(|id| !ids.contains(id)),
            Err(error) => {
                tracing::warn!(%error, "a notification was shown but could not be marked so");
            }
        }
    }
}

impl Teller {
    fn wake(&self) -> Option<Instant> {
        let now = Instant::now();
        // Timers stop while the computer sleeps: what is held is looked at now and then.
        let look = (!self.held.is_empty()).then(|| now + TICK);
        [self.batch.wake(now), look].into_iter().flatten().min()
    }

    async fn take(&mut self, outgoing: Outgoing) {
        match outgoing {
            Outgoing::InboxItem(told) => self.sort_in(told).await,
            Outgoing::ShowAll(answer) => self.asked.push(answer),
        }
    }

    /// Shows it, holds it, or leaves it to the Inbox.
    async fn sort_in(&mut self, told: InboxItem) {
        match self.engine.showing(&told.notification) {
            Delivery::Now => self.batch.push(told, Instant::now()),
            Delivery::HoldUntil(_) => self.held.push(told),
            Delivery::InboxOnly => self.engine.mark_shown(&[told]).await,
        }
    }

    /// What waits, by the choices and the time of now.
    async fn choose_again(&mut self) {
        for told in std::mem::take(&mut self.held) {
            // What was held is summed up with what was missed.
            let notification = Notification {
                away: true,
                ..told.notification
            };
            self.sort_in(InboxItem {
                notification,
                ..told
            })
            .await;
        }
        let not_now = |told: &InboxItem| self.engine.showing(&told.notification) != Delivery::Now;
        for told in self.batch.let_go(not_now) {
            self.sort_in(told).await;
        }
    }

    /// Gives what is ready to the desktop; nobody waits behind a notification without an answer.
    fn show(&mut self) {
        // Who asked may have stopped waiting.
        self.asked.retain(|asked| !asked.is_closed());
        let now = Instant::now();
        let groups = match self.asked.is_empty() {
            true => self.batch.ready(now, self.engine.catching_up()),
            false => self.batch.all(now),
        };
        for group in groups {
            self.given.spawn(self.engine.clone().give(group));
        }
        if self.given.is_empty() {
            for answer in self.asked.drain(..) {
                let _ = answer.send(());
            }
        }
    }

    async fn answered(&mut self, group: Group, answer: Result<(), String>) {
        match answer {
            Ok(()) => {
                self.engine.mark_shown(&group.told).await;
                self.batch.taken();
                self.engine.set_desktop_problem(None);
            }
            Err(problem) => {
                tracing::warn!(problem, "the desktop did not take a notification");
                self.batch.refused(group, Instant::now());
                self.engine.set_desktop_problem(Some(problem));
            }
        }
    }
}
