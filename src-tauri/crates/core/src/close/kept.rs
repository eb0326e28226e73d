//! A close as it is kept: what was fixed when it was opened, and what has come of it since.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::clock_offset::to_local_clock;
use crate::close::alarms::{AlarmMemory, Cause};
use crate::close::binding::{Binding, BoundBy};
use crate::close::did_not_start::{StartCheck, check_start};
use crate::close::open::{Close, Due};
use crate::close::plan::{Item, PlanDraft, PlanId};
use crate::close::score::PublishedForecast;
use crate::ids::{ProcessId, RunId, RunKey};
use crate::observation::Step;
use crate::outcome::Outcome;
use crate::status_stamp::StatusStamp;

/// SolveXia's clock is known to this at best.
const CLOCKS: SignedDuration = SignedDuration::from_secs(2);
/// What ran beside the last item is found within this time of its end.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Nobody works on a close any more when the next one began so long ago.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Names a close: one period of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CloseId {
    /// The plan.
    pub plan: PlanId,
    /// The last day of its period.
    pub last: Date,
}

/// A close with what has come of it. It is kept by SolveXia's clock; what is compared with this computer's, or with
/// what was read here, is taken [by this clock](Self::by_this_clock).
#[derive(Debug, Clone, PartialEq)]
pub struct KeptClose {
    /// What was fixed when it was opened.
    pub close: Close,
    /// Its owner put it away: nothing is told of it any more.
    pub archived: bool,
    /// The runs that stand for its items.
    pub bindings: Vec<Binding>,
    /// Runs of which its owner said that they do not belong to it.
    pub set_aside: BTreeSet<RunId>,
    /// Runs that were taken off the list: they are not put there again unless a person adds them.
    pub taken_off: BTreeSet<RunId>,
    /// What was told of it.
    pub told: ToldOfClose,
    /// The plan's items as they were when it was over, if they were changed since: what is over stays as it was.
    pub items: Option<Vec<Item>>,
    /// Since when it is through (UTC); none while it is not.
    pub through: Option<Timestamp>,
    /// All of its runs were read since its cut-off: one that was run again before it would have been seen.
    pub seen_since_cut_off: bool,
    /// An item of it did not pass its gate, or was run more than once.
    pub something_failed: bool,
}

/// What was told of a close: each thing once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ToldOfClose {
    /// Its alarms.
    pub alarms: AlarmMemory,
    /// Items that can be started by hand.
    pub next_steps: BTreeSet<ProcessId>,
    /// Items that were not started in time.
    pub did_not_start: BTreeSet<ProcessId>,
}

impl KeptClose {
    /// A close that was just opened.
    pub fn new(close: Close) -> Self {
        Self {
            close,
            archived: false,
            bindings: Vec::new(),
            set_aside: BTreeSet::new(),
            taken_off: BTreeSet::new(),
            told: ToldOfClose::default(),
            items: None,
            through: None,
            seen_since_cut_off: false,
            something_failed: false,
        }
    }

    /// The close with its moments as this computer's clock has them: never to be kept. `ahead` says by how much
    /// SolveXia's is ahead.
    pub fn by_this_clock(&self, ahead: SignedDuration) -> Self {
        Self {
            close: self.close.clone().by_this_clock(ahead),
            through: self.through.map(|at| to_local_clock(at, ahead)),
            ..self.clone()
        }
    }

    /// Who opens, moves or changes a close after its cut-off knows that this has passed. `ahead` says by how much
    /// SolveXia's clock is ahead of the one of `now`.
    pub fn know_of_cut_off(&mut self, ahead: SignedDuration, now: Timestamp) {
        if to_local_clock(self.close.cut_off, ahead) <= now {
            self.told.alarms.told.extend([Cause::Late, Cause::Unclear]);
        }
    }

    /// Takes it out of the archive. Nothing that happened meanwhile is told: a passed cut-off, a missed start and a
    /// blocked item count as told already. `ahead` as above; `items` are those that it goes by from now on.
    pub fn bring_back(&mut self, items: &[Item], ahead: SignedDuration, now: Timestamp) {
        self.know_of_cut_off(ahead, now);
        let here = self.close.clone().by_this_clock(ahead);
        let is_past = |due: &Due| check_start(*due, None, now) != StartCheck::NotDue;
        let past = here.due.into_iter().filter(|(_, due)| is_past(due));
        self.told
            .did_not_start
            .extend(past.map(|(process, _)| process));
        let alarms = &mut self.told.alarms;
        alarms.under_since = None;
        // The next look forgets those that are not blocked.
        let blocked = |item: &Item| Cause::Blocked(item.process.clone());
        alarms.told.extend(items.iter().map(blocked));
    }

