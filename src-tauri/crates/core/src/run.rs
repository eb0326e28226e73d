//! A run in the list, and an attempt of it that has ended.

use jiff::Timestamp;

use crate::attempt::Attempt;
use crate::handled::Handled;
use crate::ids::RunKey;
use crate::observation::RunInfo;
use crate::outcome::{Judgement, Outcome};
use crate::server_dates::ServerDates;

/// A run in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The run and its account.
    pub key: RunKey,
    /// What SolveXia says of it; its name is the id until it was read.
    pub info: RunInfo,
    /// Whether its end is notified.
    pub watched: bool,
    /// Whether its user took it out of sight.
    pub archived: bool,
    /// That somebody has dealt with it, as it stood then.
    pub handled: Option<Handled>,
    /// Its latest attempt; none before the first answer.
    pub attempt: Option<Attempt>,
    /// SolveXia's own duration, in seconds.
    pub duration_seconds: Option<f64>,
    /// What the present outcome rests on.
    pub judgement: Option<Judgement>,
    /// When SolveXia was last heard about it (UTC).
    pub seen_at: Option<Timestamp>,
    /// When its steps were last listed (UTC).
    pub steps_read_at: Option<Timestamp>,
    /// SolveXia listed more steps then than are read.
    pub steps_are_cut: bool,
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
            archived: false,
            handled: None,
            attempt: None,
            duration_seconds: None,
            judgement: None,
            seen_at: None,
            steps_read_at: None,
            steps_are_cut: false,
        }
    }

    /// How its latest attempt ended, once that is known.
    pub fn outcome(&self) -> Option<Outcome> {
        let attempt = self.attempt.as_ref();
        attempt.and_then(|attempt| attempt.phase.outcome())
    }

    /// Whether its steps were read since its attempt started. Both dates by the same clock.
    pub fn has_steps_of_attempt(&self) -> bool {
        let attempt = self.attempt.as_ref();
        let started = attempt.and_then(|attempt| attempt.stamp.started);
        let both = started.zip(self.steps_read_at);
        both.is_some_and(|(started, read)| read >= started)
    }

    /// It is dealt with as it stands now, by `who`.
    pub fn handle(&mut self, who: String, at: Timestamp, note: &str) {
        let (attempt, outcome) = (self.attempt_number(), self.outcome());
        self.handled = Some(Handled::now(attempt, outcome, who, at, note));
    }

    /// That it was dealt with as it stands now; none where it has moved on since.
    pub fn handled_now(&self) -> Option<&Handled> {
        self.handled
            .as_ref()
            .filter(|handled| handled.is_about(self.attempt_number(), self.outcome()))
    }

    /// The attempt that is shown; 0 before the first answer.
    pub fn attempt_number(&self) -> u32 {
        self.attempt.as_ref().map_or(0, |attempt| attempt.number)
    }

    /// The run with SolveXia's dates as this computer's clock had them: to be shown or measured,
    /// never to be kept or compared with an answer.
    pub fn by_this_clock(mut self, dates: &ServerDates) -> Self {
        let here = |date: Timestamp| dates.run_moment(date);
        self.info.date_created = self.info.date_created.map(here);
        self.info.date_modified = self.info.date_modified.map(here);
        if let Some(attempt) = &mut self.attempt {
            attempt.stamp.started = attempt.stamp.started.map(here);
            attempt.stamp.finished = attempt.stamp.finished.map(here);
        }
        self
    }

    /// Seconds from start to end: SolveXia's own figure, else by its dates. Of a run by this clock: SolveXia's
    /// clocks may have changed in between.
    pub fn seconds(&self) -> Option<f64> {
        let dates = || {
            let stamp = &self.attempt.as_ref()?.stamp;
            let span = stamp.finished?.duration_since(stamp.started?);
            Some(span.as_secs_f64()).filter(|seconds| *seconds >= 0.0)
        };
        self.duration_seconds.or_else(dates)
    }
}

/// One ended attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedAttempt {
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
