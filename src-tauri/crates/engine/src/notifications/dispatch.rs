//! From the outbox to the desktop, as the user chose (docs/RULES.md, 14 and 15).

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;

use futures::FutureExt;
use jiff::tz::TimeZone;
use runwatch_core::error::StoreError;
use runwatch_core::notification::{InboxItem, Notification, NotificationKind};
use runwatch_core::settings::notification_policy::{Delivery, NotificationPolicy, decide};
use runwatch_core::words::notification::{NotificationText, grouped, of_account, without_details};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::notifications::batch::{Batch, Group};
use crate::notifications::outbox::{OutboxReceiver, Outgoing};

/// From then on the window says that the desktop does not answer.
const SILENT: Duration = Duration::from_secs(10);
/// Timers stop while the computer sleeps: what is held is looked at so often.
const HELD: Duration = Duration::from_secs(10);

/// Gives the outbox's items to the desktop.
struct Dispatcher {
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
    /// Changes what the desktop shows. What is held is looked at again within seconds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn set_notification_policy(
        &self,
        policy: NotificationPolicy,
    ) -> Result<(), StoreError> {
        self.settings.set_notification_policy(policy);
        self.settings.save_notification_policy(&self.history).await
    }

    /// Shows what comes out of the outbox, until the engine is gone.
    pub async fn dispatch_notifications(self, mut outbox: OutboxReceiver) {
        let mut dispatcher = Dispatcher {
            engine: self,
            batch: Batch::default(),
            given: JoinSet::new(),
            held: Vec::new(),
            asked: Vec::new(),
        };
        loop {
            let next = dispatcher.wake();
            let sleep = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                outgoing = outbox.recv() => match outgoing {
                    Some(outgoing) => dispatcher.take(outgoing).await,
                    None => return,
                },
                Some(Ok((group, answer))) = dispatcher.given.join_next() => {
                    dispatcher.answered(group, answer).await;
                }
                () = sleep => {}
            }
            // Take all that wait, so that they can form one group.
            while let Ok(outgoing) = outbox.try_recv() {
                dispatcher.take(outgoing).await;
            }
            dispatcher.choose_again().await;
            dispatcher.show();
        }
    }

    fn delivery(&self, notification: &Notification) -> Delivery {
        let now = self.now().to_zoned_datetime(TimeZone::system());
        self.settings
            .by_policy(|policy| decide(notification, policy, &now))
    }

    /// As the desktop shows it: with more than one account, each says whose it is.
    fn note(&self, notification: &Notification) -> NotificationText {
        if self.settings.hides_details() {
            return without_details(notification);
        }
        // A notification about accounts names them in its own words.
        let label = self
            .accounts
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
                    self.outbox
                        .set_desktop_problem(Some("it does not answer".to_owned()));
                    show.await
                }
            }
        };
        // A panic in the desktop’s library must not end the dispatcher.
        let broke = |_| Err("Runwatch failed while showing it".to_owned());
        let answer = AssertUnwindSafe(show).catch_unwind().await;
        let answer = answer.unwrap_or_else(broke);
        (group, answer)
    }

    async fn show(&self, group: &Group) -> Result<(), String> {
        let with_outcome =
            |item: &InboxItem| (self.note(&item.notification), item.notification.outcome);
        let notes = group.items.iter().map(with_outcome).collect();
        let is_end = |item: &InboxItem| item.notification.kind == NotificationKind::Ended;
        let only_ends = group.items.iter().all(is_end);
        let note = grouped(notes, group.gathered, only_ends).fitted();
        self.ports.notifier.show(note, group.opens()).await
    }
}

impl Dispatcher {
    fn wake(&self) -> Option<Instant> {
        let now = Instant::now();
        let look = (!self.held.is_empty()).then(|| now + HELD);
        [self.batch.wake(now), look].into_iter().flatten().min()
    }

    async fn take(&mut self, outgoing: Outgoing) {
        match outgoing {
            Outgoing::Item(item) => self.sort_in(item).await,
            Outgoing::ShowAll(answer) => {
                // What is refused once more then waits again: it is counted as not shown.
                self.batch.hurry(Instant::now());
                self.asked.push(answer);
            }
        }
    }

    /// Shows it, holds it, or leaves it to the Inbox.
    async fn sort_in(&mut self, item: InboxItem) {
        match self.engine.delivery(&item.notification) {
            Delivery::Now => self.batch.push(item, Instant::now()),
            Delivery::HoldUntil(_) => self.held.push(item),
            Delivery::InboxOnly => self.engine.outbox.mark_shown(&[item]).await,
        }
    }

    /// What waits, by the policy and the time of now.
    async fn choose_again(&mut self) {
        for item in std::mem::take(&mut self.held) {
            // As missed, so that what quiet hours held becomes one digest with it.
            let notification = Notification {
                away: true,
                ..item.notification
            };
            self.sort_in(InboxItem {
                notification,
                ..item
            })
            .await;
        }
        let not_now = |item: &InboxItem| self.engine.delivery(&item.notification) != Delivery::Now;
        for item in self.batch.let_go(not_now) {
            self.sort_in(item).await;
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
                self.engine.outbox.mark_shown(&group.items).await;
                self.batch.taken(Instant::now());
                self.engine.outbox.set_desktop_problem(None);
            }
            Err(problem) => {
                tracing::warn!(problem, "the desktop did not take a notification");
                self.batch.refused(group, Instant::now());
                self.engine.outbox.set_desktop_problem(Some(problem));
            }
        }
    }
}
