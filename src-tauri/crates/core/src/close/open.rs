//! One period of a plan: what is fixed when its close is opened.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::clock_offset::to_local_clock;
use crate::close::local_time::{ClockShift, moment};
use crate::close::periods::Period;
use crate::close::plan::{DayTime, Plan, PlanDraft, PlanId, StartRule};
use crate::close::working_days::{Calendar, WorkingDay, WorkingDayError};
use crate::ids::{ProcessId, RunId};

/// Runs belong to a close from this many working days before its period's end on.
const OPENS: i8 = -5;

/// One period of a plan, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Close {
    /// The plan.
    pub plan: PlanId,
    /// Its period.
    pub period: Period,
    /// By when all must be through (UTC).
    pub cut_off: Timestamp,
    /// When its runs are created or started.
    pub window: Window,
    /// When items with a time are due.
    pub due: BTreeMap<ProcessId, Due>,
    /// The calendar by which all this was found.
    pub calendar: Calendar,
    /// Given by whoever opens it: the same close is always forecast by the same draws.
    pub seed: u64,
}

impl Close {
    /// Its moments as this computer's clock has them, as those of runs are: `ahead` says by how much SolveXia's is
    /// ahead.
    pub fn by_this_clock(mut self, ahead: SignedDuration) -> Self {
        let here = |at: Timestamp| to_local_clock(at, ahead);
        self.cut_off = here(self.cut_off);
        self.window = self.window.by_this_clock(ahead);
        for due in self.due.values_mut() {
            due.at = here(due.at);
        }
        self
    }
}

/// From when to when runs belong to a close: until the next one opens. No two closes of a plan share a
/// moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first moment (UTC).
    pub from: Timestamp,
    /// The first moment of the next one (UTC); none where no period follows.
    pub to: Option<Timestamp>,
}

impl Window {
    /// Its moments as this computer's clock has them: `ahead` says by how much SolveXia's is ahead.
    pub fn by_this_clock(self, ahead: SignedDuration) -> Self {
        Self {
            from: to_local_clock(self.from, ahead),
            to: self.to.map(|to| to_local_clock(to, ahead)),
        }
    }

    /// Whether a moment lies in it.
    pub fn holds(&self, moment: Timestamp) -> bool {
        moment >= self.from && self.to.is_none_or(|to| moment < to)
    }
}

/// When an item is to be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When (UTC).
    pub at: Timestamp,
    /// How much later is still no news.
    pub grace: SignedDuration,
}

/// What the owner of a close must know of its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloseNote {
    /// A local time that the clocks leave out or show twice: an item's name, or none for the cut-off.
    Clock(Option<String>, ClockShift),
    /// This item was started before that one was through.
    StartedBefore(String, String),
    /// Not every run of this item's process could be read.
    RunsUnread(String),
    /// A run of this item's process was made in the close's window, and counts for another close.
    CountsElsewhere {
        /// The item's name.
        item: String,
        /// The run.
        run: RunId,
        /// The name of the other close's plan.
        plan: String,
        /// Its period's label.
        period: String,
    },
    /// Whether this item was started cannot be told.
    StartUnseen(String, WhyUnseen),
    /// Holidays may be missing: they are known until this day alone.
    KnownUntil(Date),
}

/// Why nobody can tell whether an item was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUnseen {
    /// SolveXia took too long to show all runs of its process.
    TooSlow,
    /// Its process has more runs than are read.
    TooMany,
    /// A run of its process, or the list of them, could not be read.
    NotRead,
    /// The zone of SolveXia's dates is not known yet.
    Zone,
}

/// Why a close cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// A working day is not there.
    #[error(transparent)]
    WorkingDay(#[from] WorkingDayError),
    /// An item would start once all is over.
    #[error("“{0}” would start after the cut-off. Move one of the two.")]
    AfterCutOff(String),
    /// Nothing can be through before it begins.
    #[error(
        "The close begins on {0}, and its cut-off is before that. Choose a later working day for the cut-off."
    )]
    BeforeBegin(Date),
    /// The next close would have begun: a run between the two could be either's.
    #[error(
        "The cut-off is after the next period’s close begins, on {0}. A run belongs to one close only, so \
         choose an earlier working day for the cut-off."
    )]
    AfterNext(Date),
    /// A day that no calendar has.
    #[error("{0} is too far from today to be planned.")]
    TooFar(Date),
}

