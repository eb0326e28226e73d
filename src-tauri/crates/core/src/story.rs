//! What is kept about runs: the table's rows, their history, what was told.

use jiff::{SignedDuration, Timestamp};

use crate::action::Action;
use crate::attempt::Course;
use crate::clock_offset::here;
use crate::ids::{AccountId, RunId, RunKey};
use crate::lesson::Lesson;
use crate::observation::{RunInfo, Step};
use crate::outcome::{Judgement, Outcome};

/// A run in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The run and its account.
    pub key: RunKey,
    /// What SolveXia says of it; its name is the id until it was read.
    pub info: RunInfo,
    /// Whether its end is notified.
    pub watched: bool,
    /// Its course; none before the first answer.
    pub course: Option<Course>,
    /// SolveXia's own duration, in seconds.
    pub duration_seconds: Option<f64>,
    /// What the present outcome rests on.
    pub judgement: Option<Judgement>,
    /// When SolveXia was last heard about it (UTC).
    pub seen_at: Option<Timestamp>,
    /// When its steps were last listed (UTC).
    pub steps_read_at: Option<Timestamp>,
    /// Given by the store, growing with every change of any run.
    pub seq: i64,
}

impl Run {
    /// A run that was just added and never read.
    pub fn new(key: RunKey) -> Self {
        let info = RunInfo {
            name: key.run.to_string(),
            ..RunInfo::default()
        };
        Self {
            key,
            info,
            watched: false,
            course: None,
            duration_seconds: None,
            judgement: None,
            seen_at: None,
            steps_read_at: None,
            seq: 0,
        }
    }

    /// The attempt that is shown; 0 before the first answer.
    pub fn attempt(&self) -> u32 {
        self.course.as_ref().map_or(0, |course| course.attempt)
    }

    /// The run with SolveXia's dates as this computer's clock had them: to be shown or measured,
    /// never to be kept or compared with an answer.
    pub fn by_this_clock(mut self, ahead: SignedDuration) -> Self {
        let here = |date: Timestamp| here(date, ahead);
        self.info.date_created = self.info.date_created.map(here);
        self.info.date_modified = self.info.date_modified.map(here);
        if let Some(course) = &mut self.course {
            course.stamp.started = course.stamp.started.map(here);
            course.stamp.finished = course.stamp.finished.map(here);
        }
        self
    }

    /// Seconds from start to end: SolveXia's own figure, else from its dates.
    pub fn seconds(&self) -> Option<f64> {
        let dates = || {
            let stamp = &self.course.as_ref()?.stamp;
            let span = stamp.finished?.duration_since(stamp.started?);
            Some(span.as_secs_f64()).filter(|seconds| *seconds >= 0.0)
        };
        self.duration_seconds.or_else(dates)
    }
}

/// One ended attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct PastAttempt {
    /// The run.
    pub key: RunKey,
    /// Which attempt of it.
    pub attempt: u32,
    /// When it started (UTC).
    pub started: Option<Timestamp>,
    /// When it finished (UTC).
    pub finished: Option<Timestamp>,
    /// How long it took, in seconds.
    pub seconds: Option<f64>,
    /// How it ended.
    pub outcome: Outcome,
    /// When that was found out here (UTC).
    pub recorded: Timestamp,
}

/// Why something was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToldKind {
    /// A watched run ended.
    Ended,
    /// A failure was found after an unverified end.
    Correction,
    /// An action's lost answer was found out, or stays unknown.
    Action,
    /// Runs cannot be seen, or can again.
    Sight,
    /// A run takes much longer than usual.
    Long,
}

/// Something to tell: an Inbox item, and a place in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Why.
    pub kind: ToldKind,
    /// The account that it is about.
    pub account: AccountId,
    /// The run that it is about.
    pub run: Option<RunId>,
    /// What makes it unique among its kind: the attempt, or the action's id.
    pub mark: i64,
    /// How the run ended.
    pub outcome: Option<Outcome>,
    /// The first line.
    pub title: String,
    /// The text.
    pub body: String,
    /// When (UTC).
    pub at: Timestamp,
    /// It ended while the laptop slept or the app was off: part of the digest.
    pub away: bool,
}

impl Telling {
    /// Whether it tells the same as another: each thing is told once.
    pub fn is(&self, other: &Self) -> bool {
        let what = |of: &Self| (of.kind, of.mark);
        what(self) == what(other) && (&self.account, &self.run) == (&other.account, &other.run)
    }

    /// Whether it is about accounts, and so about more than the one that it is filed under.
    pub fn is_of_accounts(&self) -> bool {
        self.kind == ToldKind::Sight && self.run.is_none()
    }
}

/// Something that was told, in the Inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Given by the store.
    pub id: i64,
    /// What was told.
    pub telling: Telling,
    /// Whether it was seen in the Inbox.
    pub read: bool,
}

/// What is written in one transaction. Everything in it happens, or nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Write {
    /// The run as it is now.
    pub run: Option<Run>,
    /// All of its steps as they are now.
    pub steps: Option<(RunKey, Vec<Step>)>,
    /// An attempt that ended.
    pub past: Option<PastAttempt>,
    /// Durations that teach.
    pub lessons: Vec<Lesson>,
    /// What is to be told.
    pub tell: Vec<Telling>,
    /// A new action (id 0), or one whose answer is known.
    pub action: Option<Action>,
    /// A run taken off the table; its history stays.
    pub remove: Option<RunKey>,
    /// A setting's name and its value as JSON.
    pub setting: Option<(&'static str, String)>,
}

/// What a [`Write`] was given by the store.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    /// The run's new `seq`.
    pub seq: i64,
    /// What is now in the Inbox; a telling that was there already is left out.
    pub told: Vec<Told>,
    /// The action's id.
    pub action_id: Option<i64>,
}