    /// It was through by its cut-off, and that has passed: nothing of it can be late any more.
    pub fn is_settled(&self, now: Timestamp) -> bool {
        let cut_off = self.close.cut_off;
        let was_in_time = self.through.is_some_and(|at| at <= cut_off);
        now >= cut_off && self.seen_since_cut_off && was_in_time
    }

    /// Whether what was asked for at `at` can be told of: once the cut-off has passed, something may have ended, or
    /// begun anew, between an older read and the cut-off.
    pub fn can_tell_from(&self, at: Option<Timestamp>, now: Timestamp) -> bool {
        let cut_off = self.close.cut_off;
        now < cut_off
            || self.seen_since_cut_off
            || at.is_some_and(|at| at.duration_since(cut_off) >= CLOCKS)
    }

    /// From when on runs are none of it (UTC): it is through, and its cut-off is over. None while it is not through.
    pub fn over_from(&self) -> Option<Timestamp> {
        self.through.map(|at| at.max(self.close.cut_off))
    }

    /// Whether runs are none of it any more.
    pub fn is_closed(&self, now: Timestamp) -> bool {
        self.seen_since_cut_off && self.over_from().is_some_and(|over| now >= over)
    }

    /// Nothing more is to come of it: it is through and past its cut-off, or put away, or the next one has begun.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let next_has_begun = self.close.window.to.is_some_and(|to| now >= to);
        self.is_closed(now) || self.archived || next_has_begun
    }

    /// Nobody works on it any more: it has been over for a day, or the next one began a week ago. Nothing of it is
    /// news.
    pub fn is_past(&self, now: Timestamp) -> bool {
        let is_ago = |at: Timestamp, past| now.duration_since(at) >= past;
        let next_began = self.close.window.to.is_some_and(|to| is_ago(to, WEEK));
        let over = self.over_from().filter(|_| self.seen_since_cut_off);
        next_began || over.is_some_and(|over| is_ago(over, DAY))
    }

    /// It is past and was seen since its cut-off: it stays as it was seen, and nothing is asked for it any more.
    pub fn rests(&self, now: Timestamp) -> bool {
        self.seen_since_cut_off && self.is_past(now)
    }

    /// What names it.
    pub fn id(&self) -> CloseId {
        CloseId {
            plan: self.close.plan.clone(),
            last: self.close.period.last,
        }
    }

    /// Whether a run stands for an item by more than the rule: that one holds as long as no other can be meant.
    pub fn is_sure_of(&self, process: &ProcessId) -> bool {
        self.bound(process)
            .is_some_and(|bound| bound.by != BoundBy::Rule)
    }

    /// The run that stands for an item.
    pub fn bound(&self, process: &ProcessId) -> Option<&Binding> {
        self.bindings
            .iter()
            .find(|binding| binding.process == *process)
    }
}

/// An attempt as it ended, kept since SolveXia may delete its run. Its dates are SolveXia's, as they came.
#[derive(Debug, Clone, PartialEq)]
pub struct CapturedAttempt {
    /// The run.
    pub key: RunKey,
    /// Its process.
    pub process: ProcessId,
    /// Which attempt of it.
    pub attempt: u32,
    /// The run's name.
    pub run_name: String,
    /// When the run was created, as SolveXia wrote it.
    pub created: Option<Timestamp>,
    /// SolveXia's word and dates.
    pub stamp: StatusStamp,
    /// Ours.
    pub outcome: Outcome,
    /// What the outcome rests on.
    pub because: String,
    /// How long it took.
    pub seconds: Option<f64>,
    /// Its steps as they were read for the outcome.
    pub steps: Vec<Step>,
    /// SolveXia listed more steps than are read.
    pub steps_are_cut: bool,
    /// When this was read (UTC).
    pub captured: Timestamp,
}

/// What is written down for the close board.
#[derive(Debug, Clone, PartialEq)]
pub enum CloseWrite {
    /// A plan, new or changed.
    Plan(Box<PlanDraft>),
    /// A plan is deleted, with its closes and their forecasts.
    DeletePlan(PlanId),
    /// A close as it stands now.
    Close(Box<KeptClose>),
    /// A forecast was shown. It is only ever added.
    Forecast(CloseId, PublishedForecast),
    /// An attempt ended.
    Captured(Box<CapturedAttempt>),
    /// One that ended before Runwatch saw its run: what was captured as it ended stays.
    CapturedEarlier(Box<CapturedAttempt>),
}
