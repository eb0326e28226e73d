//! From the outbox to the desktop: which notifications become one (`rules.md`, 14 and 15).

use std::time::Duration;

use jiff::tz::TimeZone;
use runwatch_core::choice::{Choices, Showing, decide, without_details};
use runwatch_core::error::StoreError;
use runwatch_core::ids::RunKey;
use runwatch_core::story::{Telling, Told, ToldKind};
use runwatch_core::words::{Note, grouped, of_account};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::lock;
use crate::watch::TICK;

/// The setting that keeps what the user chose.
pub(crate) const CHOICES: &str = "choices";
/// After one is shown, further ones are held this long and shown together.
const TOGETHER: Duration = Duration::from_secs(5);
/// A digest does not wait longer than this for runs that cannot be read.
const DIGEST: Duration = Duration::from_secs(60);

/// What is held back, and until when. Pure: it is given the time.
#[derive(Debug, Default)]
pub struct Batch {
    held: Vec<Told>,
    quiet_until: Option<Instant>,
    away: Vec<Told>,
    away_since: Option<Instant>,
}

/// Notifications that are shown as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is made of.
    pub told: Vec<Told>,
    /// It is a digest of what ended while nobody looked.
    pub away: bool,
}

impl Batch {
    /// Takes one in.
    pub fn push(&mut self, told: Told, now: Instant) {
        if told.telling.away {
            self.away_since.get_or_insert(now);
            self.away.push(told);
        } else {
            self.held.push(told);
        }
    }

    /// What is to be shown now. `catching_up`: runs that were unseen are still being read.
    pub fn ready(&mut self, now: Instant, catching_up: bool) -> Vec<Group> {
        let mut groups = Vec::new();
        let waited = |time| self.away_since.is_some_and(|since| now >= since + time);
        // After a start, accounts sign in one after the other: the first is not the last.
        if !self.away.is_empty() && waited(if catching_up { DIGEST } else { TOGETHER }) {
            self.away_since = None;
            groups.push(Group {
                told: std::mem::take(&mut self.away),
                away: true,
            });
        }
        let quiet = self.quiet_until.is_some_and(|until| now < until);
        if !quiet && !self.held.is_empty() {
            self.quiet_until = Some(now + TOGETHER);
            groups.push(Group {
                told: std::mem::take(&mut self.held),
                away: false,
            });
        }
        groups
    }

    /// When to ask again, where something is held.
    pub fn wake(&self, now: Instant) -> Option<Instant> {
        let held = self.quiet_until.filter(|_| !self.held.is_empty());
        // What is caught up with is looked at each second: it ends with the last run's answer.
        let away = (!self.away.is_empty()).then(|| now + Duration::from_secs(1));
        [held, away].into_iter().flatten().min()
    }
}

impl Engine {
    /// What the desktop shows, as the user chose.
    pub fn choices(&self) -> Choices {
        lock(&self.inner.choices).clone()
    }

