//! Which notifications become one, and when it is shown (docs/RULES.md, 15). Pure: it is given the time.

use std::collections::VecDeque;
use std::time::Duration;

use runwatch_core::ids::RunKey;
use runwatch_core::notification::{ClickTarget, InboxItem};
use runwatch_core::outcome::Outcome;
use runwatch_core::words::notification::Gathered;
use tokio::time::Instant;

/// After one is shown, further ones are held this long and shown together.
const TOGETHER: Duration = Duration::from_secs(5);
/// A digest does not wait longer than this for runs that cannot be read.
const DIGEST: Duration = Duration::from_secs(60);
/// How long it rests between two tries with a desktop that refuses; after these, always as long as
/// after the last.
const AGAIN: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
];

/// What is held back, and until when.
#[derive(Debug, Default)]
pub struct Batch {
    waiting: Vec<InboxItem>,
    waiting_until: Option<Instant>,
    missed: Vec<InboxItem>,
    missed_since: Option<Instant>,
    /// What the desktop did not take, each as it was given: a text that it always refuses holds nothing
    /// else back (docs/RULES.md, 22).
    refused: VecDeque<Group>,
    again_at: Option<Instant>,
    /// How often it refused since it last took one.
    refusals: usize,
}

/// Notifications that are shown as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is made of.
    pub items: Vec<InboxItem>,
    /// Why.
    pub gathered: Gathered,
}

impl Group {
    /// What a click opens: the run or the close (or what can be started in it), where it tells of only one; else the
    /// Inbox at the newest failure.
    pub fn opens(&self) -> Option<ClickTarget> {
        let run = |item: &InboxItem| {
            let (account, run) = (
                item.notification.account.clone(),
                item.notification.run.clone(),
            );
            run.map(|run| ClickTarget::Run(RunKey { account, run }))
        };
        let step = |item: &InboxItem| {
            let (close, step) = (
                item.notification.close.clone(),
                item.notification.starts.clone(),
            );
            Some(ClickTarget::Start(close?, step?))
        };
        let of_close = || {
            let close = &self.items.first()?.notification.close;
            let mut items = self.items.iter();
            let is_one = items.all(|item| item.notification.close == *close);
            close.clone().filter(|_| is_one).map(ClickTarget::Close)
        };
        let only = match self.items.as_slice() {
            [only] => step(only).or_else(|| run(only)),
            _ => None,
        };
        let only = only.or_else(of_close);
        let place = |item: &&InboxItem| {
            let failed = item.notification.outcome.is_some_and(Outcome::is_failure);
            (failed, item.notification.at, item.id)
        };
        let first = self.items.iter().max_by_key(place);
        only.or_else(|| first.map(|item| ClickTarget::Inbox(item.id)))
    }
}

impl Batch {
    /// Takes one in.
    pub fn push(&mut self, item: InboxItem, now: Instant) {
        if item.notification.away {
            self.missed_since.get_or_insert(now);
            self.missed.push(item);
        } else {
            self.waiting.push(item);
        }
    }

    /// What is to be shown now. `catching_up`: runs that were unseen are still being read.
    pub fn ready(&mut self, now: Instant, catching_up: bool) -> Vec<Group> {
        // After a start accounts sign in one after the other, so ends come in for a while: wait longer.
        let wait = if catching_up { DIGEST } else { TOGETHER };
        let missed = self.missed_since.is_some_and(|since| now >= since + wait);
        let waiting = self.waiting_until.is_none_or(|until| now >= until);
        let refused = self.again_at.is_some_and(|at| now >= at);
        self.take(now, missed, waiting, refused)
    }

    /// All of it, whatever it waits for; what was refused, once it has rested.
    pub fn all(&mut self, now: Instant) -> Vec<Group> {
        let refused = self.again_at.is_some_and(|at| now >= at);
        self.take(now, true, true, refused)
    }

    /// What was refused need not rest any longer.
    pub fn hurry(&mut self, now: Instant) {
        self.again_at = self.again_at.map(|_| now);
    }

    fn take(&mut self, now: Instant, missed: bool, waiting: bool, refused: bool) -> Vec<Group> {
        let mut groups = Vec::new();
        if missed && !self.missed.is_empty() {
            self.missed_since = None;
            groups.push(Group {
                items: std::mem::take(&mut self.missed),
                gathered: Gathered::Away,
            });
        }
        if waiting && !self.waiting.is_empty() {
            self.waiting_until = Some(now + TOGETHER);
            groups.push(Group {
                items: std::mem::take(&mut self.waiting),
                gathered: Gathered::Soon,
            });
        }
        if refused && !self.refused.is_empty() {
            self.again_at = None;
            groups.extend(self.retries());
        }
        groups
    }

    /// What is tried again. While the desktop refuses, one group after the other; once it has taken one,
    /// all of them as one, so that it meets no storm.
    fn retries(&mut self) -> Vec<Group> {
        if self.refusals > 0 || self.refused.len() == 1 {
            return self.refused.pop_front().into_iter().collect();
        }
        let groups = std::mem::take(&mut self.refused);
        let items: Vec<InboxItem> = groups.into_iter().flat_map(|group| group.items).collect();
        let gathered = match items.iter().all(|item| item.notification.away) {
            true => Gathered::Away,
            false => Gathered::Late,
        };
        vec![Group { items, gathered }]
    }

    /// The desktop did not take these: they are tried again. What was gathered because it came late, or while
    /// nobody looked, parts: one text that is always refused would hold back the others.
    pub fn refused(&mut self, group: Group, now: Instant) {
        let rest = AGAIN[self.refusals.min(AGAIN.len() - 1)];
        self.refusals += 1;
        self.again_at = Some(now + rest);
        let alone = match group.gathered {
            Gathered::Soon => return self.refused.push_back(group),
            Gathered::Late => Gathered::Soon,
            Gathered::Away => Gathered::Away,
        };
        self.refused
            .extend(group.items.into_iter().map(|item| Group {
                items: vec![item],
                gathered: alone,
            }));
    }

    /// The desktop took one: what it refused before is tried again at once.
    pub fn taken(&mut self, now: Instant) {
        self.refusals = 0;
        if !self.refused.is_empty() {
            self.again_at = Some(now);
        }
    }

    /// Gives up those of the refused that are not to be shown now any more.
    pub fn let_go(&mut self, mut is_let_go: impl FnMut(&InboxItem) -> bool) -> Vec<InboxItem> {
        let mut let_go = Vec::new();
        for group in &mut self.refused {
            let_go.extend(group.items.extract_if(.., |item| is_let_go(item)));
        }
        self.refused.retain(|group| !group.items.is_empty());
        let_go
    }

    /// When to ask again, where something is held.
    pub fn wake(&self, now: Instant) -> Option<Instant> {
        let waiting = self.waiting_until.filter(|_| !self.waiting.is_empty());
        // Catching up ends with the last run’s answer, which nothing announces: look each second.
        let missed = (!self.missed.is_empty()).then(|| now + Duration::from_secs(1));
        let refused = self.again_at.filter(|_| !self.refused.is_empty());
        [waiting, missed, refused].into_iter().flatten().min()
    }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
