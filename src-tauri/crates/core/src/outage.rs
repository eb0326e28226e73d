//! Whether watched runs can be read, and when it is told that they cannot (docs/RULES.md, 16).
//!
//! Only the time that the computer was awake counts: asleep it reads nothing, as everybody expects.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::ids::{AccountId, RunKey};

/// After this long without a good read it is told.
pub const UNREADABLE_FOR: Duration = Duration::from_secs(15 * 60);
/// Runs are read up to five minutes apart, so that they meet the same outage one after the other:
/// those this close behind the first are named in the same notification.
const NEARLY: Duration = Duration::from_secs(6 * 60);
/// Once one can be read again, the others are waited for this long, so that one notification names
/// them all.
const SETTLE: Duration = Duration::from_secs(60);

/// Whether a run can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody has tried to read it since the app started, the computer woke, or it was cut off.
    Unknown,
    /// Its latest read succeeded.
    Readable,
    /// Its latest read failed, or nobody can ask.
    Unreadable,
}

/// What was told of outages. Kept, so that a restart repeats nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutageRecord {
    /// Told as unreadable, and not yet as readable again.
    lost: BTreeSet<RunKey>,
    /// Asked to sign in again, and not yet signed in.
    refused: BTreeSet<AccountId>,
    /// Since when a run cannot be read (time awake).
    since: BTreeMap<RunKey, Duration>,
    /// Readable again since this moment, and not told yet.
    again: Option<(Duration, BTreeSet<RunKey>)>,
}

/// What is to be told now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutageNews {
    /// They cannot be read.
    pub lost: Vec<RunKey>,
    /// They can be read again.
    pub again: Vec<RunKey>,
}

impl OutageRecord {
    /// As it was kept.
    pub fn kept(lost: BTreeSet<RunKey>, refused: BTreeSet<AccountId>) -> Self {
        Self {
            lost,
            refused,
            ..Self::default()
        }
    }

    /// What was told as unreadable, and not yet as readable again.
    pub fn lost(&self) -> &BTreeSet<RunKey> {
        &self.lost
    }

    /// Who was asked to sign in again, and has not yet.
    pub fn refused(&self) -> &BTreeSet<AccountId> {
        &self.refused
    }

    /// Takes in whether the watched runs whose end is waited for can be read; `awake` is the time awake so
    /// far.
    pub fn update(&mut self, awake: Duration, runs: &[(RunKey, Visibility)]) -> OutageNews {
        self.keep_only(runs);
        for (key, view) in runs {
            match view {
                Visibility::Unknown => {}
                Visibility::Readable => {
                    self.since.remove(key);
                    if self.lost.contains(key) {
                        let again = self.again.get_or_insert_with(|| (awake, BTreeSet::new()));
                        again.1.insert(key.clone());
                    }
                }
                Visibility::Unreadable => {
                    self.since.entry(key.clone()).or_insert(awake);
                    if let Some((_, again)) = &mut self.again {
                        again.remove(key);
                    }
                }
            }
        }
        OutageNews {
            again: self.seen_again(awake),
            lost: self.newly_lost(awake, runs),
        }
    }

    /// Takes in that it is told of a run alone that it cannot be read; whether that is news.
    pub fn told_as_lost(&mut self, key: &RunKey) -> bool {
        self.lost.insert(key.clone())
    }

    /// Forgets runs that were taken off the list, unwatched, or whose end is known.
    fn keep_only(&mut self, runs: &[(RunKey, Visibility)]) {
        let here: BTreeSet<&RunKey> = runs.iter().map(|(key, _)| key).collect();
        self.lost.retain(|key| here.contains(key));
        self.since.retain(|key, _| here.contains(key));
        if let Some((_, again)) = &mut self.again {
            again.retain(|key| here.contains(key));
        }
        self.again.take_if(|(_, again)| again.is_empty());
    }

    fn newly_lost(&mut self, awake: Duration, runs: &[(RunKey, Visibility)]) -> Vec<RunKey> {
        let for_long = |time: Duration, is_it: fn(Visibility) -> bool| {
            let is = |key: &RunKey| {
                let since = self.since.get(key);
                !self.lost.contains(key) && since.is_some_and(|since| awake >= *since + time)
            };
            let those = runs.iter().filter(|(_, view)| is_it(*view));
            let keys = those.map(|(key, _)| key).filter(|key| is(key));
            keys.cloned().collect::<Vec<_>>()
        };
        if for_long(UNREADABLE_FOR, |view| view == Visibility::Unreadable).is_empty() {
            return Vec::new();
        }
        // A run that is just being tried again has not been read either.
        let lost = for_long(UNREADABLE_FOR - NEARLY, |view| view != Visibility::Readable);
        self.lost.extend(lost.iter().cloned());
        lost
    }

    fn seen_again(&mut self, awake: Duration) -> Vec<RunKey> {
        let settled = |(since, again): &mut (Duration, BTreeSet<RunKey>)| {
            again.len() == self.lost.len() || awake >= *since + SETTLE
        };
        let Some((_, again)) = self.again.take_if(settled) else {
            return Vec::new();
        };
        self.lost.retain(|key| !again.contains(key));
        again.into_iter().collect()
    }

    /// Whether what is kept of it is the same.
    pub fn kept_as(&self, other: &Self) -> bool {
        (&self.lost, &self.refused) == (&other.lost, &other.refused)
    }

    /// Takes in whether SolveXia accepted an account's secret, where that is known; true when its user
    /// is to be asked to sign in again.
    pub fn sign_in(&mut self, account: &AccountId, accepted: Option<bool>) -> bool {
        match accepted {
            None => false,
            Some(true) => {
                self.refused.remove(account);
                false
            }
            Some(false) => self.refused.insert(account.clone()),
        }
    }
}

#[cfg(test)]
#[path = "outage_tests.rs"]
mod tests;