    /// Changes what it shows. What is held is looked at again within seconds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn set_choices(&self, choices: Choices) -> Result<(), StoreError> {
        lock(&self.inner.choices).clone_from(&choices);
        self.keep_setting(CHOICES, &choices).await
    }

    /// Shows what comes out of the outbox, until the engine is gone.
    pub async fn tell_all(self, mut outbox: mpsc::UnboundedReceiver<Told>) {
        let mut batch = Batch::default();
        let mut held = Vec::new();
        loop {
            // Timers stop while the computer sleeps: what is held is looked at now and then.
            let look = (!held.is_empty()).then(|| Instant::now() + TICK);
            let next = [batch.wake(Instant::now()), look]
                .into_iter()
                .flatten()
                .min();
            let sleep = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                told = outbox.recv() => match told {
                    Some(told) => self.sort_in(told, &mut batch, &mut held).await,
                    None => return,
                },
                () = sleep => {}
            }
            // Several that are there already belong together.
            while let Ok(told) = outbox.try_recv() {
                self.sort_in(told, &mut batch, &mut held).await;
            }
            for told in std::mem::take(&mut held) {
                // What was held is summed up with what was missed.
                let telling = Telling {
                    away: true,
                    ..told.telling
                };
                self.sort_in(Told { telling, ..told }, &mut batch, &mut held)
                    .await;
            }
            for group in batch.ready(Instant::now(), self.catching_up()) {
                let engine = self.clone();
                // A desktop that breaks must not take the next notification with it.
                if let Err(error) = tokio::spawn(async move { engine.show(group).await }).await {
                    tracing::error!(%error, "showing a notification failed");
                }
            }
        }
    }

    /// Shows it, holds it, or leaves it to the Inbox.
    async fn sort_in(&self, told: Told, batch: &mut Batch, held: &mut Vec<Told>) {
        let now = self.now().to_zoned_datetime(TimeZone::system());
        match decide(&told.telling, &self.choices(), &now) {
            Showing::Now => batch.push(told, Instant::now()),
            Showing::HoldUntil(_) => held.push(told),
            Showing::InboxOnly => self.mark_shown(&[told]).await,
        }
    }

    /// As the desktop shows it: with more than one account, each says whose it is.
    fn note(&self, telling: &Telling) -> Note {
        if self.choices().hide_details {
            return without_details(telling);
        }
        // What is told of accounts names them itself.
        let label = self
            .label(&telling.account)
            .filter(|_| !telling.is_of_accounts());
        Note {
            title: match label {
                Some(label) => of_account(&telling.title, &label),
                None => telling.title.clone(),
            },
            body: telling.body.clone(),
        }
    }

    async fn show(&self, group: Group) {
        let notes: Vec<Note> = group
            .told
            .iter()
            .map(|told| self.note(&told.telling))
            .collect();
        let is_end = |told: &Told| told.telling.kind == ToldKind::Ended;
        let only_ends = group.told.iter().all(is_end);
        let about = match group.told.as_slice() {
            [only] => only.telling.run.clone().map(|run| RunKey {
                account: only.telling.account.clone(),
                run,
            }),
            _ => None,
        };
        if let Err(error) = self
            .inner
            .ports
            .notifier
            .show(grouped(&notes, group.away, only_ends), about)
            .await
        {
            // Best effort: the Inbox has it.
            tracing::warn!(%error, "the desktop did not take a notification");
        }
        self.mark_shown(&group.told).await;
    }

    async fn mark_shown(&self, told: &[Told]) {
        let ids: Vec<i64> = told
            .iter()
            .map(|told| told.id)
            .filter(|id| *id > 0)
            .collect();
        if let Err(error) = self.inner.ports.store.mark_shown(ids).await {
            tracing::warn!(%error, "a notification was shown but could not be marked so");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use runwatch_core::ids::AccountId;

    fn told(id: i64, away: bool) -> Told {
        let telling = Telling {
            kind: ToldKind::Ended,
            account: AccountId("a".into()),
            run: None,
            mark: id,
            outcome: None,
            title: format!("run {id}"),
            body: String::new(),
            at: Timestamp::UNIX_EPOCH,
            away,
        };
        Told {
            id,
            telling,
            read: false,
        }
    }

    fn ids(groups: &[Group]) -> Vec<Vec<i64>> {
        groups
            .iter()
            .map(|g| g.told.iter().map(|t| t.id).collect())
            .collect()
    }

    #[test]
    fn rule_15_the_first_shows_at_once_and_the_next_5_s_become_one() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(told(1, false), start);
        assert_eq!(ids(&batch.ready(start, false)), [[1]]);
        batch.push(told(2, false), start + Duration::from_secs(1));
        batch.push(told(3, false), start + Duration::from_secs(4));
        assert!(
            batch
                .ready(start + Duration::from_secs(4), false)
                .is_empty()
        );
        assert_eq!(batch.wake(start), Some(start + TOGETHER));
        assert_eq!(ids(&batch.ready(start + TOGETHER, false)), [[2, 3]]);
    }

    #[test]
    fn rule_15_what_ended_unseen_is_one_digest_once_all_runs_are_read() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(told(1, true), start);
        batch.push(told(2, true), start);
        assert!(batch.ready(start, false).is_empty());
        let settled = start + TOGETHER;
        assert!(batch.ready(settled, true).is_empty());
        let groups = batch.ready(settled, false);
        assert_eq!(ids(&groups), [[1, 2]]);
        assert!(groups[0].away);
    }

    #[test]
    fn a_digest_does_not_wait_for_ever_for_a_run_that_cannot_be_read() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(told(1, true), start);
        assert_eq!(ids(&batch.ready(start + DIGEST, true)), [[1]]);
    }
}
