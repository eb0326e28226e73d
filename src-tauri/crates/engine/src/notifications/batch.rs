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
    held: Vec<InboxItem>,
    held_until: Option<Instant>,
    away: Vec<InboxItem>,
    away_since: Option<Instant>,
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
    /// What a click opens: the run, where it tells of only one; else the Inbox at the newest failure.
    pub fn opens(&self) -> Option<ClickTarget> {
        let run = |item: &InboxItem| {
            let (account, run) = (
                item.notification.account.clone(),
                item.notification.run.clone(),
            );
            run.map(|run| ClickTarget::Run(RunKey { account, run }))
        };
        let only = match self.items.as_slice() {
            [only] => run(only),
            _ => None,
        };
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
            self.away_since.get_or_insert(now);
            self.away.push(item);
        } else {
            self.held.push(item);
        }
    }

    /// What is to be shown now. `catching_up`: runs that were unseen are still being read.
    pub fn ready(&mut self, now: Instant, catching_up: bool) -> Vec<Group> {
        // After a start, accounts sign in one after the other: the first is not the last.
        let wait = if catching_up { DIGEST } else { TOGETHER };
        let away = self.away_since.is_some_and(|since| now >= since + wait);
        let held = self.held_until.is_none_or(|until| now >= until);
        let refused = self.again_at.is_some_and(|at| now >= at);
        self.take(now, away, held, refused)
    }

    /// All of it, whatever it waits for.
    pub fn all(&mut self, now: Instant) -> Vec<Group> {
        self.take(now, true, true, true)
    }

    fn take(&mut self, now: Instant, away: bool, held: bool, refused: bool) -> Vec<Group> {
        let mut groups = Vec::new();
        if away && !self.away.is_empty() {
            self.away_since = None;
            groups.push(Group {
                items: std::mem::take(&mut self.away),
                gathered: Gathered::Away,
            });
        }
        if held && !self.held.is_empty() {
            self.held_until = Some(now + TOGETHER);
            groups.push(Group {
                items: std::mem::take(&mut self.held),
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

    /// The desktop did not take these: they are tried again. Several that were only tried again as one
    /// part again.
    pub fn refused(&mut self, group: Group, now: Instant) {
        let rest = AGAIN[self.refusals.min(AGAIN.len() - 1)];
        self.refusals += 1;
        self.again_at = Some(now + rest);
        match group.gathered {
            Gathered::Late => self
                .refused
                .extend(group.items.into_iter().map(|item| Group {
                    items: vec![item],
                    gathered: Gathered::Soon,
                })),
            Gathered::Soon | Gathered::Away => self.refused.push_back(group),
        }
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
        let held = self.held_until.filter(|_| !self.held.is_empty());
        // What is caught up with is looked at each second: it ends with the last run's answer.
        let away = (!self.away.is_empty()).then(|| now + Duration::from_secs(1));
        let refused = self.again_at.filter(|_| !self.refused.is_empty());
        [held, away, refused].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use runwatch_core::ids::{AccountId, RunId};
    use runwatch_core::notification::{Notification, NotificationKind};

    fn item(id: i64, away: bool) -> InboxItem {
        let notification = Notification {
            kind: NotificationKind::Ended,
            account: AccountId("a".into()),
            run: None,
            mark: id,
            outcome: None,
            title: format!("run {id}"),
            body: String::new(),
            at: Timestamp::UNIX_EPOCH,
            away,
        };
        InboxItem {
            id,
            notification,
            read: false,
        }
    }

    fn ids(groups: &[Group]) -> Vec<Vec<i64>> {
        groups
            .iter()
            .map(|g| g.items.iter().map(|t| t.id).collect())
            .collect()
    }

    #[test]
    fn rule_15_the_first_shows_at_once_and_the_next_5_s_become_one() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(item(1, false), start);
        assert_eq!(ids(&batch.ready(start, false)), [[1]]);
        batch.push(item(2, false), start + Duration::from_secs(1));
        batch.push(item(3, false), start + Duration::from_secs(4));
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
        batch.push(item(1, true), start);
        batch.push(item(2, true), start);
        assert!(batch.ready(start, false).is_empty());
        let settled = start + TOGETHER;
        assert!(batch.ready(settled, true).is_empty());
        let groups = batch.ready(settled, false);
        assert_eq!(ids(&groups), [[1, 2]]);
        assert_eq!(groups[0].gathered, Gathered::Away);
    }

    #[test]
    fn a_digest_does_not_wait_for_ever_for_a_run_that_cannot_be_read() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(item(1, true), start);
        assert_eq!(ids(&batch.ready(start + DIGEST, true)), [[1]]);
    }

    #[test]
    fn what_the_desktop_refused_is_tried_again_ever_less_often() {
        let (mut batch, mut now) = (Batch::default(), Instant::now());
        batch.push(item(1, false), now);
        for seconds in [1, 5, 30, 60, 300, 300] {
            for group in batch.ready(now, false) {
                batch.refused(group, now);
            }
            assert_eq!(batch.wake(now), Some(now + Duration::from_secs(seconds)));
            now += Duration::from_secs(seconds);
        }
    }

    /// What a desktop shows that refuses every group with one of these in it.
    fn shown(batch: &mut Batch, refuses: &[i64], start: Instant, seconds: u64) -> Vec<Vec<i64>> {
        let mut shown = Vec::new();
        for second in 0..seconds {
            let now = start + Duration::from_secs(second);
            for group in batch.ready(now, false) {
                let all: Vec<i64> = group.items.iter().map(|item| item.id).collect();
                match all.iter().any(|id| refuses.contains(id)) {
                    true => batch.refused(group, now),
                    false => {
                        shown.push(all);
                        batch.taken(now);
                    }
                }
            }
        }
        shown
    }

    #[test]
    fn rule_22_what_the_desktop_always_refuses_holds_nothing_back_and_is_merged_into_nothing() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(item(1, false), start);
        assert!(shown(&mut batch, &[1], start, 1).is_empty());
        let later = start + Duration::from_secs(10);
        for id in [2, 3] {
            batch.push(item(id, false), later);
        }
        assert_eq!(shown(&mut batch, &[1], later, 2_000), [vec![2, 3]]);
        // Both came while nothing was taken at all.
        let away = later + Duration::from_secs(3_000);
        for id in 4..8 {
            batch.push(item(id, false), away + Duration::from_secs(id as u64 * 10));
            shown(
                &mut batch,
                &[1, 4, 5, 6, 7],
                away + Duration::from_secs(id as u64 * 10),
                10,
            );
        }
        let back = away + Duration::from_secs(200);
        let mut after = shown(&mut batch, &[1], back, 4_000).concat();
        after.sort_unstable();
        assert_eq!(after, [4, 5, 6, 7]);
    }

    #[test]
    fn what_a_desktop_refused_for_a_while_is_one_once_it_takes_something() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        for id in 1..5 {
            let at = start + Duration::from_secs(id as u64 * 10);
            batch.push(item(id, false), at);
            assert!(shown(&mut batch, &[1, 2, 3, 4], at, 10).is_empty());
        }
        let back = start + Duration::from_secs(60);
        let groups = shown(&mut batch, &[], back, 400);
        assert_eq!(groups.len(), 2, "{groups:?}");
        assert_eq!(groups.concat().len(), 4);
    }

    #[test]
    fn what_the_desktop_refused_is_a_digest_only_where_nobody_looked_at_all() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        batch.push(item(1, true), start);
        batch.push(item(2, true), start);
        let digest = batch.all(start).remove(0);
        batch.refused(digest, start);
        let again = batch.all(start).remove(0);
        assert_eq!(again.gathered, Gathered::Away);
    }

    #[test]
    fn a_click_opens_the_only_run_and_of_several_the_inbox_at_the_newest_failure() {
        let of_run = |id: i64, outcome: Outcome| {
            let mut item = item(id, false);
            item.notification.run = RunId::parse(&format!("pr-{id}")).ok();
            item.notification.outcome = Some(outcome);
            item.notification.at = Timestamp::from_second(id).unwrap();
            item
        };
        let opens = |items: Vec<InboxItem>| {
            let gathered = Gathered::Soon;
            Group { items, gathered }.opens()
        };
        let failed = of_run(1, Outcome::Failed);
        let Some(ClickTarget::Run(key)) = opens(vec![failed.clone()]) else {
            panic!("one run opens itself");
        };
        assert_eq!(key.run.as_str(), "pr-1");
        let newest = of_run(3, Outcome::Succeeded);
        let of_several = opens(vec![failed, of_run(2, Outcome::TimedOut), newest]);
        assert_eq!(of_several, Some(ClickTarget::Inbox(2)));
        assert_eq!(
            opens(vec![item(4, false)]),
            Some(ClickTarget::Inbox(4)),
            "of accounts"
        );
    }
}
