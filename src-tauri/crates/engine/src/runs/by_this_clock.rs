//! A run's dates as moments by this computer's clock (docs/RULES.md, 24).

use std::time::Duration;

use jiff::Timestamp;
use runwatch_core::attempt::Phase;
use runwatch_core::forecast::running_for;
use runwatch_core::run::Run;
use runwatch_core::server_dates::ServerDates;
use tokio::time::Instant;

use crate::runs::tracked_run::TrackedState;

impl TrackedState {
    /// The same with SolveXia's dates as this computer's clock had them, to be shown. A run that goes
    /// began when it was first seen going, while the zone of SolveXia's dates is not known.
    pub fn by_this_clock(mut self, dates: &ServerDates) -> Self {
        self.run = self.run_by_this_clock(dates);
        let steps = self.steps.into_iter();
        self.steps = steps.map(|step| step.by_this_clock(dates)).collect();
        self
    }

    /// Its run alone.
    pub(crate) fn run_by_this_clock(&self, dates: &ServerDates) -> Run {
        let mut run = self.run.clone().by_this_clock(dates);
        if let Some(attempt) = &mut run.attempt {
            let stamp = &mut attempt.stamp;
            let by_date = stamp.started.filter(|_| stamp.ended());
            stamp.started = self.running_since(dates).or(by_date);
            stamp.finished = self.ended_at(dates).or(stamp.finished);
        }
        run
    }

    /// When it began: by SolveXia's date, and by what was seen here where that says too little.
    fn running_since(&self, dates: &ServerDates) -> Option<Timestamp> {
        let stamp = &self.run.attempt.as_ref()?.stamp;
        let date = stamp.started?;
        let seen = || dates.run_moment_seen(date, self.seen_running?);
        let by_date = dates.sure_run_moment(date).or_else(seen);
        by_date.or(self.seen_running.filter(|_| !stamp.ended()))
    }

    fn ended_at(&self, dates: &ServerDates) -> Option<Timestamp> {
        let date = self.run.attempt.as_ref()?.stamp.finished?;
        dates.run_moment_seen(date, self.seen_ended.or(self.run.seen_at)?)
    }

    /// How long it took, in seconds.
    pub(crate) fn seconds(&self, dates: &ServerDates) -> Option<f64> {
        self.run_by_this_clock(dates).seconds()
    }

    /// For how many seconds it has been running, by this computer's clock.
    pub(crate) fn running_for(&self, dates: &ServerDates, now: Timestamp) -> Option<f64> {
        running_for(&self.run, self.running_since(dates), now)
    }

    /// For how long it has been over, as far as is known: by SolveXia's date where its zone is known, else
    /// since that was seen in this session. Of a start from here that did not show, the end that is shown is an
    /// older one.
    pub(crate) fn over_for(
        &self,
        dates: &ServerDates,
        now: Timestamp,
        instant: Instant,
    ) -> Duration {
        let stamp = self.run.attempt.as_ref().map(|attempt| &attempt.stamp);
        let finished = stamp
            .and_then(|stamp| stamp.finished)
            .filter(|_| !self.gone && self.phase() != Some(&Phase::Unseen));
        let by_date = finished
            .and_then(|finished| dates.sure_run_moment(finished))
            .and_then(|finished| Duration::try_from(now.duration_since(finished)).ok());
        by_date.unwrap_or_else(|| {
            self.over_since
                .map_or(Duration::ZERO, |since| instant - since)
        })
    }
}