/// Opens the close of a period.
///
/// # Errors
/// [`OpenError`] where its days are not there or its times make no sense.
pub fn open(plan: &Plan, period: Period, seed: u64) -> Result<(Close, Vec<CloseNote>), OpenError> {
    let draft = plan.draft();
    let mut notes = Vec::new();
    let mut at = |time: DayTime, of: Option<&str>| {
        let day = draft.calendar.day(period, time.day)?;
        let found = moment(day, time.time, &draft.zone).ok_or(OpenError::TooFar(day))?;
        if draft.calendar.is_guess(day) {
            notes.extend(draft.calendar.known_until.map(CloseNote::KnownUntil));
        }
        let said = |shift| CloseNote::Clock(of.map(str::to_owned), shift);
        notes.extend(found.shift.map(said));
        Ok::<_, OpenError>(found.at)
    };
    let cut_off = at(draft.cut_off, None)?;
    let mut due = BTreeMap::new();
    for item in plan.items() {
        let StartRule::At { at: time, grace } = item.start else {
            continue;
        };
        let at = at(time, Some(&item.name))?;
        if at >= cut_off {
            return Err(OpenError::AfterCutOff(item.name.clone()));
        }
        due.insert(item.process.clone(), Due { at, grace });
    }
    let window = window(draft, period)?;
    lies_in(&window, cut_off, draft)?;
    let mut told: Vec<CloseNote> = Vec::new();
    notes.retain(|note| {
        let is_new = !told.contains(note);
        told.extend(is_new.then(|| note.clone()));
        is_new
    });
    let close = Close {
        plan: draft.id.clone(),
        period,
        cut_off,
        window,
        due,
        calendar: draft.calendar.clone(),
        seed,
    };
    Ok((close, notes))
}

/// Opens it beside other closes of its plan, each with its period: their windows were found by the calendar of
/// their time, and no two share a moment.
///
/// # Errors
/// [`OpenError`], as for [`open`].
pub fn open_beside(
    plan: &Plan,
    period: Period,
    seed: u64,
    others: impl Iterator<Item = (Period, Window)>,
) -> Result<(Close, Vec<CloseNote>), OpenError> {
    let (mut close, notes) = open(plan, period, seed)?;
    let Window { mut from, mut to } = close.window;
    for (other, window) in others {
        match other.last.cmp(&period.last) {
            Ordering::Less => from = window.to.map_or(from, |end| from.max(end)),
            Ordering::Greater => to = Some(to.map_or(window.from, |to| to.min(window.from))),
            Ordering::Equal => {}
        }
    }
    // An item is due before the other close's window ends: the windows overlap then, and a run that may belong to
    // either close is asked for.
    if close.due.values().any(|due| due.at < from) {
        from = close.window.from;
    }
    close.window = Window { from, to };
    lies_in(&close.window, close.cut_off, plan.draft())?;
    Ok((close, notes))
}

fn lies_in(window: &Window, cut_off: Timestamp, draft: &PlanDraft) -> Result<(), OpenError> {
    let day = |at: Timestamp| draft.zone.to_datetime(at).date();
    if cut_off <= window.from {
        return Err(OpenError::BeforeBegin(day(window.from)));
    }
    match window.to.filter(|next| cut_off > *next) {
        Some(next) => Err(OpenError::AfterNext(day(next))),
        None => Ok(()),
    }
}

/// When the runs of a period are created or started.
///
/// # Errors
/// [`OpenError`] where the period has no working day.
pub fn window(draft: &PlanDraft, period: Period) -> Result<Window, OpenError> {
    let next = draft.periods.after(period);
    Ok(Window {
        from: opens(draft, period)?,
        to: next.and_then(|next| opens(draft, next).ok()),
    })
}

/// The midnight that begins the first working day of a close: five before the period's end, or that of
/// the earliest item with a time.
fn opens(draft: &PlanDraft, period: Period) -> Result<Timestamp, OpenError> {
    let day_of = |day: WorkingDay| draft.calendar.day(period, day);
    let early = match WorkingDay::new(OPENS).map(day_of) {
        Some(Ok(day)) => day,
        Some(Err(error @ WorkingDayError::NoneInPeriod { .. })) => return Err(error.into()),
        Some(Err(_)) | None => period.first,
    };
    let day_of_item = |rule: &StartRule| match rule {
        StartRule::At { at, .. } => day_of(at.day).ok(),
        StartRule::ByHand | StartRule::AfterOthers => None,
    };
    let days = draft
        .items
        .iter()
        .filter_map(|item| day_of_item(&item.start));
    let first = days.fold(early, Date::min);
    let midnight = moment(first, Time::midnight(), &draft.zone);
    Ok(midnight.ok_or(OpenError::TooFar(first))?.at)
}

/// What a change of the plan would move in a close that is open: it is asked for, never done by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// The cut-off: from one moment to another.
    CutOff(Timestamp, Timestamp),
    /// The time of an item: from one to another, where there was one and is one.
    Item(ProcessId, Option<Timestamp>, Option<Timestamp>),
}

/// What would move if the close took the times of `now`, which is the same period opened with the plan as it is now.
/// Empty where nothing would.
pub fn moved_by(close: &Close, now: &Close) -> Vec<Moved> {
    let mut moved = Vec::new();
    if now.cut_off != close.cut_off {
        moved.push(Moved::CutOff(close.cut_off, now.cut_off));
    }
    let processes: BTreeSet<_> = close.due.keys().chain(now.due.keys()).collect();
    for process in processes {
        let at = |due: &BTreeMap<ProcessId, Due>| due.get(process).map(|due| due.at);
        let (before, after) = (at(&close.due), at(&now.due));
        if before != after {
            moved.push(Moved::Item(process.clone(), before, after));
        }
    }
    moved
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
