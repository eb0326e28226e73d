//! What was found of the runs of a process in this session.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::close::open::WhyUnseen;
use runwatch_core::ids::RunId;

use crate::close::age::age;

/// Time between two looks for the runs of a process.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What was listed so lately can be told of.
const JUST_NOW: SignedDuration = SignedDuration::from_secs(50);
/// Time until what could not be read is tried again: a server's hiccup must not make the news late.
const SOON: SignedDuration = SignedDuration::from_mins(2);

/// Where a run lies that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Made or started in the window of the close.
    Inside,
    /// Made before it and not started yet: it may be, so it is looked at again.
    MadeReady,
    /// Made and started before it.
    Before,
    /// Made after it or once the close was over, or nobody knows when.
    Outside,
    /// Nobody can say until the zone of its dates is known.
    Unsure,
}

impl Found {
    /// Whether it was made before the window.
    pub fn is_earlier(self) -> bool {
        matches!(self, Self::MadeReady | Self::Before)
    }

    /// Whether it will be found the same the next time.
    pub fn is_sure(self) -> bool {
        matches!(self, Self::Inside | Self::Before | Self::Outside)
    }
}

/// What is known of the start of an item with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum StartFound {
    /// Nothing.
    #[default]
    Unread,
    /// It was not started when that was read (UTC).
    NotYet(Timestamp),
    /// It was started: it is not read again.
    Started,
    /// Nobody could tell, and why (UTC).
    Unseen(Timestamp, WhyUnseen),
}

/// Whether the runs of a process were listed since that was wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListedAnew {
    Yes,
    /// It is wished from now on: the next look lists them.
    Wished,
    /// They could not be listed yet: each minute's look tries it.
    NotYet,
}

/// What was found of a process's runs in this session.
#[derive(Debug, Default)]
pub(crate) struct FoundRuns {
    /// When its runs were last listed (UTC).
    pub listed: Option<Timestamp>,
    /// When those were listed that were all looked at (UTC).
    pub whole: Option<Timestamp>,
    /// When that was last tried (UTC).
    pub tried: Option<Timestamp>,
    /// Not all of its runs could be read then.
    pub is_part: bool,
    /// Since when a look is wished (UTC): something is to be told that a newer run would make untrue.
    pub wanted: Option<Timestamp>,
    /// SolveXia no longer has the process, or does not show it.
    pub is_gone: bool,
    /// What is known of the start of an item with a time.
    pub start: StartFound,
    /// It was seen in time that it was not started.
    pub missed_in_time: bool,
    /// Runs that need not be read again.
    pub known: HashMap<RunId, Found>,
}

impl FoundRuns {
    /// Looks at all of them again: another close was opened, with another window.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether it is time to look again.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let Some(tried) = self.tried else {
            return true;
        };
        let is_younger = |than| age(tried, now).is_some_and(|age| age < than);
        match self.wanted {
            Some(wanted) => tried < wanted || !is_younger(JUST_NOW),
            None => !is_younger(EVERY),
        }
    }

    /// Whether its runs were listed since that was first wished; else it is wished now.
    pub fn listed_anew(&mut self, now: Timestamp) -> ListedAnew {
        let Some(since) = self.wanted else {
            self.wanted = Some(now);
            return ListedAnew::Wished;
        };
        let is_just_now = |at: Timestamp| age(at, now).is_some_and(|age| age < JUST_NOW);
        if self.listed.is_some_and(|at| at > since && is_just_now(at)) {
            self.wanted = None;
            return ListedAnew::Yes;
        }
        ListedAnew::NotYet
    }

    /// Whether its start is to be looked for.
    pub fn start_is_due(&self, now: Timestamp) -> bool {
        let is_past = |at, after| age(at, now).is_none_or(|age| age >= after);
        match self.start {
            StartFound::Unread => true,
            StartFound::Started => false,
            StartFound::Unseen(at, WhyUnseen::NotRead | WhyUnseen::TooSlow) => is_past(at, SOON),
            StartFound::Unseen(at, WhyUnseen::TooMany | WhyUnseen::Zone)
            | StartFound::NotYet(at) => is_past(at, EVERY),
        }
    }

    /// Whether its runs were listed lately: what was made elsewhere since is a few minutes old at most.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let past = self.listed.and_then(|at| age(at, now));
        past.is_some_and(|past| past <= EVERY * 2)
    }
}
